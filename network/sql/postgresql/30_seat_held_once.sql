-- Mandates: on the body's own decision; one person a seat and day; no longer than the statute and the law say; from
-- within; neither begun nor ended before that was decided, nor begun years ahead. A mandate is ended once, and
-- otherwise stays. The organization's row is the lock.
CREATE OR REPLACE FUNCTION network_mandate_is_right() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    body network_organization;
    months integer;
BEGIN
    SELECT * INTO body FROM network_organization WHERE id = NEW.organization_id FOR NO KEY UPDATE;
    SELECT term_months_max INTO months FROM network_bylaws WHERE organization_id = body.id;
    IF EXISTS (SELECT FROM network_resolution r WHERE r.id IN (NEW.resolution_id, NEW.end_resolution_id)
        AND r.organization_id <> body.id)
    THEN
        PERFORM network_refuse('decided_by_its_own_assembly');
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.ended_on IS NOT NULL
            OR (NEW.id, NEW.organization_id, NEW.user_id, NEW.office, NEW.seat, NEW.starts_on, NEW.until,
                NEW.resolution_id, NEW.delegate_of_id) IS DISTINCT FROM
               (OLD.id, OLD.organization_id, OLD.user_id, OLD.office, OLD.seat, OLD.starts_on, OLD.until,
                OLD.resolution_id, OLD.delegate_of_id)
        THEN
            PERFORM network_refuse('mandate_stays');
        END IF;
        IF EXISTS (SELECT FROM network_resolution r WHERE r.id = NEW.end_resolution_id AND r.resolved_on > NEW.ended_on)
        THEN
            PERFORM network_refuse('decided_first');
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.until > NEW.starts_on + make_interval(months => coalesce(months, 36)) THEN
        PERFORM network_refuse('term_within_bylaws');
    ELSIF NEW.office <> 'rotating_office' AND NEW.until > NEW.starts_on + make_interval(months => 36) THEN
        PERFORM network_refuse('term_within_law');
    ELSIF EXISTS (
        SELECT FROM network_mandate m WHERE m.organization_id = body.id AND m.office = NEW.office
            AND m.seat = NEW.seat AND m.starts_on < NEW.until AND NEW.starts_on < coalesce(m.ended_on, m.until)
            AND m.starts_on < coalesce(m.ended_on, m.until)
    ) THEN
        PERFORM network_refuse('seat_held_once');
    ELSIF (body.kind IN ('federation', 'confederation', 'sector_network') AND NOT EXISTS (
            SELECT FROM network_affiliation f WHERE f.member_id = NEW.delegate_of_id AND f.body_id = body.id
                AND f.starts_on <= NEW.starts_on AND (f.until IS NULL OR f.until > NEW.starts_on)))
        OR NOT EXISTS (
            SELECT FROM network_membership s
            WHERE s.user_id = NEW.user_id AND s.organization_id = coalesce(NEW.delegate_of_id, body.id)
                AND s.starts_on <= NEW.starts_on AND (s.until IS NULL OR s.until > NEW.starts_on))
    THEN
        PERFORM network_refuse('elected_from_within');
    ELSIF EXISTS (
        SELECT FROM network_resolution r WHERE r.id = NEW.resolution_id AND r.resolved_on > NEW.starts_on
    ) THEN
        PERFORM network_refuse('decided_first');
    ELSIF NEW.starts_on > current_date + 366 THEN
        PERFORM network_refuse('begins_within_a_year');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER mandate_is_right BEFORE INSERT OR UPDATE ON network_mandate
    FOR EACH ROW EXECUTE FUNCTION network_mandate_is_right();
CREATE TRIGGER mandate_stays BEFORE DELETE ON network_mandate
    FOR EACH ROW EXECUTE FUNCTION network_refuses('mandate_stays');
CREATE TRIGGER mandate_no_truncate BEFORE TRUNCATE ON network_mandate
    FOR EACH STATEMENT EXECUTE FUNCTION network_refuses('mandate_stays');
