-- A membership ends once, and otherwise stays.
CREATE OR REPLACE FUNCTION network_membership_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.until IS NOT NULL OR (NEW.id, NEW.user_id, NEW.organization_id, NEW.starts_on, NEW.noted_by_id, NEW.noted_on)
        IS DISTINCT FROM (OLD.id, OLD.user_id, OLD.organization_id, OLD.starts_on, OLD.noted_by_id, OLD.noted_on)
    THEN
        PERFORM network_refuse('membership_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER membership_ends_once BEFORE UPDATE ON network_membership
    FOR EACH ROW EXECUTE FUNCTION network_membership_ends_once();
CREATE TRIGGER membership_no_delete BEFORE DELETE ON network_membership
    FOR EACH ROW EXECUTE FUNCTION network_refuses('membership_stays');
CREATE TRIGGER membership_no_truncate BEFORE TRUNCATE ON network_membership
    FOR EACH STATEMENT EXECUTE FUNCTION network_refuses('membership_stays');
