-- Who may trade: admitted by a body that it belongs to, or by one of these where it belongs to none: any body, its own
-- assembly. Once at a time. An admission is ended once, by whoever may decide it, and otherwise stays.
CREATE OR REPLACE FUNCTION network_bodies_above(member bigint, day date) RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    WITH RECURSIVE above (body) AS (
        SELECT member
        UNION
        SELECT f.body_id FROM above a JOIN network_affiliation f ON f.member_id = a.body
            AND f.starts_on <= day AND (f.until IS NULL OR f.until > day)
    )
    SELECT body FROM above WHERE body <> member
$$;
CREATE OR REPLACE FUNCTION network_admission_is_decided() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    act network_resolution;
    kind_of_body text;
BEGIN
    -- The organization's row is the lock.
    PERFORM FROM network_organization WHERE id = NEW.organization_id FOR NO KEY UPDATE;
    SELECT * INTO act FROM network_resolution WHERE id = NEW.resolution_id;
    SELECT kind INTO kind_of_body FROM network_organization WHERE id = act.organization_id;
    IF act.resolved_on > NEW.starts_on OR NOT (
        act.organization_id IN (SELECT network_bodies_above(NEW.organization_id, NEW.starts_on))
        OR NOT EXISTS (SELECT network_bodies_above(NEW.organization_id, NEW.starts_on))
            AND (act.organization_id = NEW.organization_id
                OR kind_of_body IN ('federation', 'confederation', 'sector_network')))
    THEN
        PERFORM network_refuse('admission_is_decided');
    ELSIF EXISTS (
        SELECT FROM network_admission a WHERE a.organization_id = NEW.organization_id AND a.id <> NEW.id
            AND (a.until IS NULL OR a.until > NEW.starts_on) AND (NEW.until IS NULL OR NEW.until > a.starts_on)
    ) THEN
        PERFORM network_refuse('admitted_once');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER admission_is_decided BEFORE INSERT ON network_admission
    FOR EACH ROW EXECUTE FUNCTION network_admission_is_decided();
CREATE OR REPLACE FUNCTION network_admission_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    admitted_by bigint;
    act network_resolution;
BEGIN
    IF OLD.until IS NOT NULL OR (NEW.id, NEW.organization_id, NEW.starts_on, NEW.resolution_id, NEW.noted_by_id)
        IS DISTINCT FROM (OLD.id, OLD.organization_id, OLD.starts_on, OLD.resolution_id, OLD.noted_by_id)
    THEN
        PERFORM network_refuse('admission_stays');
    END IF;
    SELECT organization_id INTO admitted_by FROM network_resolution WHERE id = NEW.resolution_id;
    SELECT * INTO act FROM network_resolution WHERE id = NEW.end_resolution_id;
    IF act.resolved_on > NEW.until OR NOT (
        act.organization_id = admitted_by
        OR act.organization_id = NEW.organization_id AND NEW.ending = 'left'
        OR act.organization_id IN (SELECT network_bodies_above(NEW.organization_id, NEW.until)))
    THEN
        PERFORM network_refuse('admission_is_decided');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER admission_ends_once BEFORE UPDATE ON network_admission
    FOR EACH ROW EXECUTE FUNCTION network_admission_ends_once();
CREATE TRIGGER admission_no_delete BEFORE DELETE ON network_admission
    FOR EACH ROW EXECUTE FUNCTION network_refuses('admission_stays');
CREATE TRIGGER admission_no_truncate BEFORE TRUNCATE ON network_admission
    FOR EACH STATEMENT EXECUTE FUNCTION network_refuses('admission_stays');
-- An affiliation begins by a decision of the body; it ends by one of either.
CREATE OR REPLACE FUNCTION network_affiliation_is_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM network_resolution r WHERE r.id = NEW.resolution_id
            AND (r.organization_id <> NEW.body_id OR r.resolved_on > NEW.starts_on))
        OR EXISTS (SELECT FROM network_resolution r WHERE r.id = NEW.end_resolution_id
            AND (r.organization_id NOT IN (NEW.body_id, NEW.member_id) OR r.resolved_on > NEW.until))
    THEN
        PERFORM network_refuse('decided_by_its_own_assembly');
    ELSIF TG_OP = 'UPDATE' AND (OLD.until IS NOT NULL
        OR (NEW.id, NEW.member_id, NEW.body_id, NEW.starts_on, NEW.resolution_id)
        IS DISTINCT FROM (OLD.id, OLD.member_id, OLD.body_id, OLD.starts_on, OLD.resolution_id))
    THEN
        PERFORM network_refuse('affiliation_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER affiliation_is_decided BEFORE INSERT OR UPDATE ON network_affiliation
    FOR EACH ROW EXECUTE FUNCTION network_affiliation_is_decided();
CREATE TRIGGER affiliation_no_delete BEFORE DELETE ON network_affiliation
    FOR EACH ROW EXECUTE FUNCTION network_refuses('affiliation_stays');
CREATE TRIGGER affiliation_no_truncate BEFORE TRUNCATE ON network_affiliation
    FOR EACH STATEMENT EXECUTE FUNCTION network_refuses('affiliation_stays');
