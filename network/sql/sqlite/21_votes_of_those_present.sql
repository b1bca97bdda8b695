-- A motion is voted while its assembly meets, under a point of its agenda, with no more votes than people present.
CREATE TRIGGER votes_of_those_present BEFORE INSERT ON network_motion
BEGIN
    SELECT RAISE(ABORT, 'votes_of_those_present') WHERE NOT EXISTS (
        SELECT 1 FROM network_assembly a JOIN network_agendaitem i ON i.assembly_id = a.id
        WHERE a.id = NEW.assembly_id AND i.id = NEW.item_id AND a.state = 'meeting'
            AND NEW.in_favour + NEW.against + NEW.abstentions <= a.present);
END;
