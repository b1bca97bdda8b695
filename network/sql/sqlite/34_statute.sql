-- What the statute says rests on a decision of the body's own assembly; above what the law allows, terms are only of
-- offices that go round.
CREATE TRIGGER statute_is_decided BEFORE INSERT ON network_bylaws
BEGIN
    SELECT RAISE(ABORT, 'decided_by_its_own_assembly') WHERE EXISTS (
        SELECT 1 FROM network_resolution r WHERE r.id = NEW.resolution_id AND r.organization_id <> NEW.organization_id);
    SELECT RAISE(ABORT, 'assembly_decides') WHERE EXISTS (
        SELECT 1 FROM network_resolution r JOIN network_assembly a ON a.id = r.assembly_id
        WHERE r.id = NEW.resolution_id AND a.kind = 'council');
    SELECT RAISE(ABORT, 'term_within_law') WHERE NEW.term_months_max > 36 AND (
        NOT EXISTS (SELECT 1 FROM network_seat WHERE organization_id = NEW.organization_id)
        OR EXISTS (SELECT 1 FROM network_seat s WHERE s.organization_id = NEW.organization_id
            AND s.office <> 'rotating_office'));
END;
CREATE TRIGGER statute_stays_decided BEFORE UPDATE ON network_bylaws
BEGIN
    SELECT RAISE(ABORT, 'decided_by_its_own_assembly') WHERE EXISTS (
        SELECT 1 FROM network_resolution r WHERE r.id = NEW.resolution_id AND r.organization_id <> NEW.organization_id);
    SELECT RAISE(ABORT, 'assembly_decides') WHERE EXISTS (
        SELECT 1 FROM network_resolution r JOIN network_assembly a ON a.id = r.assembly_id
        WHERE r.id = NEW.resolution_id AND a.kind = 'council');
    SELECT RAISE(ABORT, 'term_within_law') WHERE NEW.term_months_max > 36 AND (
        NOT EXISTS (SELECT 1 FROM network_seat WHERE organization_id = NEW.organization_id)
        OR EXISTS (SELECT 1 FROM network_seat s WHERE s.organization_id = NEW.organization_id
            AND s.office <> 'rotating_office'));
END;
