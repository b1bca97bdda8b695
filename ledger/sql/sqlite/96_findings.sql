-- What happened to a finding stays; one that closed stays closed; one is accepted by a step of its own, with a reason.
CREATE TRIGGER finding_comes_open BEFORE INSERT ON ledger_finding
BEGIN
    SELECT RAISE(ABORT, 'finding_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_finding WHERE id = NEW.id
            OR (check_code = NEW.check_code AND scope = NEW.scope AND closed_at IS NULL AND NEW.closed_at IS NULL));
    SELECT RAISE(ABORT, 'finding_accepted_with_reason') WHERE NEW.acceptance_id IS NOT NULL;
END;
CREATE TRIGGER finding_stays BEFORE UPDATE ON ledger_finding
BEGIN
    SELECT RAISE(ABORT, 'finding_stays') WHERE OLD.closed_at IS NOT NULL
        OR (NEW.id, NEW.check_code, NEW.scope, NEW.book_id, NEW.opened_at)
        IS NOT (OLD.id, OLD.check_code, OLD.scope, OLD.book_id, OLD.opened_at);
    SELECT RAISE(ABORT, 'finding_accepted_with_reason') WHERE NEW.acceptance_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM ledger_findingstep s WHERE s.id = NEW.acceptance_id AND s.finding_id = NEW.id
            AND s.verb = 'accepted' AND s.expected = NEW.expected AND s.found = NEW.found);
END;
CREATE TRIGGER finding_no_delete BEFORE DELETE ON ledger_finding
BEGIN
    SELECT RAISE(ABORT, 'finding_stays');
END;
CREATE TRIGGER findingstep_no_replace BEFORE INSERT ON ledger_findingstep
BEGIN
    SELECT RAISE(ABORT, 'finding_stays') WHERE EXISTS (SELECT 1 FROM ledger_findingstep WHERE id = NEW.id);
END;
CREATE TRIGGER findingstep_no_update BEFORE UPDATE ON ledger_findingstep
BEGIN
    SELECT RAISE(ABORT, 'finding_stays');
END;
CREATE TRIGGER findingstep_no_delete BEFORE DELETE ON ledger_findingstep
BEGIN
    SELECT RAISE(ABORT, 'finding_stays');
END;
