-- Fiscal years close one after the other, with their own days, once the book takes no more entries of them; the entry
-- that carried the result to equity is of that year and of this book.
CREATE TRIGGER year_closes_in_order BEFORE INSERT ON ledger_yearclosing
BEGIN
    SELECT RAISE(ABORT, 'year_closes_in_order') WHERE NEW.year IS NOT coalesce(
            (SELECT max(c.year) + 1 FROM ledger_yearclosing c WHERE c.book_id = NEW.book_id),
            (SELECT min(n.year) FROM ledger_entry n WHERE n.book_id = NEW.book_id), NEW.year)
        OR NOT EXISTS (SELECT 1 FROM ledger_book b WHERE b.id = NEW.book_id
            AND NEW.starts_on = printf('%04d-%02d-01', NEW.year, b.year_starts_month)
            AND NEW.ends_on = date(printf('%04d-%02d-01', NEW.year + 1, b.year_starts_month), '-1 day'))
        OR NOT EXISTS (SELECT 1 FROM ledger_closing c WHERE c.book_id = NEW.book_id AND c.through >= NEW.ends_on)
        OR (NEW.event_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM ledger_event e JOIN ledger_entry n ON n.event_id = e.id AND n.book_id = NEW.book_id
            WHERE e.id = NEW.event_id AND e.kind = 'year_closing' AND e.happened_on = NEW.ends_on));
END;
