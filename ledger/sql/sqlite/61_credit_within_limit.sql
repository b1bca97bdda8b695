-- A network credit comes only from a member going below zero within a limit that a resolution set; what is held for
-- an accepted delivery counts as spent.
CREATE TRIGGER credit_within_limit BEFORE UPDATE ON ledger_accountbalance
WHEN NEW.is_limited AND NEW.amount < OLD.amount
BEGIN
    SELECT RAISE(ABORT, 'credit_within_limit') WHERE NEW.amount
        - coalesce((SELECT sum(h.amount) FROM ledger_hold h
            WHERE h.account_id = NEW.account_id AND h.released_at IS NULL), 0)
        < -coalesce((SELECT l.amount FROM ledger_creditlimit l
            WHERE l.account_id = NEW.account_id ORDER BY l.id DESC LIMIT 1), 0);
END;
