-- The book of resolutions of a body has no gap: the first number may go on from the paper book. What was voted here is
-- the text of a motion that the assembly carried, on the day on which it met. The organization's row is the lock.
CREATE OR REPLACE FUNCTION network_resolutions_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last integer;
BEGIN
    PERFORM FROM network_organization WHERE id = NEW.organization_id FOR NO KEY UPDATE;
    SELECT max(number) INTO last FROM network_resolution WHERE organization_id = NEW.organization_id;
    IF NEW.number <> last + 1 THEN
        PERFORM network_refuse('resolutions_numbered');
    END IF;
    IF NEW.motion_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM network_motion m JOIN network_assembly a ON a.id = m.assembly_id
        WHERE m.id = NEW.motion_id AND m.is_carried AND a.id = NEW.assembly_id
            AND a.organization_id = NEW.organization_id AND a.held_on = NEW.resolved_on AND m.text = NEW.text
    ) THEN
        PERFORM network_refuse('resolution_of_carried_motion');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER resolutions_numbered BEFORE INSERT ON network_resolution
    FOR EACH ROW EXECUTE FUNCTION network_resolutions_numbered();
