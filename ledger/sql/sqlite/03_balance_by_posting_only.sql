-- A balance begins at zero with its account or claim, and moves only by exactly what one newer event posted there.
CREATE TRIGGER account_opens_balance AFTER INSERT ON ledger_account
BEGIN
    INSERT INTO ledger_accountbalance (account_id, amount, quantity, postings, last_event) VALUES (NEW.id, 0, 0, 0, 0);
END;
CREATE TRIGGER accountbalance_begins_at_zero BEFORE INSERT ON ledger_accountbalance
BEGIN
    SELECT RAISE(ABORT, 'balance_by_posting_only') WHERE NEW.amount <> 0 OR NEW.quantity <> 0 OR NEW.postings <> 0
        OR NEW.last_event <> 0 OR EXISTS (SELECT 1 FROM ledger_accountbalance WHERE account_id = NEW.account_id);
END;
CREATE TRIGGER accountbalance_by_posting_only BEFORE UPDATE ON ledger_accountbalance
BEGIN
    -- SQLite turns a sum that no longer fits into a float, without a word.
    SELECT RAISE(ABORT, 'amount_is_whole') WHERE typeof(NEW.amount) <> 'integer' OR typeof(NEW.quantity) <> 'integer';
    SELECT RAISE(ABORT, 'balance_by_posting_only') WHERE NEW.account_id <> OLD.account_id
        OR NEW.last_event <= OLD.last_event
        OR NOT EXISTS (SELECT 1 FROM ledger_event WHERE id = NEW.last_event)
        OR NOT EXISTS (SELECT 1 FROM ledger_posting
            WHERE event_id = NEW.last_event AND account_id = NEW.account_id)
        OR NEW.amount - OLD.amount <> (SELECT sum(amount) FROM ledger_posting
            WHERE event_id = NEW.last_event AND account_id = NEW.account_id)
        OR NEW.postings - OLD.postings <> (SELECT count(*) FROM ledger_posting
            WHERE event_id = NEW.last_event AND account_id = NEW.account_id)
        OR NEW.quantity - OLD.quantity <> (SELECT coalesce(sum(p.quantity), 0) FROM ledger_posting p
            JOIN ledger_account a ON a.id = p.account_id AND a.peg_id = p.measure_id
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
        OR NEW.amount - OLD.amount IS NOT (SELECT sum(p.amount) FROM ledger_posting p
            JOIN ledger_account a ON a.id = p.account_id AND a.role = 'receivable'
            WHERE p.event_id = NEW.last_event AND p.claim_id = NEW.claim_id)
        OR NEW.quantity - OLD.quantity IS NOT (SELECT coalesce(sum(p.quantity), 0) FROM ledger_posting p
            JOIN ledger_account a ON a.id = p.account_id AND a.role = 'receivable'
            WHERE p.event_id = NEW.last_event AND p.claim_id = NEW.claim_id);
END;
CREATE TRIGGER claimbalance_no_delete BEFORE DELETE ON ledger_claimbalance
BEGIN
    SELECT RAISE(ABORT, 'balance_by_posting_only');
END;
