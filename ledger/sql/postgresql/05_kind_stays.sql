-- What has members, offices or a book stays among its own: bodies of organizations, cooperatives, bodies of the community,
-- those outside. Network credit, delegates and members are those of a body; nothing of it would mean the same otherwise.
CREATE OR REPLACE FUNCTION network_family(kind text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN kind IN ('federation', 'confederation', 'sector_network') THEN 1
        WHEN kind IN ('recuperated_enterprise', 'worker_cooperative') THEN 2
        WHEN kind = 'outside_party' THEN 3 ELSE 4 END
$$;
CREATE OR REPLACE FUNCTION network_kind_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF network_family(NEW.kind) <> network_family(OLD.kind) AND (
        EXISTS (SELECT FROM network_affiliation WHERE body_id = NEW.id)
        OR EXISTS (SELECT FROM network_invitation WHERE body_id = NEW.id)
        OR EXISTS (SELECT FROM network_mandate WHERE organization_id = NEW.id)
        OR EXISTS (SELECT FROM ledger_book WHERE organization_id = NEW.id))
    THEN
        PERFORM network_refuse('kind_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER kind_stays BEFORE UPDATE OF kind ON network_organization
    FOR EACH ROW WHEN (NEW.kind <> OLD.kind) EXECUTE FUNCTION network_kind_stays();
