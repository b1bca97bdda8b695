-- A reversal undoes the whole of its event and nothing else, and is not itself reversed, nor is the closing of a year.
CREATE OR REPLACE FUNCTION ledger_reversal_is_exact() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM ledger_event WHERE id = NEW.reverses_id AND kind IN ('reversal', 'year_closing')) OR EXISTS (
        SELECT FROM ledger_posting p WHERE p.event_id IN (NEW.id, NEW.reverses_id)
        GROUP BY p.account_id, p.claim_id, p.measure_id
        HAVING sum(p.amount) <> 0 OR sum(coalesce(p.quantity, 0)) <> 0
    ) THEN
        PERFORM ledger_refuse('reversal_is_exact');
    END IF;
    RETURN NULL;
END $$;
-- Asked once all is written: at commit, or when the checks are asked for.
CREATE CONSTRAINT TRIGGER reversal_is_exact AFTER INSERT ON ledger_event DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.reverses_id IS NOT NULL) EXECUTE FUNCTION ledger_reversal_is_exact();
