-- What happened to a finding stays; one that closed stays closed; one is accepted by a step of its own, with a reason.
CREATE OR REPLACE FUNCTION ledger_finding_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        PERFORM ledger_refuse('finding_stays');
    END IF;
    IF OLD.closed_at IS NOT NULL
        OR (NEW.id, NEW.check_code, NEW.scope, NEW.book_id, NEW.opened_at)
        IS DISTINCT FROM (OLD.id, OLD.check_code, OLD.scope, OLD.book_id, OLD.opened_at)
    THEN
        PERFORM ledger_refuse('finding_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER finding_stays BEFORE UPDATE OR DELETE ON ledger_finding
    FOR EACH ROW EXECUTE FUNCTION ledger_finding_stays();
CREATE TRIGGER finding_no_truncate BEFORE TRUNCATE ON ledger_finding
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_finding_stays();
CREATE OR REPLACE FUNCTION ledger_finding_accepted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.acceptance_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM ledger_findingstep s WHERE s.id = NEW.acceptance_id AND s.finding_id = NEW.id
            AND s.verb = 'accepted' AND (s.expected, s.found) = (NEW.expected, NEW.found))
    THEN
        PERFORM ledger_refuse('finding_accepted_with_reason');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER finding_accepted_with_reason BEFORE INSERT OR UPDATE ON ledger_finding
    FOR EACH ROW EXECUTE FUNCTION ledger_finding_accepted();
CREATE OR REPLACE FUNCTION ledger_findingstep_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_refuse('finding_stays');
    RETURN NULL;
END $$;
CREATE TRIGGER findingstep_stays BEFORE UPDATE OR DELETE ON ledger_findingstep
    FOR EACH ROW EXECUTE FUNCTION ledger_findingstep_stays();
CREATE TRIGGER findingstep_no_truncate BEFORE TRUNCATE ON ledger_findingstep
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_findingstep_stays();
