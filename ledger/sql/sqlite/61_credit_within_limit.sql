-- A network credit comes only from a member going below zero within a limit that a resolution set.
CREATE TRIGGER credit_within_limit BEFORE UPDATE ON ledger_accountbalance
WHEN NEW.amount < 0 AND NEW.amount < OLD.amount
BEGIN
    SELECT RAISE(ABORT, 'credit_within_limit') WHERE EXISTS (
        SELECT 1 FROM ledger_account a JOIN ledger_unit u ON u.id = a.unit_id
        WHERE a.id = NEW.account_id AND u.kind = 'credit' AND a.number = '1103' AND NEW.amount < -coalesce(
            (SELECT l.amount FROM ledger_creditlimit l WHERE l.account_id = a.id ORDER BY l.id DESC LIMIT 1), 0));
END;
