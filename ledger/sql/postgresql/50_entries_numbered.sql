-- Entries are written and numbered by the database alone, as part of posting an event (10).
CREATE OR REPLACE FUNCTION ledger_entry_by_posting_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        PERFORM ledger_refuse('entry_by_posting_only');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER entry_by_posting_only BEFORE INSERT ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_entry_by_posting_only();

-- A closing takes the book's lock too: no entry slips in beside it.
CREATE OR REPLACE FUNCTION ledger_closing_takes_the_book() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM ledger_book WHERE id = NEW.book_id FOR NO KEY UPDATE;
    RETURN NEW;
END $$;
CREATE TRIGGER closing_takes_the_book BEFORE INSERT ON ledger_closing
    FOR EACH ROW EXECUTE FUNCTION ledger_closing_takes_the_book();
