-- What was voted and resolved stays, whatever the statement; the agenda stays once the assembly meets.
CREATE TRIGGER resolution_no_update BEFORE UPDATE ON network_resolution
BEGIN
    SELECT RAISE(ABORT, 'decided_stays');
END;
CREATE TRIGGER resolution_no_delete BEFORE DELETE ON network_resolution
BEGIN
    SELECT RAISE(ABORT, 'decided_stays');
END;
CREATE TRIGGER resolution_no_replace BEFORE INSERT ON network_resolution
BEGIN
    SELECT RAISE(ABORT, 'decided_stays') WHERE EXISTS (
        SELECT 1 FROM network_resolution WHERE id = NEW.id OR motion_id = NEW.motion_id);
END;
CREATE TRIGGER motion_no_update BEFORE UPDATE ON network_motion
BEGIN
    SELECT RAISE(ABORT, 'decided_stays');
END;
CREATE TRIGGER motion_no_delete BEFORE DELETE ON network_motion
BEGIN
    SELECT RAISE(ABORT, 'decided_stays');
END;
CREATE TRIGGER motion_no_replace BEFORE INSERT ON network_motion
BEGIN
    SELECT RAISE(ABORT, 'decided_stays') WHERE EXISTS (SELECT 1 FROM network_motion WHERE id = NEW.id);
END;
CREATE TRIGGER agenda_stays_whole BEFORE INSERT ON network_agendaitem
BEGIN
    SELECT RAISE(ABORT, 'decided_stays') WHERE EXISTS (
            SELECT 1 FROM network_assembly WHERE id = NEW.assembly_id AND state <> 'called')
        OR EXISTS (SELECT 1 FROM network_agendaitem WHERE id = NEW.id);
END;
CREATE TRIGGER agenda_stays BEFORE UPDATE ON network_agendaitem
BEGIN
    SELECT RAISE(ABORT, 'decided_stays') WHERE EXISTS (
        SELECT 1 FROM network_assembly WHERE id IN (OLD.assembly_id, NEW.assembly_id) AND state <> 'called');
END;
CREATE TRIGGER agenda_no_delete BEFORE DELETE ON network_agendaitem
BEGIN
    SELECT RAISE(ABORT, 'decided_stays') WHERE EXISTS (
        SELECT 1 FROM network_assembly WHERE id = OLD.assembly_id AND state <> 'called');
END;
