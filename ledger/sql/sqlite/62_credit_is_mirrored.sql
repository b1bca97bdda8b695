-- A member's balance of a network credit stands against the network that issues it, so that its total is zero.
CREATE TRIGGER credit_is_mirrored BEFORE INSERT ON ledger_account WHEN NEW.number = '1103'
BEGIN
    SELECT RAISE(ABORT, 'credit_is_mirrored') WHERE NEW.counterparty_id IS NULL OR NEW.counterparty_id IS NOT
        (SELECT u.issuer_id FROM ledger_unit u WHERE u.id = NEW.unit_id AND u.kind = 'credit');
END;
