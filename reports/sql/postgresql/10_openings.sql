-- Who opened a page to anybody, and put a report there, stays: it is withdrawn once. A page is opened by the
-- organization's own decision; what is put there is a finished open-factory report, and nothing else.
CREATE TRIGGER opening_is_withdrawn_once BEFORE UPDATE ON reports_opening
    FOR EACH ROW EXECUTE FUNCTION network_noted_is_withdrawn_once();
CREATE TRIGGER opening_no_delete BEFORE DELETE ON reports_opening
    FOR EACH ROW EXECUTE FUNCTION network_refuses('noted_stays');
CREATE TRIGGER opening_no_truncate BEFORE TRUNCATE ON reports_opening
    FOR EACH STATEMENT EXECUTE FUNCTION network_refuses('noted_stays');
CREATE OR REPLACE FUNCTION reports_opening_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.resolution_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM network_resolution r WHERE r.id = NEW.resolution_id AND r.organization_id = NEW.organization_id)
    THEN
        PERFORM network_refuse('opened_by_itself');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER opening_fits BEFORE INSERT ON reports_opening
    FOR EACH ROW EXECUTE FUNCTION reports_opening_fits();
CREATE TRIGGER publication_is_withdrawn_once BEFORE UPDATE ON reports_publication
    FOR EACH ROW EXECUTE FUNCTION network_noted_is_withdrawn_once();
CREATE TRIGGER publication_no_delete BEFORE DELETE ON reports_publication
    FOR EACH ROW EXECUTE FUNCTION network_refuses('noted_stays');
CREATE TRIGGER publication_no_truncate BEFORE TRUNCATE ON reports_publication
    FOR EACH STATEMENT EXECUTE FUNCTION network_refuses('noted_stays');
CREATE OR REPLACE FUNCTION reports_publication_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM reports_report r WHERE r.id = NEW.report_id AND r.kind = 'open-factory' AND r.sha256 <> '')
    THEN
        PERFORM network_refuse('published_is_open_factory');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER publication_fits BEFORE INSERT ON reports_publication
    FOR EACH ROW EXECUTE FUNCTION reports_publication_fits();
