-- Who opened a page to anybody, and put a report there, stays: it is withdrawn once. A page is opened by the
-- organization's own decision; what is put there is a finished open-factory report, and nothing else.
CREATE TRIGGER opening_is_withdrawn_once BEFORE UPDATE ON reports_opening
BEGIN
    SELECT RAISE(ABORT, 'noted_stays') WHERE OLD.withdrawn_at IS NOT NULL
        OR (NEW.id, NEW.organization_id, NEW.story, NEW.shows_address, NEW.resolution_id, NEW.noted_at, NEW.noted_by_id)
        IS NOT (OLD.id, OLD.organization_id, OLD.story, OLD.shows_address, OLD.resolution_id, OLD.noted_at,
            OLD.noted_by_id);
END;
CREATE TRIGGER opening_no_delete BEFORE DELETE ON reports_opening
BEGIN
    SELECT RAISE(ABORT, 'noted_stays');
END;
CREATE TRIGGER opening_fits BEFORE INSERT ON reports_opening
BEGIN
    SELECT RAISE(ABORT, 'noted_stays') WHERE EXISTS (SELECT 1 FROM reports_opening WHERE id = NEW.id);
    SELECT RAISE(ABORT, 'opened_by_itself') WHERE NEW.resolution_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM network_resolution r WHERE r.id = NEW.resolution_id AND r.organization_id = NEW.organization_id);
END;
CREATE TRIGGER publication_is_withdrawn_once BEFORE UPDATE ON reports_publication
BEGIN
    SELECT RAISE(ABORT, 'noted_stays') WHERE OLD.withdrawn_at IS NOT NULL
        OR (NEW.id, NEW.report_id, NEW.noted_at, NEW.noted_by_id)
        IS NOT (OLD.id, OLD.report_id, OLD.noted_at, OLD.noted_by_id);
END;
CREATE TRIGGER publication_no_delete BEFORE DELETE ON reports_publication
BEGIN
    SELECT RAISE(ABORT, 'noted_stays');
END;
CREATE TRIGGER publication_fits BEFORE INSERT ON reports_publication
BEGIN
    SELECT RAISE(ABORT, 'noted_stays') WHERE EXISTS (SELECT 1 FROM reports_publication WHERE id = NEW.id);
    SELECT RAISE(ABORT, 'published_is_open_factory') WHERE NOT EXISTS (
        SELECT 1 FROM reports_report r WHERE r.id = NEW.report_id AND r.kind = 'open-factory' AND r.sha256 <> '');
END;
