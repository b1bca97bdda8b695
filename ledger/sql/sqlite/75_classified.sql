-- A book says where its own entries stand, and what was said stays: who says otherwise adds to it.
CREATE TRIGGER classified_in_its_book BEFORE INSERT ON ledger_classification
BEGIN
    SELECT RAISE(ABORT, 'append_only') WHERE EXISTS (SELECT 1 FROM ledger_classification WHERE id = NEW.id);
    SELECT RAISE(ABORT, 'classified_in_its_book') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_entry n JOIN ledger_event e ON e.id = n.event_id
        WHERE n.event_id = NEW.event_id AND n.book_id = NEW.book_id AND e.reverses_id IS NULL);
END;
CREATE TRIGGER classification_no_update BEFORE UPDATE ON ledger_classification
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER classification_no_delete BEFORE DELETE ON ledger_classification
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
