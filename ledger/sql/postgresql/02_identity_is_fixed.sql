-- What amounts are counted in, and whose they are, never changes under them.
CREATE OR REPLACE FUNCTION ledger_identity_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the identity of % is fixed', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'identity_is_fixed';
END $$;
CREATE TRIGGER account_identity_is_fixed
    BEFORE DELETE OR UPDATE OF id, book_id, number, nature, unit_id, role, counterparty_id, peg_id ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION ledger_identity_is_fixed();
CREATE TRIGGER book_identity_is_fixed
    BEFORE DELETE OR UPDATE OF id, organization_id, unit_id, year_starts_month ON ledger_book
    FOR EACH ROW EXECUTE FUNCTION ledger_identity_is_fixed();
CREATE TRIGGER unit_identity_is_fixed BEFORE DELETE OR UPDATE OF id, code, kind, scale ON ledger_unit
    FOR EACH ROW EXECUTE FUNCTION ledger_identity_is_fixed();
CREATE TRIGGER measure_identity_is_fixed BEFORE DELETE OR UPDATE ON ledger_measure
    FOR EACH ROW EXECUTE FUNCTION ledger_identity_is_fixed();
