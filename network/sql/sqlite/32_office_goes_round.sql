-- Where offices go round, and of rotating offices everywhere, nobody holds two on one day, nor one twice in a row: with
-- nobody else in between in the seat of the earlier turn, whichever of the two turns is written first.
CREATE TRIGGER office_goes_round BEFORE INSERT ON network_mandate
    WHEN NEW.office = 'rotating_office'
        OR EXISTS (SELECT 1 FROM network_bylaws WHERE organization_id = NEW.organization_id AND rotates)
BEGIN
    SELECT RAISE(ABORT, 'one_seat_each') WHERE EXISTS (
        SELECT 1 FROM network_mandate m WHERE m.organization_id = NEW.organization_id AND m.office = NEW.office
            AND m.user_id = NEW.user_id AND m.starts_on < NEW.until AND NEW.starts_on < coalesce(m.ended_on, m.until)
            AND m.starts_on < coalesce(m.ended_on, m.until));
    SELECT RAISE(ABORT, 'office_goes_round') WHERE EXISTS (
        SELECT 1 FROM network_mandate m WHERE m.organization_id = NEW.organization_id AND m.office = NEW.office
            AND m.user_id = NEW.user_id AND m.starts_on <> NEW.starts_on AND NOT EXISTS (
                SELECT 1 FROM network_mandate n WHERE n.organization_id = m.organization_id AND n.office = m.office
                    AND n.seat = CASE WHEN m.starts_on < NEW.starts_on THEN m.seat ELSE NEW.seat END
                    AND n.user_id <> m.user_id AND n.starts_on > min(m.starts_on, NEW.starts_on)
                    AND n.starts_on < max(m.starts_on, NEW.starts_on)));
END;
