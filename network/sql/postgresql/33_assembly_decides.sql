-- Elections and recalls are the assembly's. A meeting of the council calls an alternate to a seat that was left before
-- its time, and no more: the mandate that rests on its decision takes the rest of that term.
CREATE OR REPLACE FUNCTION network_assembly_decides() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    act bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.resolution_id ELSE NEW.end_resolution_id END;
BEGIN
    IF NOT EXISTS (SELECT FROM network_resolution r JOIN network_assembly a ON a.id = r.assembly_id
        WHERE r.id = act AND a.kind = 'council')
    THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.ending IN ('recalled', 'replaced') OR TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT FROM network_mandate v JOIN network_mandate a ON a.organization_id = v.organization_id
        WHERE v.organization_id = NEW.organization_id AND v.office = NEW.office AND v.seat = NEW.seat
            AND v.until = NEW.until AND v.ended_on <= NEW.starts_on
            AND a.user_id = NEW.user_id AND a.office = 'alternate' AND a.ending = 'moved_up'
            AND a.ended_on = NEW.starts_on AND a.end_resolution_id = NEW.resolution_id)
    THEN
        PERFORM network_refuse('assembly_decides');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER assembly_decides BEFORE INSERT OR UPDATE ON network_mandate
    FOR EACH ROW EXECUTE FUNCTION network_assembly_decides();
