-- The total of a network credit is zero: a member's balance stands against the network that issues it, and the
-- network's own book holds nothing in that credit but the positions of its members and its common fund, which is never
-- overdrawn (10). So no side can make any.
CREATE OR REPLACE FUNCTION ledger_credit_is_mirrored() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    issuer bigint;
    is_credit boolean;
BEGIN
    SELECT u.issuer_id, u.kind = 'credit' INTO issuer, is_credit FROM ledger_unit u WHERE u.id = NEW.unit_id;
    IF (NEW.number = '1103'
            AND (NOT is_credit OR NEW.counterparty_id IS NULL OR NEW.counterparty_id IS DISTINCT FROM issuer))
        OR (is_credit AND NEW.book_id = issuer AND NEW.number <> '2301'
            AND (NEW.number <> '2302' OR NEW.counterparty_id IS NULL))
    THEN
        RAISE EXCEPTION 'a network credit is held by members, against the network that issues it'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'credit_is_mirrored';
    END IF;
    -- At par with the money of a book is a credit of a network whose own book is kept in that money.
    IF NEW.number = '1104' AND NOT EXISTS (
        SELECT FROM ledger_book b JOIN ledger_unit m ON m.id = b.unit_id JOIN ledger_unit u ON u.id = NEW.unit_id
            LEFT JOIN ledger_book i ON i.id = u.issuer_id
        WHERE b.id = NEW.book_id AND (u.id = m.id OR (u.kind = 'credit' AND i.unit_id = m.id AND u.scale = m.scale)))
    THEN
        PERFORM ledger_refuse('credit_at_par');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER credit_is_mirrored BEFORE INSERT ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION ledger_credit_is_mirrored();

-- Whose credit a unit is never changes, or its positions would stand against somebody else.
CREATE OR REPLACE FUNCTION ledger_credit_keeps_its_issuer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the network that issues a credit is fixed'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'identity_is_fixed';
END $$;
CREATE TRIGGER credit_keeps_its_issuer BEFORE UPDATE OF issuer_id ON ledger_unit
    FOR EACH ROW WHEN (OLD.issuer_id IS NOT NULL) EXECUTE FUNCTION ledger_credit_keeps_its_issuer();
