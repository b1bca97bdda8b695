-- Who added a photo, and who took it away, stays: it is taken away once, and then its caption goes, too. It is of an
-- activity of the organization itself, taken on a day that came (whatever the hour where it was noted).
CREATE TRIGGER photo_is_withdrawn_once BEFORE UPDATE ON reports_photo
BEGIN
    SELECT RAISE(ABORT, 'noted_stays') WHERE OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
        OR (NEW.id, NEW.organization_id, NEW.activity, NEW.taken_on, NEW.is_agreed, NEW.sha256, NEW.width, NEW.height,
            NEW.noted_at, NEW.noted_by_id)
        IS NOT (OLD.id, OLD.organization_id, OLD.activity, OLD.taken_on, OLD.is_agreed, OLD.sha256, OLD.width,
            OLD.height, OLD.noted_at, OLD.noted_by_id);
END;
CREATE TRIGGER photo_no_delete BEFORE DELETE ON reports_photo
BEGIN
    SELECT RAISE(ABORT, 'noted_stays');
END;
CREATE TRIGGER photo_fits BEFORE INSERT ON reports_photo
BEGIN
    SELECT RAISE(ABORT, 'noted_stays') WHERE EXISTS (SELECT 1 FROM reports_photo WHERE id = NEW.id);
    SELECT RAISE(ABORT, 'photo_of_a_day_that_came') WHERE NEW.taken_on > date(NEW.noted_at, '+1 day');
    SELECT RAISE(ABORT, 'photo_of_own_activity') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_agreement a WHERE a.proposer_id = NEW.organization_id AND a.kind = 'hosting'
            AND 'P-' || a.id = NEW.activity
        UNION ALL
        SELECT 1 FROM ledger_contribution c WHERE c.giver_id = NEW.organization_id AND 'C-' || c.id = NEW.activity);
END;
