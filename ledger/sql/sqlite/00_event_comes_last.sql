-- On SQLite the lines go in first and the event last: writing the event is the moment of posting. Ids only grow.
CREATE TRIGGER event_comes_last BEFORE INSERT ON ledger_event
BEGIN
    SELECT RAISE(ABORT, 'append_only') WHERE NEW.id IS NULL OR typeof(NEW.id) <> 'integer'
        OR NEW.id <= (SELECT coalesce(max(id), 0) FROM ledger_event)
        OR EXISTS (SELECT 1 FROM ledger_event WHERE reverses_id = NEW.reverses_id);
    SELECT RAISE(ABORT, 'key_was_used') WHERE EXISTS (SELECT 1 FROM ledger_event WHERE key = NEW.key);
    SELECT RAISE(ABORT, 'event_has_lines') WHERE NOT EXISTS (SELECT 1 FROM ledger_posting WHERE event_id = NEW.id);
END;
