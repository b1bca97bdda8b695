-- Balances of accounts and claims move with the postings, last and in the order of ids, so that locks are short
-- and never cross.
CREATE OR REPLACE FUNCTION ledger_balances_kept() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    moved record;
BEGIN
    FOR moved IN
        SELECT p.account_id AS id, sum(p.amount)::bigint AS amount, count(*) AS postings, max(p.event_id) AS event,
            sum(CASE WHEN p.measure_id = a.peg_id THEN p.quantity ELSE 0 END)::bigint AS quantity
        FROM new_postings p JOIN ledger_account a ON a.id = p.account_id GROUP BY 1 ORDER BY 1
    LOOP
        UPDATE ledger_accountbalance SET amount = amount + moved.amount, quantity = quantity + moved.quantity,
            postings = postings + moved.postings, last_event = greatest(last_event, moved.event)
            WHERE account_id = moved.id;
    END LOOP;
    FOR moved IN
        SELECT p.claim_id AS id, sum(p.amount)::bigint AS amount, max(p.event_id) AS event,
            sum(coalesce(p.quantity, 0))::bigint AS quantity
        FROM new_postings p JOIN ledger_account a ON a.id = p.account_id
        WHERE p.claim_id IS NOT NULL AND a.role = 'receivable' GROUP BY 1 ORDER BY 1
    LOOP
        UPDATE ledger_claimbalance SET amount = amount + moved.amount, quantity = quantity + moved.quantity,
            last_event = greatest(last_event, moved.event)
            WHERE claim_id = moved.id;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER posting_60_balances_kept AFTER INSERT ON ledger_posting
    REFERENCING NEW TABLE AS new_postings FOR EACH STATEMENT EXECUTE FUNCTION ledger_balances_kept();
