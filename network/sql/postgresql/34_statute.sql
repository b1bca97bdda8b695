-- What the statute says rests on a decision of the body's own assembly; above what the law allows, terms are only of
-- offices that go round.
CREATE OR REPLACE FUNCTION network_statute_is_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM network_resolution r WHERE r.id = NEW.resolution_id
        AND r.organization_id <> NEW.organization_id)
    THEN
        PERFORM network_refuse('decided_by_its_own_assembly');
    ELSIF EXISTS (SELECT FROM network_resolution r JOIN network_assembly a ON a.id = r.assembly_id
        WHERE r.id = NEW.resolution_id AND a.kind = 'council')
    THEN
        PERFORM network_refuse('assembly_decides');
    ELSIF NEW.term_months_max > 36 AND (
        NOT EXISTS (SELECT FROM network_seat WHERE organization_id = NEW.organization_id)
        OR EXISTS (SELECT FROM network_seat s WHERE s.organization_id = NEW.organization_id
            AND s.office <> 'rotating_office'))
    THEN
        PERFORM network_refuse('term_within_law');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER statute_is_decided BEFORE INSERT OR UPDATE ON network_bylaws
    FOR EACH ROW EXECUTE FUNCTION network_statute_is_decided();
