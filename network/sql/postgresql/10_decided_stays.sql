-- What was voted and resolved stays; the agenda stays once the assembly meets.
CREATE TRIGGER resolution_stays BEFORE UPDATE OR DELETE ON network_resolution
    FOR EACH ROW EXECUTE FUNCTION network_refuses('decided_stays');
CREATE TRIGGER resolution_no_truncate BEFORE TRUNCATE ON network_resolution
    FOR EACH STATEMENT EXECUTE FUNCTION network_refuses('decided_stays');
CREATE TRIGGER motion_stays BEFORE UPDATE OR DELETE ON network_motion
    FOR EACH ROW EXECUTE FUNCTION network_refuses('decided_stays');
CREATE TRIGGER motion_no_truncate BEFORE TRUNCATE ON network_motion
    FOR EACH STATEMENT EXECUTE FUNCTION network_refuses('decided_stays');
CREATE OR REPLACE FUNCTION network_agenda_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (SELECT FROM network_assembly WHERE id = OLD.assembly_id AND state <> 'called') OR
        TG_OP <> 'DELETE' AND EXISTS (SELECT FROM network_assembly WHERE id = NEW.assembly_id AND state <> 'called')
    THEN
        PERFORM network_refuse('decided_stays');
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER agenda_stays BEFORE INSERT OR UPDATE OR DELETE ON network_agendaitem
    FOR EACH ROW EXECUTE FUNCTION network_agenda_stays();
