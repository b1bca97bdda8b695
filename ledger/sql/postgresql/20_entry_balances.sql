-- An entry balances in every unit: debits equal credits in each book that the event touches.
CREATE OR REPLACE FUNCTION ledger_entry_balances() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM new_postings p JOIN ledger_account a ON a.id = p.account_id
        GROUP BY p.event_id, a.book_id, a.unit_id HAVING sum(p.amount) <> 0
    ) THEN
        RAISE EXCEPTION 'an entry does not balance'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'entry_balances';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER posting_20_entry_balances AFTER INSERT ON ledger_posting
    REFERENCING NEW TABLE AS new_postings FOR EACH STATEMENT EXECUTE FUNCTION ledger_entry_balances();
