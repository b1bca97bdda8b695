-- Who added a photo, and who took it away, stays: it is taken away once, and then its caption goes, too. It is of an
-- activity of the organization itself, taken on a day that came (whatever the hour where it was noted).
CREATE OR REPLACE FUNCTION reports_photo_is_withdrawn_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
        OR to_jsonb(NEW) - '{withdrawn_at,withdrawn_by_id,reason,caption}'::text[]
        IS DISTINCT FROM to_jsonb(OLD) - '{withdrawn_at,withdrawn_by_id,reason,caption}'::text[]
    THEN
        PERFORM network_refuse('noted_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER photo_is_withdrawn_once BEFORE UPDATE ON reports_photo
    FOR EACH ROW EXECUTE FUNCTION reports_photo_is_withdrawn_once();
CREATE TRIGGER photo_no_delete BEFORE DELETE ON reports_photo
    FOR EACH ROW EXECUTE FUNCTION network_refuses('noted_stays');
CREATE TRIGGER photo_no_truncate BEFORE TRUNCATE ON reports_photo
    FOR EACH STATEMENT EXECUTE FUNCTION network_refuses('noted_stays');
CREATE OR REPLACE FUNCTION reports_photo_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.taken_on > (NEW.noted_at AT TIME ZONE 'UTC')::date + 1 THEN
        PERFORM network_refuse('photo_of_a_day_that_came');
    END IF;
    IF NOT EXISTS (
        SELECT FROM ledger_agreement a WHERE a.proposer_id = NEW.organization_id AND a.kind = 'hosting'
            AND 'P-' || a.id = NEW.activity
        UNION ALL
        SELECT FROM ledger_contribution c WHERE c.giver_id = NEW.organization_id AND 'C-' || c.id = NEW.activity)
    THEN
        PERFORM network_refuse('photo_of_own_activity');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER photo_fits BEFORE INSERT ON reports_photo
    FOR EACH ROW EXECUTE FUNCTION reports_photo_fits();
