-- Where offices go round, and of rotating offices everywhere, nobody holds two on one day, nor one twice in a row: with
-- nobody else in between in the seat of the earlier turn, whichever of the two turns is written first.
-- What came to nothing before it began is no turn.
CREATE OR REPLACE FUNCTION network_office_goes_round() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The organization's row is the lock.
    PERFORM FROM network_organization WHERE id = NEW.organization_id FOR NO KEY UPDATE;
    IF NEW.office <> 'rotating_office'
        AND NOT EXISTS (SELECT FROM network_bylaws WHERE organization_id = NEW.organization_id AND rotates)
    THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT FROM network_mandate m WHERE m.organization_id = NEW.organization_id AND m.office = NEW.office
            AND m.user_id = NEW.user_id AND m.starts_on < NEW.until AND NEW.starts_on < coalesce(m.ended_on, m.until)
            AND m.starts_on < coalesce(m.ended_on, m.until)
    ) THEN
        PERFORM network_refuse('one_seat_each');
    ELSIF EXISTS (
        SELECT FROM network_mandate m,
            LATERAL (SELECT CASE WHEN m.starts_on < NEW.starts_on THEN m.seat ELSE NEW.seat END AS seat,
                least(m.starts_on, NEW.starts_on) AS earlier, greatest(m.starts_on, NEW.starts_on) AS later) AS turns
        WHERE m.organization_id = NEW.organization_id AND m.office = NEW.office AND m.user_id = NEW.user_id
            AND m.starts_on <> NEW.starts_on AND coalesce(m.ended_on, m.until) >= m.starts_on AND NOT EXISTS (
                SELECT FROM network_mandate n WHERE n.organization_id = m.organization_id AND n.office = m.office
                    AND n.seat = turns.seat AND n.user_id <> m.user_id AND coalesce(n.ended_on, n.until) >= n.starts_on
                    AND n.starts_on > turns.earlier AND n.starts_on < turns.later)
    ) THEN
        PERFORM network_refuse('office_goes_round');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER office_goes_round BEFORE INSERT ON network_mandate
    FOR EACH ROW EXECUTE FUNCTION network_office_goes_round();
-- What has not begun may be cancelled, unless somebody would then follow upon themselves; what has begun stays.
CREATE OR REPLACE FUNCTION network_cancelled_before_it_began() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The organization's row is the lock.
    PERFORM FROM network_organization WHERE id = NEW.organization_id FOR NO KEY UPDATE;
    IF NEW.starts_on < current_date THEN
        PERFORM network_refuse('mandate_stays');
    ELSIF (NEW.office = 'rotating_office'
            OR EXISTS (SELECT FROM network_bylaws WHERE organization_id = NEW.organization_id AND rotates))
        AND EXISTS (
            SELECT FROM network_mandate a JOIN network_mandate b ON b.organization_id = a.organization_id
                AND b.office = a.office AND b.user_id = a.user_id
            WHERE a.organization_id = NEW.organization_id AND a.office = NEW.office AND a.seat = NEW.seat
                AND a.user_id <> NEW.user_id AND coalesce(a.ended_on, a.until) >= a.starts_on
                AND coalesce(b.ended_on, b.until) >= b.starts_on
                AND a.starts_on < NEW.starts_on AND b.starts_on > NEW.starts_on AND NOT EXISTS (
                    SELECT FROM network_mandate n WHERE n.organization_id = a.organization_id AND n.office = a.office
                        AND n.seat = a.seat AND n.user_id <> a.user_id AND n.id <> NEW.id
                        AND coalesce(n.ended_on, n.until) >= n.starts_on
                        AND n.starts_on > a.starts_on AND n.starts_on < b.starts_on))
    THEN
        PERFORM network_refuse('office_goes_round');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cancelled_before_it_began BEFORE UPDATE ON network_mandate
    FOR EACH ROW WHEN (NEW.ending = 'cancelled') EXECUTE FUNCTION network_cancelled_before_it_began();
