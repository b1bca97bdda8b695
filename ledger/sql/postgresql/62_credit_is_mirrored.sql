-- A member's balance of a network credit stands against the network that issues it, so that its total is zero.
CREATE OR REPLACE FUNCTION ledger_credit_is_mirrored() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number = '1103' AND (NEW.counterparty_id IS NULL OR NEW.counterparty_id IS DISTINCT FROM
        (SELECT u.issuer_id FROM ledger_unit u WHERE u.id = NEW.unit_id AND u.kind = 'credit'))
    THEN
        RAISE EXCEPTION 'a balance of network credit needs the network that issues it'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'credit_is_mirrored';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER credit_is_mirrored BEFORE INSERT ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION ledger_credit_is_mirrored();
