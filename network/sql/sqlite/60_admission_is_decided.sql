-- Who may trade: admitted by a body that it belongs to on that day, by its own assembly where it belongs to none. Once at
-- a time. An admission is ended once, by whoever may decide it on that day, and otherwise stays.
CREATE TRIGGER admission_is_decided BEFORE INSERT ON network_admission
BEGIN
    SELECT RAISE(ABORT, 'admission_stays') WHERE EXISTS (SELECT 1 FROM network_admission WHERE id = NEW.id);
    SELECT RAISE(ABORT, 'admission_is_decided') WHERE NOT EXISTS (
        SELECT 1 FROM network_resolution r
        WHERE r.id = NEW.resolution_id AND r.resolved_on <= NEW.starts_on AND (
            r.organization_id IN (
                WITH RECURSIVE above (body) AS (
                    SELECT NEW.organization_id
                    UNION
                    SELECT f.body_id FROM above a JOIN network_affiliation f ON f.member_id = a.body
                        AND f.starts_on <= NEW.starts_on AND (f.until IS NULL OR f.until > NEW.starts_on)
                )
                SELECT body FROM above WHERE body <> NEW.organization_id)
            OR NOT EXISTS (
                SELECT 1 FROM network_affiliation f WHERE f.member_id = NEW.organization_id
                    AND f.starts_on <= NEW.starts_on AND (f.until IS NULL OR f.until > NEW.starts_on))
                AND r.organization_id = NEW.organization_id));
    SELECT RAISE(ABORT, 'admitted_once') WHERE EXISTS (
        SELECT 1 FROM network_admission a WHERE a.organization_id = NEW.organization_id
            AND (a.until IS NULL OR a.until > NEW.starts_on) AND (NEW.until IS NULL OR NEW.until > a.starts_on));
END;
CREATE TRIGGER admission_ends_once BEFORE UPDATE ON network_admission
BEGIN
    SELECT RAISE(ABORT, 'admission_stays') WHERE OLD.until IS NOT NULL
        OR (NEW.id, NEW.organization_id, NEW.starts_on, NEW.resolution_id, NEW.noted_by_id)
        IS NOT (OLD.id, OLD.organization_id, OLD.starts_on, OLD.resolution_id, OLD.noted_by_id);
    SELECT RAISE(ABORT, 'admission_is_decided') WHERE NOT EXISTS (
        SELECT 1 FROM network_resolution e
        WHERE e.id = NEW.end_resolution_id AND e.resolved_on <= NEW.until AND (
            e.organization_id = NEW.organization_id AND (NEW.ending = 'left' OR NOT EXISTS (
                SELECT 1 FROM network_affiliation f WHERE f.member_id = NEW.organization_id
                    AND f.starts_on <= NEW.until AND (f.until IS NULL OR f.until > NEW.until)))
            OR e.organization_id IN (
                WITH RECURSIVE above (body) AS (
                    SELECT NEW.organization_id
                    UNION
                    SELECT f.body_id FROM above a JOIN network_affiliation f ON f.member_id = a.body
                        AND f.starts_on <= NEW.until AND (f.until IS NULL OR f.until > NEW.until)
                )
                SELECT body FROM above WHERE body <> NEW.organization_id)));
END;
CREATE TRIGGER admission_no_delete BEFORE DELETE ON network_admission
BEGIN
    SELECT RAISE(ABORT, 'admission_stays');
END;
-- An affiliation begins by a decision of the body which the member accepted (`62_invitation_is_answered.sql`); it ends by
-- a decision of either. What began before both were asked for stands as it is.
CREATE TRIGGER affiliation_is_decided BEFORE INSERT ON network_affiliation
BEGIN
    SELECT RAISE(ABORT, 'affiliation_stays') WHERE EXISTS (SELECT 1 FROM network_affiliation WHERE id = NEW.id);
    SELECT RAISE(ABORT, 'decided_by_its_own_assembly') WHERE EXISTS (
        SELECT 1 FROM network_resolution r WHERE r.id = NEW.resolution_id
            AND (r.organization_id <> NEW.body_id OR r.resolved_on > NEW.starts_on));
    SELECT RAISE(ABORT, 'wanted_by_both') WHERE NOT EXISTS (
        SELECT 1 FROM network_invitation i WHERE i.id = NEW.invitation_id AND i.answer = 'accepted'
            AND (i.member_id, i.body_id, i.starts_on, i.resolution_id)
            IS (NEW.member_id, NEW.body_id, NEW.starts_on, NEW.resolution_id));
END;
CREATE TRIGGER affiliation_ends_once BEFORE UPDATE ON network_affiliation
BEGIN
    SELECT RAISE(ABORT, 'affiliation_stays') WHERE OLD.until IS NOT NULL
        OR (NEW.id, NEW.member_id, NEW.body_id, NEW.starts_on, NEW.resolution_id, NEW.invitation_id)
        IS NOT (OLD.id, OLD.member_id, OLD.body_id, OLD.starts_on, OLD.resolution_id, OLD.invitation_id);
    SELECT RAISE(ABORT, 'decided_by_its_own_assembly') WHERE EXISTS (
        SELECT 1 FROM network_resolution r WHERE r.id = NEW.end_resolution_id
            AND (r.organization_id NOT IN (NEW.body_id, NEW.member_id) OR r.resolved_on > NEW.until));
END;
CREATE TRIGGER affiliation_no_delete BEFORE DELETE ON network_affiliation
BEGIN
    SELECT RAISE(ABORT, 'affiliation_stays');
END;
