-- What only some kinds of organization have stands beside no other: a matrícula, an activity, a district.
CREATE OR REPLACE FUNCTION network_cooperativeregistration_fits_its_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Held, so that the kind does not change beside.
    PERFORM FROM network_organization WHERE id = NEW.organization_id AND kind IN (
        'recuperated_enterprise', 'worker_cooperative', 'federation', 'confederation', 'sector_network') FOR SHARE;
    IF NOT FOUND THEN
        PERFORM network_refuse('fits_its_kind');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cooperativeregistration_fits_its_kind BEFORE INSERT OR UPDATE ON network_cooperativeregistration
    FOR EACH ROW EXECUTE FUNCTION network_cooperativeregistration_fits_its_kind();
CREATE OR REPLACE FUNCTION network_communityprofile_fits_its_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Held, so that the kind does not change beside.
    PERFORM FROM network_organization WHERE id = NEW.organization_id AND kind = 'community_body' FOR SHARE;
    IF NOT FOUND THEN
        PERFORM network_refuse('fits_its_kind');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER communityprofile_fits_its_kind BEFORE INSERT OR UPDATE ON network_communityprofile
    FOR EACH ROW EXECUTE FUNCTION network_communityprofile_fits_its_kind();
CREATE OR REPLACE FUNCTION network_neighborhoodprofile_fits_its_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Held, so that the kind does not change beside.
    PERFORM FROM network_organization WHERE id = NEW.organization_id AND kind = 'neighborhood_council' FOR SHARE;
    IF NOT FOUND THEN
        PERFORM network_refuse('fits_its_kind');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER neighborhoodprofile_fits_its_kind BEFORE INSERT OR UPDATE ON network_neighborhoodprofile
    FOR EACH ROW EXECUTE FUNCTION network_neighborhoodprofile_fits_its_kind();
CREATE OR REPLACE FUNCTION network_kind_fits_what_stands_beside() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT NEW.kind IN (
            'recuperated_enterprise', 'worker_cooperative', 'federation', 'confederation', 'sector_network')
            AND EXISTS (SELECT FROM network_cooperativeregistration WHERE organization_id = NEW.id)
        OR NOT NEW.kind = 'community_body'
            AND EXISTS (SELECT FROM network_communityprofile WHERE organization_id = NEW.id)
        OR NOT NEW.kind = 'neighborhood_council'
            AND EXISTS (SELECT FROM network_neighborhoodprofile WHERE organization_id = NEW.id)
    THEN
        PERFORM network_refuse('fits_its_kind');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER kind_fits_what_stands_beside BEFORE UPDATE OF kind ON network_organization
    FOR EACH ROW WHEN (NEW.kind <> OLD.kind) EXECUTE FUNCTION network_kind_fits_what_stands_beside();
