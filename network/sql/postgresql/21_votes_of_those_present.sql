-- A motion is voted while its assembly meets, under a point of its agenda, with no more votes than people present.
CREATE OR REPLACE FUNCTION network_votes_of_those_present() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM network_assembly a JOIN network_agendaitem i ON i.assembly_id = a.id
        WHERE a.id = NEW.assembly_id AND i.id = NEW.item_id AND a.state = 'meeting'
            AND NEW.in_favour::bigint + NEW.against + NEW.abstentions <= a.present
    ) THEN
        PERFORM network_refuse('votes_of_those_present');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER votes_of_those_present BEFORE INSERT ON network_motion
    FOR EACH ROW EXECUTE FUNCTION network_votes_of_those_present();
