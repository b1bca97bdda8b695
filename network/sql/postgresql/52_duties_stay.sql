-- Papers that lapse and reports that were presented are withdrawn once, and otherwise stay. A reminder stays: only that
-- its letter went out is written later, once.
CREATE TRIGGER certificate_is_withdrawn_once BEFORE UPDATE ON network_certificate
    FOR EACH ROW EXECUTE FUNCTION network_noted_is_withdrawn_once();
CREATE TRIGGER certificate_no_delete BEFORE DELETE ON network_certificate
    FOR EACH ROW EXECUTE FUNCTION network_refuses('noted_stays');
CREATE TRIGGER certificate_no_truncate BEFORE TRUNCATE ON network_certificate
    FOR EACH STATEMENT EXECUTE FUNCTION network_refuses('noted_stays');
CREATE TRIGGER filing_is_withdrawn_once BEFORE UPDATE ON network_filing
    FOR EACH ROW EXECUTE FUNCTION network_noted_is_withdrawn_once();
CREATE TRIGGER filing_no_delete BEFORE DELETE ON network_filing
    FOR EACH ROW EXECUTE FUNCTION network_refuses('noted_stays');
CREATE TRIGGER filing_no_truncate BEFORE TRUNCATE ON network_filing
    FOR EACH STATEMENT EXECUTE FUNCTION network_refuses('noted_stays');
CREATE OR REPLACE FUNCTION network_reminder_is_sent_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.sent_at IS NOT NULL OR to_jsonb(NEW) - 'sent_at' IS DISTINCT FROM to_jsonb(OLD) - 'sent_at' THEN
        PERFORM network_refuse('noted_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reminder_is_sent_once BEFORE UPDATE ON network_reminder
    FOR EACH ROW EXECUTE FUNCTION network_reminder_is_sent_once();
CREATE TRIGGER reminder_no_delete BEFORE DELETE ON network_reminder
    FOR EACH ROW EXECUTE FUNCTION network_refuses('noted_stays');
CREATE TRIGGER reminder_no_truncate BEFORE TRUNCATE ON network_reminder
    FOR EACH STATEMENT EXECUTE FUNCTION network_refuses('noted_stays');
