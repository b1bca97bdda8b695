-- What has members, offices or a book stays among its own: bodies of organizations, cooperatives, bodies of the community,
-- those outside. Network credit, delegates and members are those of a body; nothing of it would mean the same otherwise.
CREATE TRIGGER kind_stays BEFORE UPDATE OF kind ON network_organization WHEN NEW.kind <> OLD.kind
BEGIN
    SELECT RAISE(ABORT, 'kind_stays') WHERE
        CASE WHEN NEW.kind IN ('federation', 'confederation', 'sector_network') THEN 1
        WHEN NEW.kind IN ('recuperated_enterprise', 'worker_cooperative') THEN 2
        WHEN NEW.kind = 'outside_party' THEN 3 ELSE 4 END
        <>
        CASE WHEN OLD.kind IN ('federation', 'confederation', 'sector_network') THEN 1
        WHEN OLD.kind IN ('recuperated_enterprise', 'worker_cooperative') THEN 2
        WHEN OLD.kind = 'outside_party' THEN 3 ELSE 4 END
        AND (EXISTS (SELECT 1 FROM network_affiliation WHERE body_id = NEW.id)
            OR EXISTS (SELECT 1 FROM network_invitation WHERE body_id = NEW.id)
            OR EXISTS (SELECT 1 FROM network_mandate WHERE organization_id = NEW.id)
            OR EXISTS (SELECT 1 FROM ledger_book WHERE organization_id = NEW.id));
END;
