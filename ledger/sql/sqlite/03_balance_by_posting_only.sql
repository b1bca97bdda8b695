-- A balance begins at zero with its account or claim, and moves only by exactly what one newer event posted there.
CREATE TRIGGER account_opens_balance AFTER INSERT ON ledger_account
BEGIN
    INSERT INTO ledger_accountbalance (account_id, amount, quantity, postings, last_event, is_limited)
        VALUES (NEW.id, 0, 0, 0, 0, NEW.number = '1103');
END;
CREATE TRIGGER accountbalance_begins_at_zero BEFORE INSERT ON ledger_accountbalance
BEGIN
    SELECT RAISE(ABORT, 'balance_by_posting_only') WHERE NEW.amount <> 0 OR NEW.quantity <> 0 OR NEW.postings <> 0
        OR NEW.last_event <> 0 OR NEW.day IS NOT NULL
        OR NEW.is_limited IS NOT (SELECT number = '1103' FROM ledger_account WHERE id = NEW.account_id)
        OR EXISTS (SELECT 1 FROM ledger_accountbalance WHERE account_id = NEW.account_id);
END;
CREATE TRIGGER accountbalance_by_posting_only BEFORE UPDATE ON ledger_accountbalance
BEGIN
    -- SQLite turns a sum that no longer fits into a float, without a word.
    SELECT RAISE(ABORT, 'amount_is_whole') WHERE typeof(NEW.amount) <> 'integer' OR typeof(NEW.quantity) <> 'integer';
    SELECT RAISE(ABORT, 'balance_by_posting_only') WHERE NEW.account_id <> OLD.account_id
        OR NEW.is_limited <> OLD.is_limited OR NEW.last_event <= OLD.last_event
        OR NEW.day IS NOT (SELECT booked_on FROM ledger_event WHERE id = NEW.last_event)
        OR (NEW.amount - OLD.amount, NEW.postings - OLD.postings, NEW.quantity - OLD.quantity) IS NOT (
            SELECT sum(p.amount), count(*), sum(CASE WHEN p.measure_id = a.peg_id THEN p.quantity ELSE 0 END)
            FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
            WHERE p.event_id = NEW.last_event AND p.account_id = NEW.account_id);
END;
CREATE TRIGGER accountbalance_no_delete BEFORE DELETE ON ledger_accountbalance
BEGIN
    SELECT RAISE(ABORT, 'balance_by_posting_only');
END;
CREATE TRIGGER claim_opens_balance AFTER INSERT ON ledger_claim
BEGIN
    INSERT INTO ledger_claimbalance (claim_id, amount, quantity, last_event) VALUES (NEW.id, 0, 0, 0);
END;
CREATE TRIGGER claimbalance_begins_at_zero BEFORE INSERT ON ledger_claimbalance
BEGIN
    SELECT RAISE(ABORT, 'balance_by_posting_only') WHERE NEW.amount <> 0 OR NEW.quantity <> 0 OR NEW.last_event <> 0
        OR EXISTS (SELECT 1 FROM ledger_claimbalance WHERE claim_id = NEW.claim_id);
END;
CREATE TRIGGER claimbalance_by_posting_only BEFORE UPDATE ON ledger_claimbalance
BEGIN
    SELECT RAISE(ABORT, 'amount_is_whole') WHERE typeof(NEW.amount) <> 'integer' OR typeof(NEW.quantity) <> 'integer';
    SELECT RAISE(ABORT, 'balance_by_posting_only') WHERE NEW.claim_id <> OLD.claim_id
        OR NEW.last_event <= OLD.last_event
        OR NOT EXISTS (SELECT 1 FROM ledger_event WHERE id = NEW.last_event)
        OR (NEW.amount - OLD.amount, NEW.quantity - OLD.quantity) IS NOT (
            SELECT sum(p.amount), sum(coalesce(p.quantity, 0))
            FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id AND a.role = 'receivable'
            WHERE p.event_id = NEW.last_event AND +p.claim_id = NEW.claim_id);
END;
CREATE TRIGGER claimbalance_no_delete BEFORE DELETE ON ledger_claimbalance
BEGIN
    SELECT RAISE(ABORT, 'balance_by_posting_only');
END;

-- The balance of a past day is the one that the account had when a newer event of a later day came.
CREATE TRIGGER daybalance_by_posting_only BEFORE INSERT ON ledger_daybalance
BEGIN
    SELECT RAISE(ABORT, 'balance_by_posting_only') WHERE NOT EXISTS (
            SELECT 1 FROM ledger_accountbalance b WHERE b.account_id = NEW.account_id AND b.day = NEW.day
                AND b.amount = NEW.amount AND b.quantity = NEW.quantity AND EXISTS (
                    SELECT 1 FROM ledger_posting p JOIN ledger_event e ON e.id = p.event_id
                    WHERE p.account_id = b.account_id AND p.event_id > b.last_event AND e.booked_on > b.day))
        OR EXISTS (
            SELECT 1 FROM ledger_daybalance
            WHERE id = NEW.id OR (account_id = NEW.account_id AND day = NEW.day));
END;
CREATE TRIGGER daybalance_no_update BEFORE UPDATE ON ledger_daybalance
BEGIN
    SELECT RAISE(ABORT, 'balance_by_posting_only');
END;
CREATE TRIGGER daybalance_no_delete BEFORE DELETE ON ledger_daybalance
BEGIN
    SELECT RAISE(ABORT, 'balance_by_posting_only');
END;
