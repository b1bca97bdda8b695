-- An entry balances in every unit: debits equal credits in each book that the event touches.
CREATE TRIGGER entry_balances BEFORE INSERT ON ledger_event
BEGIN
    SELECT RAISE(ABORT, 'entry_balances') WHERE EXISTS (
        SELECT 1 FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
        WHERE p.event_id = NEW.id GROUP BY a.book_id, a.unit_id HAVING sum(p.amount) <> 0);
END;
