-- How the rules of the register refuse: with the name of the rule, which `network/actions/refusals.py` puts in words.
CREATE OR REPLACE FUNCTION network_refuse(rule text) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the rule % stopped this', rule
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = rule;
END $$;
CREATE OR REPLACE FUNCTION network_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM network_refuse(TG_ARGV[0]);
    RETURN NULL;
END $$;
