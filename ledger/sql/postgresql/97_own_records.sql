-- What a cooperative brought stays as it was read; a record that is closed takes no more.
CREATE OR REPLACE FUNCTION ledger_own_record_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'read' THEN
            PERFORM ledger_refuse('own_record_stays');
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP <> 'UPDATE' THEN
        PERFORM ledger_refuse('own_record_stays');
    END IF;
    IF OLD.state = 'closed' THEN
        PERFORM ledger_refuse('own_record_is_closed');
    END IF;
    IF (OLD.state = 'matched' AND NEW.state = 'read')
        OR (NEW.id, NEW.book_id, NEW.key, NEW.account_id, NEW.file_name, NEW.kind, NEW.sha256, NEW.first_on,
            NEW.last_on, NEW.lines_read, NEW.uploaded_by_id, NEW.uploaded_at)
        IS DISTINCT FROM (OLD.id, OLD.book_id, OLD.key, OLD.account_id, OLD.file_name, OLD.kind, OLD.sha256,
            OLD.first_on, OLD.last_on, OLD.lines_read, OLD.uploaded_by_id, OLD.uploaded_at)
    THEN
        PERFORM ledger_refuse('own_record_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER own_record_stays BEFORE INSERT OR UPDATE OR DELETE ON ledger_ownrecord
    FOR EACH ROW EXECUTE FUNCTION ledger_own_record_stays();
CREATE TRIGGER own_record_no_truncate BEFORE TRUNCATE ON ledger_ownrecord
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_own_record_stays();
-- Its lines come with it, and before it is matched.
CREATE OR REPLACE FUNCTION ledger_record_line_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM ledger_refuse('own_record_stays');
    END IF;
    IF EXISTS (SELECT FROM ledger_ownrecord
            WHERE id = NEW.record_id AND (state <> 'read' OR job_id IS NOT NULL))
    THEN
        PERFORM ledger_refuse('own_record_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_line_stays BEFORE INSERT OR UPDATE OR DELETE ON ledger_recordline
    FOR EACH ROW EXECUTE FUNCTION ledger_record_line_stays();
CREATE TRIGGER record_line_no_truncate BEFORE TRUNCATE ON ledger_recordline
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_record_line_stays();
-- A match is proposed, then accepted or undone; what was said of it stays; accepted, both sides come to the same.
CREATE OR REPLACE FUNCTION ledger_record_match_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP NOT IN ('INSERT', 'UPDATE') THEN
        PERFORM ledger_refuse('record_match_stays');
    END IF;
    IF EXISTS (SELECT FROM ledger_ownrecord WHERE id = NEW.record_id AND state = 'closed') THEN
        PERFORM ledger_refuse('own_record_is_closed');
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'proposed' THEN
            PERFORM ledger_refuse('record_match_stays');
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state = 'undone' OR NEW.state = 'proposed'
        OR (OLD.state = 'accepted' AND NEW.state = 'accepted')
        OR (OLD.accepted_at IS NOT NULL
            AND (NEW.accepted_by_id, NEW.accepted_at) IS DISTINCT FROM (OLD.accepted_by_id, OLD.accepted_at))
        OR (NEW.id, NEW.record_id, NEW.reason, NEW.is_sure, NEW.days, NEW.twin_line_id, NEW.twin_event_id,
            NEW.found_at)
        IS DISTINCT FROM (OLD.id, OLD.record_id, OLD.reason, OLD.is_sure, OLD.days, OLD.twin_line_id,
            OLD.twin_event_id, OLD.found_at)
    THEN
        PERFORM ledger_refuse('record_match_stays');
    END IF;
    IF NEW.state = 'accepted' AND (
        NOT EXISTS (SELECT FROM ledger_matchpart WHERE match_id = NEW.id)
        OR (NEW.reason NOT IN ('amount', 'digits', 'twice')
            -- Each part by itself, so that the plan that is kept looks up and never reads a whole table.
            AND (SELECT sum(coalesce((SELECT l.amount FROM ledger_recordline l WHERE l.id = m.line_id), 0)
                    - coalesce((SELECT p.amount FROM ledger_posting p
                        WHERE p.event_id = m.event_id AND p.line = m.event_line), 0))
                FROM ledger_matchpart m WHERE m.match_id = NEW.id) <> 0))
    THEN
        PERFORM ledger_refuse('record_match_comes_out_even');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_match_stays BEFORE INSERT OR UPDATE OR DELETE ON ledger_recordmatch
    FOR EACH ROW EXECUTE FUNCTION ledger_record_match_stays();
CREATE TRIGGER record_match_no_truncate BEFORE TRUNCATE ON ledger_recordmatch
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_record_match_stays();
-- A line, and a posting, is in one match of a record at most, those apart that were undone.
CREATE OR REPLACE FUNCTION ledger_match_part_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found record;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM ledger_refuse('record_match_stays');
    END IF;
    -- Whoever matches the same record waits, so that both see what the other took.
    SELECT r.id, r.book_id, m.state INTO found
        FROM ledger_ownrecord r JOIN ledger_recordmatch m ON m.record_id = r.id
        WHERE m.id = NEW.match_id FOR UPDATE OF r;
    IF found.state <> 'proposed' THEN
        PERFORM ledger_refuse('record_match_stays');
    END IF;
    IF NOT EXISTS (SELECT FROM ledger_recordline l WHERE l.id = NEW.line_id AND l.record_id = found.id)
        AND NOT EXISTS (SELECT FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
            WHERE p.event_id = NEW.event_id AND p.line = NEW.event_line AND a.book_id = found.book_id)
    THEN
        PERFORM ledger_refuse('match_part_of_another');
    END IF;
    -- From the part to its match: the other way round, the plan that PostgreSQL keeps would read all of a record's.
    IF EXISTS (SELECT FROM ledger_matchpart o WHERE o.line_id = NEW.line_id AND (
            SELECT m.state <> 'undone' AND m.record_id = found.id FROM ledger_recordmatch m WHERE m.id = o.match_id))
        OR EXISTS (SELECT FROM ledger_matchpart o
            WHERE o.event_id = NEW.event_id AND o.event_line = NEW.event_line AND (
            SELECT m.state <> 'undone' AND m.record_id = found.id FROM ledger_recordmatch m WHERE m.id = o.match_id))
    THEN
        PERFORM ledger_refuse('matched_once');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER match_part_fits BEFORE INSERT OR UPDATE OR DELETE ON ledger_matchpart
    FOR EACH ROW EXECUTE FUNCTION ledger_match_part_fits();
CREATE TRIGGER match_part_no_truncate BEFORE TRUNCATE ON ledger_matchpart
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_match_part_fits();
