-- Who looked at whose books stays: only a visit's count and last moment grow. Who asked for a second factor stays, and
-- who changed what the register says. A count and a milestone are withdrawn once, and otherwise stay.
CREATE TRIGGER visit_only_grows BEFORE UPDATE ON network_visit
BEGIN
    SELECT RAISE(ABORT, 'noted_stays') WHERE NEW.pages < OLD.pages OR NEW.last_at < OLD.last_at
        OR (NEW.id, NEW.user_id, NEW.organization_id, NEW.mandate_id, NEW.section, NEW.day, NEW.first_at)
        IS NOT (OLD.id, OLD.user_id, OLD.organization_id, OLD.mandate_id, OLD.section, OLD.day, OLD.first_at);
END;
CREATE TRIGGER visit_no_delete BEFORE DELETE ON network_visit
BEGIN
    SELECT RAISE(ABORT, 'noted_stays');
END;
CREATE TRIGGER visit_no_replace BEFORE INSERT ON network_visit
BEGIN
    SELECT RAISE(ABORT, 'noted_stays') WHERE EXISTS (SELECT 1 FROM network_visit WHERE id = NEW.id);
END;
CREATE TRIGGER secondfactordecision_no_update BEFORE UPDATE ON network_secondfactordecision
BEGIN
    SELECT RAISE(ABORT, 'decided_stays');
END;
CREATE TRIGGER secondfactordecision_no_delete BEFORE DELETE ON network_secondfactordecision
BEGIN
    SELECT RAISE(ABORT, 'decided_stays');
END;
CREATE TRIGGER secondfactordecision_no_replace BEFORE INSERT ON network_secondfactordecision
BEGIN
    SELECT RAISE(ABORT, 'decided_stays') WHERE EXISTS (SELECT 1 FROM network_secondfactordecision WHERE id = NEW.id);
END;
CREATE TRIGGER organizationchange_no_update BEFORE UPDATE ON network_organizationchange
BEGIN
    SELECT RAISE(ABORT, 'noted_stays');
END;
CREATE TRIGGER organizationchange_no_delete BEFORE DELETE ON network_organizationchange
BEGIN
    SELECT RAISE(ABORT, 'noted_stays');
END;
CREATE TRIGGER organizationchange_no_replace BEFORE INSERT ON network_organizationchange
BEGIN
    SELECT RAISE(ABORT, 'noted_stays') WHERE EXISTS (SELECT 1 FROM network_organizationchange WHERE id = NEW.id);
END;
CREATE TRIGGER workercount_is_withdrawn_once BEFORE UPDATE ON network_workercount
BEGIN
    SELECT RAISE(ABORT, 'noted_stays') WHERE OLD.withdrawn_at IS NOT NULL
        OR (NEW.id, NEW.organization_id, NEW.workers, NEW.counted_on, NEW.source, NEW.noted_at, NEW.noted_by_id)
        IS NOT (OLD.id, OLD.organization_id, OLD.workers, OLD.counted_on, OLD.source, OLD.noted_at, OLD.noted_by_id);
END;
CREATE TRIGGER workercount_no_delete BEFORE DELETE ON network_workercount
BEGIN
    SELECT RAISE(ABORT, 'noted_stays');
END;
CREATE TRIGGER workercount_no_replace BEFORE INSERT ON network_workercount
BEGIN
    SELECT RAISE(ABORT, 'noted_stays') WHERE EXISTS (SELECT 1 FROM network_workercount WHERE id = NEW.id);
END;
CREATE TRIGGER milestone_is_withdrawn_once BEFORE UPDATE ON network_milestone
BEGIN
    SELECT RAISE(ABORT, 'noted_stays') WHERE OLD.withdrawn_at IS NOT NULL
        OR (NEW.id, NEW.organization_id, NEW.kind, NEW.happened_on, NEW.precision, NEW.note, NEW.paper, NEW.link,
            NEW.noted_at, NEW.noted_by_id)
        IS NOT (OLD.id, OLD.organization_id, OLD.kind, OLD.happened_on, OLD.precision, OLD.note, OLD.paper, OLD.link,
            OLD.noted_at, OLD.noted_by_id);
END;
CREATE TRIGGER milestone_no_delete BEFORE DELETE ON network_milestone
BEGIN
    SELECT RAISE(ABORT, 'noted_stays');
END;
CREATE TRIGGER milestone_no_replace BEFORE INSERT ON network_milestone
BEGIN
    SELECT RAISE(ABORT, 'noted_stays') WHERE EXISTS (SELECT 1 FROM network_milestone WHERE id = NEW.id);
END;
