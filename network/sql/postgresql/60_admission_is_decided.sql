-- Who may trade: admitted by a body that it belongs to on that day, by its own assembly where it belongs to none. Once at
-- a time. An admission is ended once, by whoever may decide it on that day, and otherwise stays.
CREATE OR REPLACE FUNCTION network_bodies_above(member bigint, day date) RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    WITH RECURSIVE above (body) AS (
        SELECT member
        UNION
        SELECT f.body_id FROM above a JOIN network_affiliation f ON f.member_id = a.body
            AND f.starts_on <= day AND (f.until IS NULL OR f.until > day)
    )
    SELECT body FROM above WHERE body <> member
$$;
CREATE OR REPLACE FUNCTION network_decides_on(body bigint, member bigint, day date) RETURNS boolean
    LANGUAGE sql STABLE AS $$
    SELECT body IN (SELECT network_bodies_above(member, day))
        OR body = member AND NOT EXISTS (SELECT network_bodies_above(member, day))
$$;
CREATE OR REPLACE FUNCTION network_admission_is_decided() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    act network_resolution;
BEGIN
    -- The organization's row is the lock.
    PERFORM FROM network_organization WHERE id = NEW.organization_id FOR NO KEY UPDATE;
    SELECT * INTO act FROM network_resolution WHERE id = NEW.resolution_id;
    IF act.resolved_on > NEW.starts_on
        OR NOT network_decides_on(act.organization_id, NEW.organization_id, NEW.starts_on)
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
    act network_resolution;
BEGIN
    IF OLD.until IS NOT NULL OR (NEW.id, NEW.organization_id, NEW.starts_on, NEW.resolution_id, NEW.noted_by_id)
        IS DISTINCT FROM (OLD.id, OLD.organization_id, OLD.starts_on, OLD.resolution_id, OLD.noted_by_id)
    THEN
        PERFORM network_refuse('admission_stays');
    END IF;
    SELECT * INTO act FROM network_resolution WHERE id = NEW.end_resolution_id;
    IF act.resolved_on > NEW.until OR NOT (
        network_decides_on(act.organization_id, NEW.organization_id, NEW.until)
        OR act.organization_id = NEW.organization_id AND NEW.ending = 'left')
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
-- An affiliation begins by a decision of the body which the member accepted (`62_invitation_is_answered.sql`); it ends by
-- a decision of either. What began before both were asked for stands as it is.
CREATE OR REPLACE FUNCTION network_affiliation_is_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM network_resolution r WHERE r.id = NEW.resolution_id
            AND (r.organization_id <> NEW.body_id OR r.resolved_on > NEW.starts_on))
        OR EXISTS (SELECT FROM network_resolution r WHERE r.id = NEW.end_resolution_id
            AND (r.organization_id NOT IN (NEW.body_id, NEW.member_id) OR r.resolved_on > NEW.until))
    THEN
        PERFORM network_refuse('decided_by_its_own_assembly');
    ELSIF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT FROM network_invitation i WHERE i.id = NEW.invitation_id AND i.answer = 'accepted'
            AND (i.member_id, i.body_id, i.starts_on, i.resolution_id)
            IS NOT DISTINCT FROM (NEW.member_id, NEW.body_id, NEW.starts_on, NEW.resolution_id))
    THEN
        PERFORM network_refuse('wanted_by_both');
    ELSIF TG_OP = 'UPDATE' AND (OLD.until IS NOT NULL
        OR (NEW.id, NEW.member_id, NEW.body_id, NEW.starts_on, NEW.resolution_id, NEW.invitation_id)
        IS DISTINCT FROM (OLD.id, OLD.member_id, OLD.body_id, OLD.starts_on, OLD.resolution_id, OLD.invitation_id))
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
