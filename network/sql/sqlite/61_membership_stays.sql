-- A membership ends once, and otherwise stays.
CREATE TRIGGER membership_ends_once BEFORE UPDATE ON network_membership
BEGIN
    SELECT RAISE(ABORT, 'membership_stays') WHERE OLD.until IS NOT NULL
        OR (NEW.id, NEW.user_id, NEW.organization_id, NEW.starts_on, NEW.noted_by_id, NEW.noted_on)
        IS NOT (OLD.id, OLD.user_id, OLD.organization_id, OLD.starts_on, OLD.noted_by_id, OLD.noted_on);
END;
CREATE TRIGGER membership_no_delete BEFORE DELETE ON network_membership
BEGIN
    SELECT RAISE(ABORT, 'membership_stays');
END;
CREATE TRIGGER membership_no_replace BEFORE INSERT ON network_membership
BEGIN
    SELECT RAISE(ABORT, 'membership_stays') WHERE EXISTS (SELECT 1 FROM network_membership WHERE id = NEW.id);
END;
