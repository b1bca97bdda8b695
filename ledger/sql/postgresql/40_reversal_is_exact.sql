-- A reversal undoes the whole of its event and nothing else, and is not itself reversed.
CREATE OR REPLACE FUNCTION ledger_reversal_is_exact() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT event_id FROM new_postings) n
        JOIN ledger_event e ON e.id = n.event_id JOIN ledger_event o ON o.id = e.reverses_id
        WHERE o.kind = 'reversal' OR EXISTS (
            SELECT FROM ledger_posting p WHERE p.event_id IN (e.id, o.id)
            GROUP BY p.account_id, p.claim_id, p.measure_id
            HAVING sum(p.amount) <> 0 OR sum(coalesce(p.quantity, 0)) <> 0)
    ) THEN
        RAISE EXCEPTION 'a reversal differs from what it reverses'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'reversal_is_exact';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER posting_40_reversal_is_exact AFTER INSERT ON ledger_posting
    REFERENCING NEW TABLE AS new_postings FOR EACH STATEMENT EXECUTE FUNCTION ledger_reversal_is_exact();
