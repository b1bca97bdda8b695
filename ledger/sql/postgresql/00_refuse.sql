-- How the rules refuse: with the name of the rule, which `ledger/actions/refusals.py` turns into a sentence.
CREATE OR REPLACE FUNCTION ledger_refuse(rule text) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the rule % stopped this', rule
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = rule;
END $$;
