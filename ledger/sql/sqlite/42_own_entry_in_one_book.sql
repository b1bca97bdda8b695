-- An entry of one's own stays in one book, and moves no debt: what another owes or is owed takes both to say so, and so
-- does work that was passed on, with its contra (9502, 9504), and network credit (1104, 2303).
CREATE TRIGGER own_entry_in_one_book BEFORE INSERT ON ledger_event WHEN NEW.kind = 'own_entry'
BEGIN
    SELECT RAISE(ABORT, 'own_entry_in_one_book')
        FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
        WHERE p.event_id = NEW.id GROUP BY p.event_id
        HAVING count(DISTINCT a.book_id) > 1 OR count(a.counterparty_id) > 0 OR sum(a.number IN ('1104', '2303', '9502', '9504')) > 0;
END;
