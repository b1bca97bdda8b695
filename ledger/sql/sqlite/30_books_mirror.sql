-- What one book shows as receivable the other shows as payable, for each pair, unit, peg and claim.
CREATE TRIGGER books_mirror BEFORE INSERT ON ledger_event
BEGIN
    SELECT RAISE(ABORT, 'books_mirror') WHERE EXISTS (
        SELECT 1 FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
        WHERE p.event_id = NEW.id AND a.counterparty_id IS NOT NULL
        GROUP BY a.unit_id, a.peg_id, p.claim_id,
            CASE a.role WHEN 'receivable' THEN a.book_id ELSE a.counterparty_id END,
            CASE a.role WHEN 'receivable' THEN a.counterparty_id ELSE a.book_id END
        HAVING sum(p.amount) <> 0 OR sum(coalesce(p.quantity, 0)) <> 0);
END;
