-- The book of resolutions of a body has no gap: the first number may go on from the paper book. What was voted here is
-- the text of a motion that the assembly carried, on the day on which it met.
CREATE TRIGGER resolutions_numbered BEFORE INSERT ON network_resolution
BEGIN
    SELECT RAISE(ABORT, 'resolutions_numbered') WHERE NEW.number <> (
        SELECT max(number) + 1 FROM network_resolution WHERE organization_id = NEW.organization_id);
    SELECT RAISE(ABORT, 'resolution_of_carried_motion') WHERE NEW.motion_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM network_motion m JOIN network_assembly a ON a.id = m.assembly_id
        WHERE m.id = NEW.motion_id AND m.is_carried AND a.id = NEW.assembly_id
            AND a.organization_id = NEW.organization_id AND a.held_on = NEW.resolved_on AND m.text = NEW.text);
END;
