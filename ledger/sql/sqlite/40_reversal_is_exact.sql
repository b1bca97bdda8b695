-- A reversal undoes the whole of its event and nothing else, and is not itself reversed, nor is the closing of a year.
CREATE TRIGGER reversal_is_exact BEFORE INSERT ON ledger_event WHEN NEW.reverses_id IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'reversal_is_exact') WHERE EXISTS (
            SELECT 1 FROM ledger_event WHERE id = NEW.reverses_id AND kind IN ('reversal', 'year_closing'))
        OR EXISTS (
            SELECT 1 FROM ledger_posting p WHERE p.event_id IN (NEW.id, NEW.reverses_id)
            GROUP BY p.account_id, p.claim_id, p.measure_id
            HAVING sum(p.amount) <> 0 OR sum(coalesce(p.quantity, 0)) <> 0);
END;
