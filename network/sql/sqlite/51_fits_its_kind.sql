-- What only some kinds of organization have stands beside no other: a matrícula, an activity, a district.
CREATE TRIGGER cooperativeregistration_comes_to_its_kind BEFORE INSERT ON network_cooperativeregistration
BEGIN
    SELECT RAISE(ABORT, 'fits_its_kind') WHERE NOT EXISTS (
        SELECT 1 FROM network_organization WHERE id = NEW.organization_id
            AND kind IN (
                'recuperated_enterprise', 'worker_cooperative', 'federation', 'confederation', 'sector_network'));
END;
CREATE TRIGGER cooperativeregistration_moves_to_its_kind BEFORE UPDATE ON network_cooperativeregistration
BEGIN
    SELECT RAISE(ABORT, 'fits_its_kind') WHERE NOT EXISTS (
        SELECT 1 FROM network_organization WHERE id = NEW.organization_id
            AND kind IN (
                'recuperated_enterprise', 'worker_cooperative', 'federation', 'confederation', 'sector_network'));
END;
CREATE TRIGGER communityprofile_comes_to_its_kind BEFORE INSERT ON network_communityprofile
BEGIN
    SELECT RAISE(ABORT, 'fits_its_kind') WHERE NOT EXISTS (
        SELECT 1 FROM network_organization WHERE id = NEW.organization_id
            AND kind = 'community_body');
END;
CREATE TRIGGER communityprofile_moves_to_its_kind BEFORE UPDATE ON network_communityprofile
BEGIN
    SELECT RAISE(ABORT, 'fits_its_kind') WHERE NOT EXISTS (
        SELECT 1 FROM network_organization WHERE id = NEW.organization_id
            AND kind = 'community_body');
END;
CREATE TRIGGER neighborhoodprofile_comes_to_its_kind BEFORE INSERT ON network_neighborhoodprofile
BEGIN
    SELECT RAISE(ABORT, 'fits_its_kind') WHERE NOT EXISTS (
        SELECT 1 FROM network_organization WHERE id = NEW.organization_id
            AND kind = 'neighborhood_council');
END;
CREATE TRIGGER neighborhoodprofile_moves_to_its_kind BEFORE UPDATE ON network_neighborhoodprofile
BEGIN
    SELECT RAISE(ABORT, 'fits_its_kind') WHERE NOT EXISTS (
        SELECT 1 FROM network_organization WHERE id = NEW.organization_id
            AND kind = 'neighborhood_council');
END;
CREATE TRIGGER kind_fits_what_stands_beside BEFORE UPDATE OF kind ON network_organization WHEN NEW.kind <> OLD.kind
BEGIN
    SELECT RAISE(ABORT, 'fits_its_kind') WHERE NOT NEW.kind IN (
        'recuperated_enterprise', 'worker_cooperative', 'federation', 'confederation', 'sector_network')
        AND EXISTS (SELECT 1 FROM network_cooperativeregistration WHERE organization_id = NEW.id);
    SELECT RAISE(ABORT, 'fits_its_kind') WHERE NOT NEW.kind = 'community_body'
        AND EXISTS (SELECT 1 FROM network_communityprofile WHERE organization_id = NEW.id);
    SELECT RAISE(ABORT, 'fits_its_kind') WHERE NOT NEW.kind = 'neighborhood_council'
        AND EXISTS (SELECT 1 FROM network_neighborhoodprofile WHERE organization_id = NEW.id);
END;
