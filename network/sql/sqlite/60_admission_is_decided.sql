-- Who may trade: admitted by a body that it belongs to, or by one of these where it belongs to none: any body, its own
-- assembly. Once at a time. An admission is ended once, by whoever may decide it, and otherwise stays.
CREATE TRIGGER admission_is_decided BEFORE INSERT ON network_admission
BEGIN
    SELECT RAISE(ABORT, 'admission_stays') WHERE EXISTS (SELECT 1 FROM network_admission WHERE id = NEW.id);
    SELECT RAISE(ABORT, 'admission_is_decided') WHERE NOT EXISTS (
        SELECT 1 FROM network_resolution r JOIN network_organization o ON o.id = r.organization_id
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
                AND (o.id = NEW.organization_id OR o.kind IN ('federation', 'confederation', 'sector_network'))));
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
        SELECT 1 FROM network_resolution e JOIN network_resolution r ON r.id = NEW.resolution_id
        WHERE e.id = NEW.end_resolution_id AND e.resolved_on <= NEW.until AND (
            e.organization_id = r.organization_id
            OR e.organization_id = NEW.organization_id AND NEW.ending = 'left'
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
-- An affiliation begins by a decision of the body; it ends by one of either.
CREATE TRIGGER affiliation_is_decided BEFORE INSERT ON network_affiliation
BEGIN
    SELECT RAISE(ABORT, 'affiliation_stays') WHERE EXISTS (SELECT 1 FROM network_affiliation WHERE id = NEW.id);
    SELECT RAISE(ABORT, 'decided_by_its_own_assembly') WHERE EXISTS (
        SELECT 1 FROM network_resolution r WHERE r.id = NEW.resolution_id
            AND (r.organization_id <> NEW.body_id OR r.resolved_on > NEW.starts_on));
END;
CREATE TRIGGER affiliation_ends_once BEFORE UPDATE ON network_affiliation
BEGIN
    SELECT RAISE(ABORT, 'affiliation_stays') WHERE OLD.until IS NOT NULL
        OR (NEW.id, NEW.member_id, NEW.body_id, NEW.starts_on, NEW.resolution_id)
        IS NOT (OLD.id, OLD.member_id, OLD.body_id, OLD.starts_on, OLD.resolution_id);
    SELECT RAISE(ABORT, 'decided_by_its_own_assembly') WHERE EXISTS (
        SELECT 1 FROM network_resolution r WHERE r.id = NEW.end_resolution_id
            AND (r.organization_id NOT IN (NEW.body_id, NEW.member_id) OR r.resolved_on > NEW.until));
END;
CREATE TRIGGER affiliation_no_delete BEFORE DELETE ON network_affiliation
BEGIN
    SELECT RAISE(ABORT, 'affiliation_stays');
END;
