-- An assembly meets at the first call with the quorum of its body, and at a second call only where the statute knows
-- one. A motion is carried by the majority that it was put to, and by no less (`network/core/quorum.py`).
CREATE OR REPLACE FUNCTION network_meets_with_quorum() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    own network_bylaws;
    quorum bigint;
BEGIN
    SELECT * INTO own FROM network_bylaws WHERE organization_id = NEW.organization_id;
    quorum := NEW.entitled::bigint * coalesce(own.quorum_numerator, 1) / coalesce(own.quorum_denominator, 2) + 1;
    IF NEW.is_second_call AND own.id IS NOT NULL AND own.second_call_minutes IS NULL
        OR NOT NEW.is_second_call AND NEW.present < least(quorum, NEW.entitled)
    THEN
        PERFORM network_refuse('meets_with_quorum');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER meets_with_quorum BEFORE UPDATE ON network_assembly
    FOR EACH ROW WHEN (OLD.state = 'called' AND NEW.state = 'meeting') EXECUTE FUNCTION network_meets_with_quorum();
CREATE OR REPLACE FUNCTION network_carried_by_majority() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    own network_bylaws;
    base bigint;
BEGIN
    SELECT b.* INTO own FROM network_bylaws b JOIN network_assembly a ON a.organization_id = b.organization_id
        WHERE a.id = NEW.assembly_id;
    base := NEW.in_favour::bigint + NEW.against + CASE WHEN own.abstentions_count THEN NEW.abstentions ELSE 0 END;
    IF NEW.is_carried <> (CASE NEW.majority
        WHEN 'qualified' THEN NEW.in_favour > 0 AND NEW.in_favour::bigint * coalesce(own.qualified_denominator, 3)
            >= base * coalesce(own.qualified_numerator, 2)
        ELSE NEW.in_favour::bigint * 2 > base END)
    THEN
        PERFORM network_refuse('carried_by_its_votes');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER carried_by_majority BEFORE INSERT ON network_motion
    FOR EACH ROW EXECUTE FUNCTION network_carried_by_majority();
