-- Where offices go round, and of rotating offices everywhere, nobody holds two on one day, nor one twice in a row: with
-- nobody else in between in the seat of the earlier turn, whichever of the two turns is written first.
-- What came to nothing before it began is no turn.
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
            AND m.user_id = NEW.user_id AND m.starts_on <> NEW.starts_on
            AND coalesce(m.ended_on, m.until) >= m.starts_on AND NOT EXISTS (
                SELECT 1 FROM network_mandate n WHERE n.organization_id = m.organization_id AND n.office = m.office
                    AND n.seat = CASE WHEN m.starts_on < NEW.starts_on THEN m.seat ELSE NEW.seat END
                    AND n.user_id <> m.user_id AND coalesce(n.ended_on, n.until) >= n.starts_on
                    AND n.starts_on > min(m.starts_on, NEW.starts_on)
                    AND n.starts_on < max(m.starts_on, NEW.starts_on)));
END;
-- What has not begun may be cancelled, unless somebody would then follow upon themselves; what has begun stays.
CREATE TRIGGER cancelled_before_it_began BEFORE UPDATE ON network_mandate
    WHEN NEW.ending = 'cancelled'
BEGIN
    SELECT RAISE(ABORT, 'mandate_stays') WHERE NEW.starts_on < date('now');
    SELECT RAISE(ABORT, 'office_goes_round') WHERE (NEW.office = 'rotating_office'
            OR EXISTS (SELECT 1 FROM network_bylaws WHERE organization_id = NEW.organization_id AND rotates))
        AND EXISTS (
            SELECT 1 FROM network_mandate a JOIN network_mandate b ON b.organization_id = a.organization_id
                AND b.office = a.office AND b.user_id = a.user_id
            WHERE a.organization_id = NEW.organization_id AND a.office = NEW.office AND a.seat = NEW.seat
                AND a.user_id <> NEW.user_id AND coalesce(a.ended_on, a.until) >= a.starts_on
                AND coalesce(b.ended_on, b.until) >= b.starts_on
                AND a.starts_on < NEW.starts_on AND b.starts_on > NEW.starts_on AND NOT EXISTS (
                    SELECT 1 FROM network_mandate n WHERE n.organization_id = a.organization_id AND n.office = a.office
                        AND n.seat = a.seat AND n.user_id <> a.user_id AND n.id <> NEW.id
                        AND coalesce(n.ended_on, n.until) >= n.starts_on
                        AND n.starts_on > a.starts_on AND n.starts_on < b.starts_on));
END;
