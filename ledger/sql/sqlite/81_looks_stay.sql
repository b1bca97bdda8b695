-- Who looked at whose books stays, and so does who asked for a second factor: only a visit's count and last moment grow.
CREATE TRIGGER visit_only_grows BEFORE UPDATE ON network_visit
BEGIN
    SELECT RAISE(ABORT, 'append_only') WHERE NEW.pages < OLD.pages OR NEW.last_at < OLD.last_at
        OR (NEW.id, NEW.user_id, NEW.organization_id, NEW.mandate_id, NEW.section, NEW.day, NEW.first_at)
        IS NOT (OLD.id, OLD.user_id, OLD.organization_id, OLD.mandate_id, OLD.section, OLD.day, OLD.first_at);
END;
CREATE TRIGGER visit_no_delete BEFORE DELETE ON network_visit
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER visit_no_replace BEFORE INSERT ON network_visit
BEGIN
    SELECT RAISE(ABORT, 'append_only') WHERE EXISTS (SELECT 1 FROM network_visit WHERE id = NEW.id);
END;
CREATE TRIGGER secondfactordecision_no_update BEFORE UPDATE ON network_secondfactordecision
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER secondfactordecision_no_delete BEFORE DELETE ON network_secondfactordecision
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER secondfactordecision_no_replace BEFORE INSERT ON network_secondfactordecision
BEGIN
    SELECT RAISE(ABORT, 'append_only') WHERE EXISTS (SELECT 1 FROM network_secondfactordecision WHERE id = NEW.id);
END;
