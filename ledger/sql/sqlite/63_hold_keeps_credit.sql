-- A hold is written once, within what the member may still spend, and ends once.
CREATE TRIGGER hold_keeps_credit BEFORE INSERT ON ledger_hold
BEGIN
    SELECT RAISE(ABORT, 'amount_is_whole') WHERE typeof(NEW.amount) <> 'integer';
    SELECT RAISE(ABORT, 'append_only') WHERE EXISTS (SELECT 1 FROM ledger_hold WHERE id = NEW.id OR key = NEW.key);
    SELECT RAISE(ABORT, 'hold_is_of_credit') WHERE NEW.released_at IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM ledger_accountbalance WHERE account_id = NEW.account_id AND is_limited);
    SELECT RAISE(ABORT, 'credit_within_limit')
        WHERE (SELECT b.amount FROM ledger_accountbalance b WHERE b.account_id = NEW.account_id) - NEW.amount
        - coalesce((SELECT sum(h.amount) FROM ledger_hold h
            WHERE h.account_id = NEW.account_id AND h.released_at IS NULL), 0)
        < -coalesce((SELECT l.amount FROM ledger_creditlimit l
            WHERE l.account_id = NEW.account_id ORDER BY l.id DESC LIMIT 1), 0);
END;
CREATE TRIGGER hold_ends_once BEFORE UPDATE ON ledger_hold
BEGIN
    SELECT RAISE(ABORT, 'append_only') WHERE OLD.released_at IS NOT NULL OR NEW.released_at IS NULL
        OR (NEW.id, NEW.key, NEW.account_id, NEW.amount, NEW.agreement, NEW.until, NEW.recorded_at, NEW.recorded_by_id)
        IS NOT (OLD.id, OLD.key, OLD.account_id, OLD.amount, OLD.agreement, OLD.until, OLD.recorded_at,
            OLD.recorded_by_id);
END;
CREATE TRIGGER hold_stays BEFORE DELETE ON ledger_hold
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
