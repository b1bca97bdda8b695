-- An invitation rests on a decision of the body. It is answered once, by the invited alone: by a resolution of its own, or
-- by somebody who binds it on that day. Otherwise it stays.
CREATE TRIGGER invitation_is_decided BEFORE INSERT ON network_invitation
BEGIN
    SELECT RAISE(ABORT, 'invitation_stays') WHERE EXISTS (SELECT 1 FROM network_invitation WHERE id = NEW.id);
    SELECT RAISE(ABORT, 'decided_by_its_own_assembly') WHERE NOT EXISTS (
        SELECT 1 FROM network_resolution r WHERE r.id = NEW.resolution_id
            AND r.organization_id = NEW.body_id AND r.resolved_on <= NEW.starts_on);
    SELECT RAISE(ABORT, 'wanted_by_both') WHERE NEW.answer <> '';
END;
CREATE TRIGGER invitation_is_answered BEFORE UPDATE ON network_invitation
BEGIN
    SELECT RAISE(ABORT, 'invitation_stays') WHERE OLD.answer <> ''
        OR (NEW.id, NEW.member_id, NEW.body_id, NEW.starts_on, NEW.resolution_id, NEW.noted_by_id, NEW.noted_on)
        IS NOT (OLD.id, OLD.member_id, OLD.body_id, OLD.starts_on, OLD.resolution_id, OLD.noted_by_id, OLD.noted_on);
    SELECT RAISE(ABORT, 'wanted_by_both') WHERE NEW.answer = 'accepted' AND NOT EXISTS (
        SELECT 1 FROM network_resolution r WHERE r.id = NEW.acceptance_id
            AND r.organization_id = NEW.member_id AND r.resolved_on <= NEW.answered_on
    ) AND (NEW.acceptance_id IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM network_mandate m WHERE m.organization_id = NEW.member_id AND m.user_id = NEW.answered_by_id
            AND m.starts_on <= NEW.answered_on AND coalesce(m.ended_on, m.until) > NEW.answered_on
            AND (m.office IN ('president', 'secretary', 'treasurer') OR EXISTS (
                SELECT 1 FROM network_seat s WHERE s.organization_id = m.organization_id AND s.office = m.office
                    AND s.number = m.seat AND s.speaks))));
END;
CREATE TRIGGER invitation_no_delete BEFORE DELETE ON network_invitation
BEGIN
    SELECT RAISE(ABORT, 'invitation_stays');
END;
