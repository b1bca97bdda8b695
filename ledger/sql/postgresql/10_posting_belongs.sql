-- Every line stands on an open account, under an event of this very transaction that has no entry yet,
-- with a quantity in the account's peg, and with the claim that its account calls for.
CREATE OR REPLACE FUNCTION ledger_posting_belongs() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM new_postings p
        LEFT JOIN ledger_event e ON e.id = p.event_id AND e.xid = pg_current_xact_id()
        WHERE e.id IS NULL OR EXISTS (SELECT FROM ledger_entry n WHERE n.event_id = p.event_id)
    ) THEN
        RAISE EXCEPTION 'a line was added to an event that was already written'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'no_line_added_later';
    END IF;
    IF EXISTS (SELECT FROM new_postings p JOIN ledger_account a ON a.id = p.account_id WHERE a.is_closed) THEN
        RAISE EXCEPTION 'an account is closed'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'account_is_open';
    END IF;
    IF EXISTS (
        SELECT FROM new_postings p
        JOIN ledger_account a ON a.id = p.account_id
        LEFT JOIN ledger_measure peg ON peg.id = a.peg_id
        LEFT JOIN ledger_claim c ON c.id = p.claim_id
        WHERE (a.peg_id IS NOT NULL AND p.measure_id IS NOT NULL AND p.measure_id <> a.peg_id)
           OR (a.peg_id IS NOT NULL AND peg.unit_id = a.unit_id AND p.quantity IS NOT NULL)
           OR (c.id IS NULL AND a.counterparty_id IS NOT NULL AND a.number IN ('1202', '2102'))
           OR (c.id IS NOT NULL AND (a.counterparty_id IS NULL OR c.unit_id <> a.unit_id OR c.peg_id <> a.peg_id
               OR c.creditor_id <> CASE a.role WHEN 'receivable' THEN a.book_id ELSE a.counterparty_id END
               OR c.debtor_id <> CASE a.role WHEN 'receivable' THEN a.counterparty_id ELSE a.book_id END))
    ) THEN
        RAISE EXCEPTION 'a line does not fit its account, its peg or its claim'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'posting_fits_its_account';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER posting_10_belongs AFTER INSERT ON ledger_posting
    REFERENCING NEW TABLE AS new_postings FOR EACH STATEMENT EXECUTE FUNCTION ledger_posting_belongs();
