-- What was signed off stays: by a síndico in office, once, of days that are closed; with the sample as it was drawn.
CREATE OR REPLACE FUNCTION ledger_sign_off_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_refuse('sign_off_stays');
    RETURN NULL;
END $$;
CREATE TRIGGER sign_off_stays BEFORE UPDATE OR DELETE ON ledger_signoff
    FOR EACH ROW EXECUTE FUNCTION ledger_sign_off_stays();
CREATE TRIGGER sign_off_no_truncate BEFORE TRUNCATE ON ledger_signoff
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_sign_off_stays();
CREATE TRIGGER sampled_entry_stays BEFORE UPDATE OR DELETE ON ledger_sampledentry
    FOR EACH ROW EXECUTE FUNCTION ledger_sign_off_stays();
CREATE TRIGGER sampled_entry_no_truncate BEFORE TRUNCATE ON ledger_sampledentry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_sign_off_stays();
CREATE OR REPLACE FUNCTION ledger_sign_off_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Two at once wait for each other.
    PERFORM FROM ledger_book WHERE id = NEW.book_id FOR NO KEY UPDATE;
    IF NOT EXISTS (
            SELECT FROM network_mandate m WHERE m.id = NEW.mandate_id AND m.organization_id = NEW.body_id
                AND m.office = 'internal_auditor' AND m.starts_on <= NEW.signed_on AND m.until > NEW.signed_on
                AND (m.ended_on IS NULL OR m.ended_on > NEW.signed_on))
        OR NOT EXISTS (SELECT FROM ledger_closing c WHERE c.book_id = NEW.book_id AND c.through >= NEW.ends_on)
        OR EXISTS (
            SELECT FROM ledger_signoff s WHERE s.book_id = NEW.book_id AND s.body_id = NEW.body_id
                AND s.starts_on <= NEW.ends_on AND s.ends_on >= NEW.starts_on)
    THEN
        PERFORM ledger_refuse('sign_off_fits');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sign_off_fits BEFORE INSERT ON ledger_signoff
    FOR EACH ROW EXECUTE FUNCTION ledger_sign_off_fits();
-- A sample has so many entries, each of that book and period: once all places are taken, none is added.
CREATE OR REPLACE FUNCTION ledger_sampled_entry_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM ledger_signoff s JOIN ledger_entry n ON n.event_id = NEW.event_id AND n.book_id = s.book_id
        WHERE s.id = NEW.sign_off_id AND NEW.place BETWEEN 1 AND s.drawn
            AND n.booked_on BETWEEN s.starts_on AND s.ends_on)
    THEN
        PERFORM ledger_refuse('sign_off_fits');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sampled_entry_fits BEFORE INSERT ON ledger_sampledentry
    FOR EACH ROW EXECUTE FUNCTION ledger_sampled_entry_fits();
