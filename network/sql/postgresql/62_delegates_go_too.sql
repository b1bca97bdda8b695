-- Whoever was sent to a body's council holds nothing there from the day on which their organization has left it.
CREATE OR REPLACE FUNCTION network_delegates_go_too() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The body's row is the lock: nobody is elected meanwhile.
    PERFORM FROM network_organization WHERE id = NEW.body_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM network_mandate m WHERE m.delegate_of_id = NEW.member_id AND m.organization_id = NEW.body_id
            AND m.until > NEW.until AND (m.ended_on IS NULL OR m.ended_on > NEW.until)
    ) THEN
        PERFORM network_refuse('delegates_go_too');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER delegates_go_too BEFORE UPDATE ON network_affiliation
    FOR EACH ROW WHEN (NEW.until IS NOT NULL) EXECUTE FUNCTION network_delegates_go_too();
