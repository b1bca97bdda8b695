-- What was signed off stays: by a síndico in office, once, of days that are closed; with the sample as it was drawn.
CREATE TRIGGER sign_off_no_update BEFORE UPDATE ON ledger_signoff
BEGIN
    SELECT RAISE(ABORT, 'sign_off_stays');
END;
CREATE TRIGGER sign_off_no_delete BEFORE DELETE ON ledger_signoff
BEGIN
    SELECT RAISE(ABORT, 'sign_off_stays');
END;
CREATE TRIGGER sampled_entry_no_update BEFORE UPDATE ON ledger_sampledentry
BEGIN
    SELECT RAISE(ABORT, 'sign_off_stays');
END;
CREATE TRIGGER sampled_entry_no_delete BEFORE DELETE ON ledger_sampledentry
BEGIN
    SELECT RAISE(ABORT, 'sign_off_stays');
END;
CREATE TRIGGER sign_off_fits BEFORE INSERT ON ledger_signoff
BEGIN
    SELECT RAISE(ABORT, 'sign_off_stays')
    WHERE EXISTS (SELECT 1 FROM ledger_signoff WHERE id = NEW.id OR "key" = NEW."key");
    SELECT RAISE(ABORT, 'sign_off_fits')
    WHERE NOT EXISTS (
            SELECT 1 FROM network_mandate m WHERE m.id = NEW.mandate_id AND m.organization_id = NEW.body_id
                AND m.office = 'internal_auditor' AND m.starts_on <= NEW.signed_on AND m.until > NEW.signed_on
                AND (m.ended_on IS NULL OR m.ended_on > NEW.signed_on))
        OR NOT EXISTS (SELECT 1 FROM ledger_closing c WHERE c.book_id = NEW.book_id AND c.through >= NEW.ends_on)
        OR EXISTS (
            SELECT 1 FROM ledger_signoff s WHERE s.book_id = NEW.book_id AND s.body_id = NEW.body_id
                AND s.starts_on <= NEW.ends_on AND s.ends_on >= NEW.starts_on);
END;
-- A sample has so many entries, each of that book and period: once all places are taken, none is added.
CREATE TRIGGER sampled_entry_fits BEFORE INSERT ON ledger_sampledentry
BEGIN
    SELECT RAISE(ABORT, 'sign_off_stays')
    WHERE EXISTS (
        SELECT 1 FROM ledger_sampledentry WHERE id = NEW.id
            OR sign_off_id = NEW.sign_off_id AND (place = NEW.place OR event_id = NEW.event_id));
    SELECT RAISE(ABORT, 'sign_off_fits')
    WHERE NOT EXISTS (
        SELECT 1 FROM ledger_signoff s JOIN ledger_entry n ON n.event_id = NEW.event_id AND n.book_id = s.book_id
        WHERE s.id = NEW.sign_off_id AND NEW.place BETWEEN 1 AND s.drawn
            AND n.booked_on BETWEEN s.starts_on AND s.ends_on);
END;
