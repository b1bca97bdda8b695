-- A hold is written once, within what the member may still spend, and ends once; the balance's row is the lock.
CREATE OR REPLACE FUNCTION ledger_hold_keeps_credit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    position ledger_accountbalance;
BEGIN
    SELECT * INTO position FROM ledger_accountbalance WHERE account_id = NEW.account_id FOR NO KEY UPDATE;
    IF NOT coalesce(position.is_limited, false) OR NEW.released_at IS NOT NULL THEN
        PERFORM ledger_refuse('hold_is_of_credit');
    END IF;
    PERFORM ledger_credit_within_limit(NEW.account_id, position.amount - NEW.amount);
    RETURN NEW;
END $$;
CREATE TRIGGER hold_keeps_credit BEFORE INSERT ON ledger_hold
    FOR EACH ROW EXECUTE FUNCTION ledger_hold_keeps_credit();

CREATE OR REPLACE FUNCTION ledger_hold_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_refuse('append_only');
    RETURN NULL;
END $$;
CREATE TRIGGER hold_ends_once BEFORE UPDATE ON ledger_hold
    FOR EACH ROW WHEN (OLD.released_at IS NOT NULL OR NEW.released_at IS NULL
        OR (NEW.id, NEW.key, NEW.account_id, NEW.amount, NEW.agreement, NEW.until, NEW.recorded_at)
            IS DISTINCT FROM (OLD.id, OLD.key, OLD.account_id, OLD.amount, OLD.agreement, OLD.until, OLD.recorded_at)
        OR NEW.recorded_by_id IS DISTINCT FROM OLD.recorded_by_id)
    EXECUTE FUNCTION ledger_hold_ends_once();
CREATE TRIGGER hold_stays BEFORE DELETE ON ledger_hold FOR EACH ROW EXECUTE FUNCTION ledger_hold_ends_once();
CREATE TRIGGER hold_no_truncate BEFORE TRUNCATE ON ledger_hold
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_hold_ends_once();
