-- Who looked at whose books stays: only a visit's count and last moment grow. Who asked for a second factor stays, and
-- who changed what the register says. A count and a milestone are withdrawn once, and otherwise stay.
CREATE OR REPLACE FUNCTION network_visit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.pages < OLD.pages OR NEW.last_at < OLD.last_at
        OR (NEW.id, NEW.user_id, NEW.organization_id, NEW.mandate_id, NEW.section, NEW.day, NEW.first_at)
        IS DISTINCT FROM
        (OLD.id, OLD.user_id, OLD.organization_id, OLD.mandate_id, OLD.section, OLD.day, OLD.first_at)
    THEN
        PERFORM network_refuse('noted_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER visit_only_grows BEFORE UPDATE ON network_visit
    FOR EACH ROW EXECUTE FUNCTION network_visit_only_grows();
CREATE TRIGGER visit_no_delete BEFORE DELETE ON network_visit
    FOR EACH ROW EXECUTE FUNCTION network_refuses('noted_stays');
CREATE TRIGGER visit_no_truncate BEFORE TRUNCATE ON network_visit
    FOR EACH STATEMENT EXECUTE FUNCTION network_refuses('noted_stays');
CREATE TRIGGER secondfactordecision_stays BEFORE UPDATE OR DELETE ON network_secondfactordecision
    FOR EACH ROW EXECUTE FUNCTION network_refuses('decided_stays');
CREATE TRIGGER secondfactordecision_no_truncate BEFORE TRUNCATE ON network_secondfactordecision
    FOR EACH STATEMENT EXECUTE FUNCTION network_refuses('decided_stays');
CREATE TRIGGER organizationchange_stays BEFORE UPDATE OR DELETE ON network_organizationchange
    FOR EACH ROW EXECUTE FUNCTION network_refuses('noted_stays');
CREATE TRIGGER organizationchange_no_truncate BEFORE TRUNCATE ON network_organizationchange
    FOR EACH STATEMENT EXECUTE FUNCTION network_refuses('noted_stays');
CREATE OR REPLACE FUNCTION network_noted_is_withdrawn_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.withdrawn_at IS NOT NULL OR to_jsonb(NEW) - '{withdrawn_at,withdrawn_by_id}'::text[]
        IS DISTINCT FROM to_jsonb(OLD) - '{withdrawn_at,withdrawn_by_id}'::text[]
    THEN
        PERFORM network_refuse('noted_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER workercount_is_withdrawn_once BEFORE UPDATE ON network_workercount
    FOR EACH ROW EXECUTE FUNCTION network_noted_is_withdrawn_once();
CREATE TRIGGER workercount_no_delete BEFORE DELETE ON network_workercount
    FOR EACH ROW EXECUTE FUNCTION network_refuses('noted_stays');
CREATE TRIGGER workercount_no_truncate BEFORE TRUNCATE ON network_workercount
    FOR EACH STATEMENT EXECUTE FUNCTION network_refuses('noted_stays');
CREATE TRIGGER milestone_is_withdrawn_once BEFORE UPDATE ON network_milestone
    FOR EACH ROW EXECUTE FUNCTION network_noted_is_withdrawn_once();
CREATE TRIGGER milestone_no_delete BEFORE DELETE ON network_milestone
    FOR EACH ROW EXECUTE FUNCTION network_refuses('noted_stays');
CREATE TRIGGER milestone_no_truncate BEFORE TRUNCATE ON network_milestone
    FOR EACH STATEMENT EXECUTE FUNCTION network_refuses('noted_stays');
