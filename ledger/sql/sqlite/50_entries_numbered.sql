-- The database writes one entry in each book that an event touches and numbers it: no gap within a book's year,
-- days never going back, nothing in a closed period.
CREATE TRIGGER entries_numbered AFTER INSERT ON ledger_event
BEGIN
    INSERT INTO ledger_entry (event_id, book_id, year, booked_on, number)
        SELECT NEW.id, t.book_id, t.year, NEW.booked_on,
            (SELECT coalesce(max(n.number), 0) + 1 FROM ledger_entry n WHERE n.book_id = t.book_id AND n.year = t.year)
        FROM (SELECT DISTINCT b.id AS book_id, CAST(strftime('%Y', NEW.booked_on) AS INTEGER)
                  - (CAST(strftime('%m', NEW.booked_on) AS INTEGER) < b.year_starts_month) AS year
              FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id JOIN ledger_book b ON b.id = a.book_id
              WHERE p.event_id = NEW.id) t
        ORDER BY t.book_id;
END;
CREATE TRIGGER entry_follows BEFORE INSERT ON ledger_entry
BEGIN
    -- An event gets its entries as it is written, by the trigger above: afterwards none is missing,
    -- and none is written twice (01).
    SELECT RAISE(ABORT, 'entry_by_posting_only') WHERE NOT EXISTS (SELECT 1 FROM ledger_event WHERE id = NEW.event_id)
        OR NOT EXISTS (SELECT 1 FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
            WHERE p.event_id = NEW.event_id AND a.book_id = NEW.book_id);
    SELECT RAISE(ABORT, 'period_is_open') WHERE EXISTS (
        SELECT 1 FROM ledger_closing WHERE book_id = NEW.book_id AND through >= NEW.booked_on);
    SELECT RAISE(ABORT, 'entries_in_order_of_days') WHERE NEW.booked_on < (
        SELECT booked_on FROM ledger_entry WHERE book_id = NEW.book_id ORDER BY year DESC, number DESC LIMIT 1);
END;
