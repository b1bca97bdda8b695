-- An assembly meets at the first call with the quorum of its body, and at a second call only where the statute knows
-- one. A motion is carried by the majority that it was put to, and by no less (`network/core/quorum.py`).
CREATE TRIGGER meets_with_quorum BEFORE UPDATE ON network_assembly
    WHEN OLD.state = 'called' AND NEW.state = 'meeting'
BEGIN
    SELECT RAISE(ABORT, 'meets_with_quorum') WHERE NEW.is_second_call AND EXISTS (
        SELECT 1 FROM network_bylaws WHERE organization_id = NEW.organization_id AND second_call_minutes IS NULL);
    SELECT RAISE(ABORT, 'meets_with_quorum') WHERE NOT NEW.is_second_call AND NEW.present < min(NEW.entitled, coalesce(
        (SELECT NEW.entitled * quorum_numerator / quorum_denominator FROM network_bylaws
            WHERE organization_id = NEW.organization_id), NEW.entitled / 2) + 1);
END;
CREATE TRIGGER carried_by_majority BEFORE INSERT ON network_motion
BEGIN
    SELECT RAISE(ABORT, 'carried_by_its_votes') FROM (
        SELECT coalesce(max(b.qualified_numerator), 2) AS part, coalesce(max(b.qualified_denominator), 3) AS whole,
            NEW.in_favour + NEW.against + coalesce(max(b.abstentions_count), 0) * NEW.abstentions AS base
        FROM network_bylaws b JOIN network_assembly a ON a.organization_id = b.organization_id
        WHERE a.id = NEW.assembly_id)
    WHERE (CASE WHEN NEW.is_carried THEN 1 ELSE 0 END) <> (CASE NEW.majority
        WHEN 'qualified' THEN NEW.in_favour > 0 AND NEW.in_favour * whole >= base * part
        ELSE NEW.in_favour * 2 > base END);
END;
