-- Whoever is elected takes a seat that the statute has, where it sets any up; there is one president, one secretary,
-- one treasurer. Nobody holds two of these three on one day, and nobody is of the council who watches it.
CREATE TRIGGER seat_in_statute BEFORE INSERT ON network_mandate
BEGIN
    SELECT RAISE(ABORT, 'seat_in_statute') WHERE NEW.office IN ('president', 'secretary', 'treasurer') AND NEW.seat <> 1
        OR EXISTS (SELECT 1 FROM network_seat WHERE organization_id = NEW.organization_id) AND NOT EXISTS (
            SELECT 1 FROM network_seat s WHERE s.organization_id = NEW.organization_id AND s.office = NEW.office
                AND s.number = NEW.seat);
    SELECT RAISE(ABORT, 'no_rival_office') WHERE EXISTS (
        SELECT 1 FROM network_mandate m WHERE m.organization_id = NEW.organization_id AND m.user_id = NEW.user_id
            AND m.starts_on < NEW.until AND NEW.starts_on < coalesce(m.ended_on, m.until)
            AND m.starts_on < coalesce(m.ended_on, m.until)
            AND (m.office IN ('president', 'secretary', 'treasurer') AND m.office <> NEW.office
                    AND NEW.office IN ('president', 'secretary', 'treasurer')
                OR m.office = 'internal_auditor' AND NEW.office IN (
                    'president', 'secretary', 'treasurer', 'member_at_large', 'rotating_office')
                OR NEW.office = 'internal_auditor' AND m.office IN (
                    'president', 'secretary', 'treasurer', 'member_at_large', 'rotating_office')));
END;
CREATE TRIGGER one_of_each BEFORE INSERT ON network_seat
BEGIN
    SELECT RAISE(ABORT, 'one_of_each')
    WHERE NEW.office IN ('president', 'secretary', 'treasurer') AND NEW.number <> 1;
END;
CREATE TRIGGER one_of_each_stays BEFORE UPDATE ON network_seat
BEGIN
    SELECT RAISE(ABORT, 'one_of_each')
    WHERE NEW.office IN ('president', 'secretary', 'treasurer') AND NEW.number <> 1;
END;
