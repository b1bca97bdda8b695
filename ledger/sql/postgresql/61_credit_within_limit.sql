-- A network credit comes only from a member going below zero within a limit that a resolution set.
CREATE OR REPLACE FUNCTION ledger_credit_within_limit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.amount < 0 AND NEW.amount < OLD.amount AND EXISTS (
        SELECT FROM ledger_account a JOIN ledger_unit u ON u.id = a.unit_id
        WHERE a.id = NEW.account_id AND u.kind = 'credit' AND a.number = '1103' AND NEW.amount < -coalesce(
            (SELECT l.amount FROM ledger_creditlimit l WHERE l.account_id = a.id ORDER BY l.id DESC LIMIT 1), 0)
    ) THEN
        RAISE EXCEPTION 'beyond the credit limit'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'credit_within_limit';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER credit_within_limit BEFORE UPDATE ON ledger_accountbalance
    FOR EACH ROW EXECUTE FUNCTION ledger_credit_within_limit();
