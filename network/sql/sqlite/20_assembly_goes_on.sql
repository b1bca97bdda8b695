-- An assembly is called, meets (or lapses, or is cancelled), and is closed. Who may vote and who came is counted once.
CREATE TRIGGER assembly_is_called BEFORE INSERT ON network_assembly
BEGIN
    SELECT RAISE(ABORT, 'assembly_goes_on') WHERE NEW.state <> 'called'
        OR EXISTS (SELECT 1 FROM network_assembly WHERE id = NEW.id);
END;
CREATE TRIGGER assembly_goes_on BEFORE UPDATE ON network_assembly
BEGIN
    SELECT RAISE(ABORT, 'assembly_goes_on') WHERE NEW.id <> OLD.id OR NEW.organization_id <> OLD.organization_id
        OR NEW.kind <> OLD.kind OR OLD.state IN ('closed', 'lapsed', 'cancelled')
        OR (OLD.state = 'called' AND NEW.state = 'closed')
        OR (OLD.state = 'meeting' AND (NEW.state NOT IN ('meeting', 'closed') OR
            (NEW.called_on, NEW.held_on, NEW.entitled, NEW.present, NEW.is_second_call)
            IS NOT (OLD.called_on, OLD.held_on, OLD.entitled, OLD.present, OLD.is_second_call)));
END;
CREATE TRIGGER assembly_no_delete BEFORE DELETE ON network_assembly
BEGIN
    SELECT RAISE(ABORT, 'assembly_goes_on');
END;
