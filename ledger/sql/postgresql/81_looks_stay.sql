-- Who looked at whose books stays, and so does who asked for a second factor: only a visit's count and last moment grow.
CREATE OR REPLACE FUNCTION ledger_visit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.pages < OLD.pages OR NEW.last_at < OLD.last_at
        OR (NEW.id, NEW.user_id, NEW.organization_id, NEW.mandate_id, NEW.section, NEW.day, NEW.first_at)
        IS DISTINCT FROM
        (OLD.id, OLD.user_id, OLD.organization_id, OLD.mandate_id, OLD.section, OLD.day, OLD.first_at) THEN
        PERFORM ledger_refuse('append_only');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER visit_only_grows BEFORE UPDATE ON network_visit
    FOR EACH ROW EXECUTE FUNCTION ledger_visit_only_grows();
CREATE TRIGGER visit_no_delete BEFORE DELETE ON network_visit
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER visit_no_truncate BEFORE TRUNCATE ON network_visit
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER secondfactordecision_append_only BEFORE UPDATE OR DELETE ON network_secondfactordecision
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER secondfactordecision_no_truncate BEFORE TRUNCATE ON network_secondfactordecision
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
