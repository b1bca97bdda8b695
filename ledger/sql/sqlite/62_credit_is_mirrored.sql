-- The total of a network credit is zero: a member's balance stands against the network that issues it, and the
-- network's own book holds nothing in that credit but the positions of its members. So no side can make any.
CREATE TRIGGER credit_is_mirrored BEFORE INSERT ON ledger_account
BEGIN
    SELECT RAISE(ABORT, 'credit_is_mirrored') WHERE NEW.number = '1103' AND (NEW.counterparty_id IS NULL
        OR NEW.counterparty_id IS NOT
            (SELECT u.issuer_id FROM ledger_unit u WHERE u.id = NEW.unit_id AND u.kind = 'credit'));
    SELECT RAISE(ABORT, 'credit_is_mirrored') WHERE (NEW.number <> '2302' OR NEW.counterparty_id IS NULL)
        AND NEW.book_id = (SELECT u.issuer_id FROM ledger_unit u WHERE u.id = NEW.unit_id AND u.kind = 'credit');
END;
-- Whose credit a unit is never changes, or its positions would stand against somebody else.
CREATE TRIGGER credit_keeps_its_issuer BEFORE UPDATE OF issuer_id ON ledger_unit WHEN OLD.issuer_id IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'identity_is_fixed');
END;
