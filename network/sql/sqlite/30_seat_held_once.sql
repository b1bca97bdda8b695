-- Mandates: on the body's own decision; one person a seat and day; no longer than the statute and the law say; from
-- within; neither begun nor ended before that was decided, nor begun years ahead. A mandate is ended once, and
-- otherwise stays.
CREATE TRIGGER mandate_is_right BEFORE INSERT ON network_mandate
BEGIN
    SELECT RAISE(ABORT, 'mandate_stays') WHERE EXISTS (SELECT 1 FROM network_mandate WHERE id = NEW.id);
    SELECT RAISE(ABORT, 'decided_by_its_own_assembly') WHERE EXISTS (
        SELECT 1 FROM network_resolution r WHERE r.id IN (NEW.resolution_id, NEW.end_resolution_id)
            AND r.organization_id <> NEW.organization_id);
    SELECT RAISE(ABORT, 'term_within_bylaws') WHERE NEW.until > date(NEW.starts_on, coalesce(
        (SELECT term_months_max FROM network_bylaws WHERE organization_id = NEW.organization_id), 36) || ' months');
    SELECT RAISE(ABORT, 'term_within_law')
    WHERE NEW.office <> 'rotating_office' AND NEW.until > date(NEW.starts_on, '36 months');
    SELECT RAISE(ABORT, 'seat_held_once') WHERE EXISTS (
        SELECT 1 FROM network_mandate m WHERE m.organization_id = NEW.organization_id AND m.office = NEW.office
            AND m.seat = NEW.seat AND m.starts_on < NEW.until AND NEW.starts_on < coalesce(m.ended_on, m.until)
            AND m.starts_on < coalesce(m.ended_on, m.until));
    SELECT RAISE(ABORT, 'elected_from_within') WHERE (EXISTS (
            SELECT 1 FROM network_organization
            WHERE id = NEW.organization_id AND kind IN ('federation', 'confederation', 'sector_network')
            ) AND NOT EXISTS (
            SELECT 1 FROM network_affiliation f
            WHERE f.member_id = NEW.delegate_of_id AND f.body_id = NEW.organization_id
                AND f.starts_on <= NEW.starts_on AND (f.until IS NULL OR f.until > NEW.starts_on)))
        OR NOT EXISTS (
            SELECT 1 FROM network_membership s
            WHERE s.user_id = NEW.user_id AND s.organization_id = coalesce(NEW.delegate_of_id, NEW.organization_id)
                AND s.starts_on <= NEW.starts_on AND (s.until IS NULL OR s.until > NEW.starts_on));
    SELECT RAISE(ABORT, 'decided_first') WHERE EXISTS (
        SELECT 1 FROM network_resolution r WHERE r.id = NEW.resolution_id AND r.resolved_on > NEW.starts_on);
    SELECT RAISE(ABORT, 'begins_within_a_year') WHERE NEW.starts_on > date('now', '366 days');
END;
CREATE TRIGGER mandate_stays BEFORE UPDATE ON network_mandate
BEGIN
    SELECT RAISE(ABORT, 'decided_by_its_own_assembly') WHERE EXISTS (
        SELECT 1 FROM network_resolution WHERE id = NEW.end_resolution_id AND organization_id <> NEW.organization_id);
    SELECT RAISE(ABORT, 'mandate_stays') WHERE OLD.ended_on IS NOT NULL
        OR (NEW.id, NEW.organization_id, NEW.user_id, NEW.office, NEW.seat, NEW.starts_on, NEW.until,
            NEW.resolution_id, NEW.delegate_of_id)
        IS NOT (OLD.id, OLD.organization_id, OLD.user_id, OLD.office, OLD.seat, OLD.starts_on, OLD.until,
            OLD.resolution_id, OLD.delegate_of_id);
    SELECT RAISE(ABORT, 'decided_first') WHERE EXISTS (
        SELECT 1 FROM network_resolution r WHERE r.id = NEW.end_resolution_id AND r.resolved_on > NEW.ended_on);
END;
CREATE TRIGGER mandate_no_delete BEFORE DELETE ON network_mandate
BEGIN
    SELECT RAISE(ABORT, 'mandate_stays');
END;
