-- Whoever is elected takes a seat that the statute has, where it sets any up; there is one president, one secretary,
-- one treasurer. Nobody holds two of these three on one day, and nobody is of the council who watches it.
CREATE OR REPLACE FUNCTION network_seat_in_statute() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    speaking text[] := ARRAY['president', 'secretary', 'treasurer'];
    council text[] := speaking || ARRAY['member_at_large', 'rotating_office'];
BEGIN
    -- The organization's row is the lock.
    PERFORM FROM network_organization WHERE id = NEW.organization_id FOR NO KEY UPDATE;
    IF NEW.office = ANY (speaking) AND NEW.seat <> 1
        OR EXISTS (SELECT FROM network_seat WHERE organization_id = NEW.organization_id) AND NOT EXISTS (
            SELECT FROM network_seat s WHERE s.organization_id = NEW.organization_id AND s.office = NEW.office
                AND s.number = NEW.seat)
    THEN
        PERFORM network_refuse('seat_in_statute');
    ELSIF EXISTS (
        SELECT FROM network_mandate m WHERE m.organization_id = NEW.organization_id AND m.user_id = NEW.user_id
            AND m.starts_on < NEW.until AND NEW.starts_on < coalesce(m.ended_on, m.until)
            AND m.starts_on < coalesce(m.ended_on, m.until)
            AND (m.office = ANY (speaking) AND NEW.office = ANY (speaking) AND m.office <> NEW.office
                OR m.office = 'internal_auditor' AND NEW.office = ANY (council)
                OR m.office = ANY (council) AND NEW.office = 'internal_auditor')
    ) THEN
        PERFORM network_refuse('no_rival_office');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER seat_in_statute BEFORE INSERT ON network_mandate
    FOR EACH ROW EXECUTE FUNCTION network_seat_in_statute();
CREATE OR REPLACE FUNCTION network_one_of_each() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.office IN ('president', 'secretary', 'treasurer') AND NEW.number <> 1 THEN
        PERFORM network_refuse('one_of_each');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER one_of_each BEFORE INSERT OR UPDATE ON network_seat
    FOR EACH ROW EXECUTE FUNCTION network_one_of_each();
