-- An assembly is called, meets (or lapses, or is cancelled), and is closed. Who may vote and who came is counted once.
CREATE OR REPLACE FUNCTION network_assembly_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'called' THEN
            PERFORM network_refuse('assembly_goes_on');
        END IF;
    ELSIF TG_OP = 'DELETE' OR NEW.organization_id <> OLD.organization_id OR NEW.kind <> OLD.kind
        OR OLD.state IN ('closed', 'lapsed', 'cancelled')
        OR (OLD.state = 'called' AND NEW.state = 'closed')
        OR (OLD.state = 'meeting' AND (NEW.state NOT IN ('meeting', 'closed') OR
            (NEW.called_on, NEW.held_on, NEW.entitled, NEW.present, NEW.is_second_call)
            IS DISTINCT FROM (OLD.called_on, OLD.held_on, OLD.entitled, OLD.present, OLD.is_second_call)))
    THEN
        PERFORM network_refuse('assembly_goes_on');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER assembly_goes_on BEFORE INSERT OR UPDATE OR DELETE ON network_assembly
    FOR EACH ROW EXECUTE FUNCTION network_assembly_goes_on();
CREATE TRIGGER assembly_no_truncate BEFORE TRUNCATE ON network_assembly
    FOR EACH STATEMENT EXECUTE FUNCTION network_refuses('assembly_goes_on');
