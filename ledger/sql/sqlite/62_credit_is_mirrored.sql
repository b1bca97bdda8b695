-- The total of a network credit is zero: a member's balance stands against the network that issues it, and the
-- network's own book holds nothing in that credit but the positions of its members and its common fund, which is never
-- overdrawn (43). So no side can make any.
CREATE TRIGGER credit_is_mirrored BEFORE INSERT ON ledger_account
BEGIN
    SELECT RAISE(ABORT, 'credit_is_mirrored') WHERE NEW.number = '1103' AND (NEW.counterparty_id IS NULL
        OR NEW.counterparty_id IS NOT
            (SELECT u.issuer_id FROM ledger_unit u WHERE u.id = NEW.unit_id AND u.kind = 'credit'));
    SELECT RAISE(ABORT, 'credit_is_mirrored') WHERE NEW.number <> '2301'
        AND (NEW.number <> '2302' OR NEW.counterparty_id IS NULL)
        AND NEW.book_id = (SELECT u.issuer_id FROM ledger_unit u WHERE u.id = NEW.unit_id AND u.kind = 'credit');
    -- At par with the money of a book is a credit of a network whose own book is kept in that money.
    SELECT RAISE(ABORT, 'credit_at_par') WHERE NEW.number = '1104' AND NOT EXISTS (
        SELECT 1 FROM ledger_book b JOIN ledger_unit m ON m.id = b.unit_id JOIN ledger_unit u ON u.id = NEW.unit_id
            LEFT JOIN ledger_book i ON i.id = u.issuer_id
        WHERE b.id = NEW.book_id AND (u.id = m.id OR (u.kind = 'credit' AND i.unit_id = m.id AND u.scale = m.scale)));
END;
-- Whose credit a unit is never changes, or its positions would stand against somebody else.
CREATE TRIGGER credit_keeps_its_issuer BEFORE UPDATE OF issuer_id ON ledger_unit WHEN OLD.issuer_id IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'identity_is_fixed');
END;
