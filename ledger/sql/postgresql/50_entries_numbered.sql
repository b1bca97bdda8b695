-- The database writes one entry in each book that an event touches and numbers it: no gap within a book's year,
-- days never going back, nothing in a closed period. The book's row is the lock, taken in the order of ids.
CREATE OR REPLACE FUNCTION ledger_entry_follows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    month_of_start integer;
    last_entry record;
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'entries are written by the database'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'entry_by_posting_only';
    END IF;
    SELECT year_starts_month INTO month_of_start FROM ledger_book WHERE id = NEW.book_id;
    NEW.year := extract(year FROM NEW.booked_on)
        - CASE WHEN extract(month FROM NEW.booked_on) < month_of_start THEN 1 ELSE 0 END;
    SELECT year, number, booked_on INTO last_entry FROM ledger_entry
        WHERE book_id = NEW.book_id ORDER BY year DESC, number DESC LIMIT 1;
    IF last_entry.booked_on > NEW.booked_on THEN
        RAISE EXCEPTION 'the journal already has a later day'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'entries_in_order_of_days';
    END IF;
    IF EXISTS (SELECT FROM ledger_closing WHERE book_id = NEW.book_id AND through >= NEW.booked_on) THEN
        RAISE EXCEPTION 'the period is closed'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'period_is_open';
    END IF;
    NEW.number := CASE WHEN last_entry.year = NEW.year THEN last_entry.number + 1 ELSE 1 END;
    RETURN NEW;
END $$;
CREATE TRIGGER entry_follows BEFORE INSERT ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_entry_follows();

CREATE OR REPLACE FUNCTION ledger_entries_numbered() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM ledger_book WHERE id IN (
        SELECT a.book_id FROM new_postings p JOIN ledger_account a ON a.id = p.account_id
    ) ORDER BY id FOR NO KEY UPDATE;
    INSERT INTO ledger_entry (event_id, book_id, year, number, booked_on)
        SELECT e.id, t.book_id, 0, 0, e.booked_on
        FROM (SELECT DISTINCT p.event_id, a.book_id
              FROM new_postings p JOIN ledger_account a ON a.id = p.account_id) t
        JOIN ledger_event e ON e.id = t.event_id
        ORDER BY e.id, t.book_id;
    RETURN NULL;
END $$;
CREATE TRIGGER posting_50_entries_numbered AFTER INSERT ON ledger_posting
    REFERENCING NEW TABLE AS new_postings FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_numbered();

-- A closing takes the book's lock too: no entry slips in beside it.
CREATE OR REPLACE FUNCTION ledger_closing_takes_the_book() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM ledger_book WHERE id = NEW.book_id FOR NO KEY UPDATE;
    RETURN NEW;
END $$;
CREATE TRIGGER closing_takes_the_book BEFORE INSERT ON ledger_closing
    FOR EACH ROW EXECUTE FUNCTION ledger_closing_takes_the_book();
