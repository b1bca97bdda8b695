-- Whoever was sent to a body's council holds nothing there from the day on which their organization has left it.
CREATE TRIGGER delegates_go_too BEFORE UPDATE ON network_affiliation
    WHEN NEW.until IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'delegates_go_too') WHERE EXISTS (
        SELECT 1 FROM network_mandate m WHERE m.delegate_of_id = NEW.member_id AND m.organization_id = NEW.body_id
            AND m.until > NEW.until AND (m.ended_on IS NULL OR m.ended_on > NEW.until));
END;
