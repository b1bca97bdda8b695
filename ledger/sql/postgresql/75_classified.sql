-- A book says where its own entries stand, and what was said stays: who says otherwise adds to it.
CREATE OR REPLACE FUNCTION ledger_classified_in_its_book() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM ledger_entry n JOIN ledger_event e ON e.id = n.event_id
        WHERE n.event_id = NEW.event_id AND n.book_id = NEW.book_id AND e.reverses_id IS NULL)
    THEN
        PERFORM ledger_refuse('classified_in_its_book');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER classified_in_its_book BEFORE INSERT ON ledger_classification
    FOR EACH ROW EXECUTE FUNCTION ledger_classified_in_its_book();
CREATE TRIGGER classification_append_only BEFORE UPDATE OR DELETE ON ledger_classification
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER classification_no_truncate BEFORE TRUNCATE ON ledger_classification
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
