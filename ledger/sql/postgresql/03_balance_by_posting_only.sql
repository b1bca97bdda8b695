-- A balance begins at zero with its account or claim and moves only with a posting, never by hand.
CREATE OR REPLACE FUNCTION ledger_balance_by_posting_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Depth 1 is this trigger alone: somebody wrote the balance directly.
    IF pg_trigger_depth() < 2 OR TG_OP IN ('DELETE', 'TRUNCATE') THEN
        RAISE EXCEPTION '% is kept by the database', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'balance_by_posting_only';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accountbalance_by_posting_only BEFORE INSERT OR UPDATE OR DELETE ON ledger_accountbalance
    FOR EACH ROW EXECUTE FUNCTION ledger_balance_by_posting_only();
CREATE TRIGGER accountbalance_no_truncate BEFORE TRUNCATE ON ledger_accountbalance
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_balance_by_posting_only();
CREATE TRIGGER claimbalance_by_posting_only BEFORE INSERT OR UPDATE OR DELETE ON ledger_claimbalance
    FOR EACH ROW EXECUTE FUNCTION ledger_balance_by_posting_only();
CREATE TRIGGER claimbalance_no_truncate BEFORE TRUNCATE ON ledger_claimbalance
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_balance_by_posting_only();

CREATE OR REPLACE FUNCTION ledger_account_opens_balance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO ledger_accountbalance (account_id, amount, quantity, postings, last_event) VALUES (NEW.id, 0, 0, 0, 0);
    RETURN NULL;
END $$;
CREATE TRIGGER account_opens_balance AFTER INSERT ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION ledger_account_opens_balance();

CREATE OR REPLACE FUNCTION ledger_claim_opens_balance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO ledger_claimbalance (claim_id, amount, quantity, last_event) VALUES (NEW.id, 0, 0, 0);
    RETURN NULL;
END $$;
CREATE TRIGGER claim_opens_balance AFTER INSERT ON ledger_claim
    FOR EACH ROW EXECUTE FUNCTION ledger_claim_opens_balance();
