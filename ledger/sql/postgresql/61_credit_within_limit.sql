-- A network credit comes only from a member going below zero within a limit that a resolution set; what is held for
-- an accepted delivery counts as spent. Asked of each position that goes down (03), with its row as the lock.
CREATE OR REPLACE FUNCTION ledger_credit_within_limit(account bigint, would_be bigint) RETURNS void LANGUAGE plpgsql
    AS $$
BEGIN
    IF would_be - coalesce((SELECT sum(h.amount) FROM ledger_hold h
            WHERE h.account_id = account AND h.released_at IS NULL), 0)
        < -coalesce((SELECT l.amount FROM ledger_creditlimit l
            WHERE l.account_id = account ORDER BY l.id DESC LIMIT 1), 0)
    THEN
        PERFORM ledger_refuse('credit_within_limit');
    END IF;
END $$;
