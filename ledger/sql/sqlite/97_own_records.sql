-- What a cooperative brought stays as it was read; a record that is closed takes no more.
CREATE TRIGGER own_record_comes_open BEFORE INSERT ON ledger_ownrecord
BEGIN
    SELECT RAISE(ABORT, 'own_record_stays') WHERE NEW.state <> 'read'
        OR EXISTS (SELECT 1 FROM ledger_ownrecord WHERE id = NEW.id OR "key" = NEW."key");
END;
CREATE TRIGGER own_record_stays BEFORE UPDATE ON ledger_ownrecord
BEGIN
    SELECT RAISE(ABORT, 'own_record_is_closed') WHERE OLD.state = 'closed';
    SELECT RAISE(ABORT, 'own_record_stays') WHERE (OLD.state = 'matched' AND NEW.state = 'read')
        OR (NEW.id, NEW.book_id, NEW."key", NEW.account_id, NEW.file_name, NEW.kind, NEW.sha256, NEW.first_on,
            NEW.last_on, NEW.lines_read, NEW.uploaded_by_id, NEW.uploaded_at)
        IS NOT (OLD.id, OLD.book_id, OLD."key", OLD.account_id, OLD.file_name, OLD.kind, OLD.sha256, OLD.first_on,
            OLD.last_on, OLD.lines_read, OLD.uploaded_by_id, OLD.uploaded_at);
END;
CREATE TRIGGER own_record_no_delete BEFORE DELETE ON ledger_ownrecord
BEGIN
    SELECT RAISE(ABORT, 'own_record_stays');
END;
-- Its lines come with it, and before it is matched.
CREATE TRIGGER record_line_comes_with_its_record BEFORE INSERT ON ledger_recordline
BEGIN
    SELECT RAISE(ABORT, 'own_record_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_recordline WHERE id = NEW.id OR (record_id = NEW.record_id AND number = NEW.number))
        OR EXISTS (SELECT 1 FROM ledger_ownrecord
            WHERE id = NEW.record_id AND (state <> 'read' OR job_id IS NOT NULL));
END;
CREATE TRIGGER record_line_no_update BEFORE UPDATE ON ledger_recordline
BEGIN
    SELECT RAISE(ABORT, 'own_record_stays');
END;
CREATE TRIGGER record_line_no_delete BEFORE DELETE ON ledger_recordline
BEGIN
    SELECT RAISE(ABORT, 'own_record_stays');
END;
-- A match is proposed, then accepted or undone; what was said of it stays; accepted, both sides come to the same.
CREATE TRIGGER record_match_comes_proposed BEFORE INSERT ON ledger_recordmatch
BEGIN
    SELECT RAISE(ABORT, 'own_record_is_closed') WHERE EXISTS (
        SELECT 1 FROM ledger_ownrecord WHERE id = NEW.record_id AND state = 'closed');
    SELECT RAISE(ABORT, 'record_match_stays') WHERE NEW.state <> 'proposed'
        OR EXISTS (SELECT 1 FROM ledger_recordmatch WHERE id = NEW.id);
END;
CREATE TRIGGER record_match_stays BEFORE UPDATE ON ledger_recordmatch
BEGIN
    SELECT RAISE(ABORT, 'own_record_is_closed') WHERE EXISTS (
        SELECT 1 FROM ledger_ownrecord WHERE id = OLD.record_id AND state = 'closed');
    SELECT RAISE(ABORT, 'record_match_stays') WHERE OLD.state = 'undone' OR NEW.state = 'proposed'
        OR (OLD.state = 'accepted' AND NEW.state = 'accepted')
        OR (OLD.accepted_at IS NOT NULL
            AND (NEW.accepted_by_id, NEW.accepted_at) IS NOT (OLD.accepted_by_id, OLD.accepted_at))
        OR (NEW.id, NEW.record_id, NEW.reason, NEW.is_sure, NEW.days, NEW.twin_line_id, NEW.twin_event_id,
            NEW.found_at)
        IS NOT (OLD.id, OLD.record_id, OLD.reason, OLD.is_sure, OLD.days, OLD.twin_line_id, OLD.twin_event_id,
            OLD.found_at);
    SELECT RAISE(ABORT, 'record_match_comes_out_even') WHERE NEW.state = 'accepted' AND (
        NOT EXISTS (SELECT 1 FROM ledger_matchpart WHERE match_id = NEW.id)
        OR (NEW.reason NOT IN ('amount', 'digits', 'twice')
            -- Each part by itself, so that the plan that is kept looks up and never reads a whole table.
            AND (SELECT sum(coalesce((SELECT l.amount FROM ledger_recordline l WHERE l.id = m.line_id), 0)
                    - coalesce((SELECT p.amount FROM ledger_posting p
                        WHERE p.event_id = m.event_id AND p.line = m.event_line), 0))
                FROM ledger_matchpart m WHERE m.match_id = NEW.id) <> 0));
END;
CREATE TRIGGER record_match_no_delete BEFORE DELETE ON ledger_recordmatch
BEGIN
    SELECT RAISE(ABORT, 'record_match_stays');
END;
-- A line, and a posting, is in one match of a record at most, those apart that were undone.
CREATE TRIGGER match_part_fits BEFORE INSERT ON ledger_matchpart
BEGIN
    SELECT RAISE(ABORT, 'record_match_stays') WHERE EXISTS (SELECT 1 FROM ledger_matchpart WHERE id = NEW.id)
        OR EXISTS (SELECT 1 FROM ledger_recordmatch WHERE id = NEW.match_id AND state <> 'proposed');
    SELECT RAISE(ABORT, 'match_part_of_another') WHERE EXISTS (
        SELECT 1 FROM ledger_recordmatch m JOIN ledger_ownrecord r ON r.id = m.record_id
        WHERE m.id = NEW.match_id AND (
            NOT EXISTS (SELECT 1 FROM ledger_recordline l WHERE l.id = NEW.line_id AND l.record_id = r.id)
            AND NOT EXISTS (SELECT 1 FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
                WHERE p.event_id = NEW.event_id AND p.line = NEW.event_line AND a.book_id = r.book_id)));
    SELECT RAISE(ABORT, 'matched_once') WHERE EXISTS (
        SELECT 1 FROM ledger_matchpart o JOIN ledger_recordmatch m ON m.id = o.match_id
        WHERE (o.line_id = NEW.line_id OR o.event_id = NEW.event_id AND o.event_line = NEW.event_line) AND m.state <> 'undone'
            AND m.record_id = (SELECT record_id FROM ledger_recordmatch WHERE id = NEW.match_id));
END;
CREATE TRIGGER match_part_no_update BEFORE UPDATE ON ledger_matchpart
BEGIN
    SELECT RAISE(ABORT, 'record_match_stays');
END;
CREATE TRIGGER match_part_no_delete BEFORE DELETE ON ledger_matchpart
BEGIN
    SELECT RAISE(ABORT, 'record_match_stays');
END;
