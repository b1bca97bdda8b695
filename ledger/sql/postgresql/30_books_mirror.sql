-- What one book shows as receivable the other shows as payable, for each pair, unit, peg and claim.
CREATE OR REPLACE FUNCTION ledger_books_mirror() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM new_postings p JOIN ledger_account a ON a.id = p.account_id
        WHERE a.counterparty_id IS NOT NULL
        GROUP BY p.event_id, a.unit_id, a.peg_id, p.claim_id,
            CASE a.role WHEN 'receivable' THEN a.book_id ELSE a.counterparty_id END,
            CASE a.role WHEN 'receivable' THEN a.counterparty_id ELSE a.book_id END
        HAVING sum(p.amount) <> 0 OR sum(coalesce(p.quantity, 0)) <> 0
    ) THEN
        RAISE EXCEPTION 'the books do not mirror each other'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'books_mirror';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER posting_30_books_mirror AFTER INSERT ON ledger_posting
    REFERENCING NEW TABLE AS new_postings FOR EACH STATEMENT EXECUTE FUNCTION ledger_books_mirror();
