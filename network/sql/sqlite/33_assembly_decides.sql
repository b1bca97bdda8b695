-- Elections and recalls are the assembly's. A meeting of the council calls an alternate to a seat that was left before
-- its time, and no more: the mandate that rests on its decision takes the rest of that term.
CREATE TRIGGER assembly_elects BEFORE INSERT ON network_mandate
BEGIN
    SELECT RAISE(ABORT, 'assembly_decides') WHERE EXISTS (
        SELECT 1 FROM network_resolution r JOIN network_assembly a ON a.id = r.assembly_id
        WHERE r.id = NEW.resolution_id AND a.kind = 'council'
    ) AND NOT EXISTS (
        SELECT 1 FROM network_mandate v JOIN network_mandate a ON a.organization_id = v.organization_id
        WHERE v.organization_id = NEW.organization_id AND v.office = NEW.office AND v.seat = NEW.seat
            AND v.until = NEW.until AND v.ended_on <= NEW.starts_on
            AND a.user_id = NEW.user_id AND a.office = 'alternate' AND a.ending = 'moved_up'
            AND a.ended_on = NEW.starts_on AND a.end_resolution_id = NEW.resolution_id);
END;
CREATE TRIGGER assembly_recalls BEFORE UPDATE ON network_mandate
    WHEN NEW.ending IN ('recalled', 'replaced')
BEGIN
    SELECT RAISE(ABORT, 'assembly_decides') WHERE EXISTS (
        SELECT 1 FROM network_resolution r JOIN network_assembly a ON a.id = r.assembly_id
        WHERE r.id = NEW.end_resolution_id AND a.kind = 'council');
END;
