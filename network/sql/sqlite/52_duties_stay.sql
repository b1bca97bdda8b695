-- Papers that lapse and reports that were presented are withdrawn once, and otherwise stay. A reminder stays: only that
-- its letter went out is written later, once.
CREATE TRIGGER certificate_is_withdrawn_once BEFORE UPDATE ON network_certificate
BEGIN
    SELECT RAISE(ABORT, 'noted_stays') WHERE OLD.withdrawn_at IS NOT NULL
        OR (NEW.id, NEW.organization_id, NEW.kind, NEW.name, NEW.issued_by, NEW.number, NEW.valid_from, NEW.lapses_on,
            NEW.paper, NEW.noted_at, NEW.noted_by_id)
        IS NOT (OLD.id, OLD.organization_id, OLD.kind, OLD.name, OLD.issued_by, OLD.number, OLD.valid_from,
            OLD.lapses_on, OLD.paper, OLD.noted_at, OLD.noted_by_id);
END;
CREATE TRIGGER certificate_no_delete BEFORE DELETE ON network_certificate
BEGIN
    SELECT RAISE(ABORT, 'noted_stays');
END;
CREATE TRIGGER certificate_no_replace BEFORE INSERT ON network_certificate
BEGIN
    SELECT RAISE(ABORT, 'noted_stays') WHERE EXISTS (SELECT 1 FROM network_certificate WHERE id = NEW.id);
END;
CREATE TRIGGER filing_is_withdrawn_once BEFORE UPDATE ON network_filing
BEGIN
    SELECT RAISE(ABORT, 'noted_stays') WHERE OLD.withdrawn_at IS NOT NULL
        OR (NEW.id, NEW.organization_id, NEW.kind, NEW.ends_on, NEW.presented_on, NEW.paper, NEW.noted_at,
            NEW.noted_by_id)
        IS NOT (OLD.id, OLD.organization_id, OLD.kind, OLD.ends_on, OLD.presented_on, OLD.paper, OLD.noted_at,
            OLD.noted_by_id);
END;
CREATE TRIGGER filing_no_delete BEFORE DELETE ON network_filing
BEGIN
    SELECT RAISE(ABORT, 'noted_stays');
END;
CREATE TRIGGER filing_no_replace BEFORE INSERT ON network_filing
BEGIN
    SELECT RAISE(ABORT, 'noted_stays') WHERE EXISTS (SELECT 1 FROM network_filing WHERE id = NEW.id);
END;
CREATE TRIGGER reminder_is_sent_once BEFORE UPDATE ON network_reminder
BEGIN
    SELECT RAISE(ABORT, 'noted_stays') WHERE OLD.sent_at IS NOT NULL
        OR (NEW.id, NEW.organization_id, NEW.person_id, NEW.duty, NEW.due_on, NEW.stage, NEW.title, NEW.claim,
            NEW.noted_at, NEW.by_email)
        IS NOT (OLD.id, OLD.organization_id, OLD.person_id, OLD.duty, OLD.due_on, OLD.stage, OLD.title, OLD.claim,
            OLD.noted_at, OLD.by_email);
END;
CREATE TRIGGER reminder_no_delete BEFORE DELETE ON network_reminder
BEGIN
    SELECT RAISE(ABORT, 'noted_stays');
END;
CREATE TRIGGER reminder_no_replace BEFORE INSERT ON network_reminder
BEGIN
    SELECT RAISE(ABORT, 'noted_stays') WHERE EXISTS (SELECT 1 FROM network_reminder WHERE id = NEW.id);
END;
