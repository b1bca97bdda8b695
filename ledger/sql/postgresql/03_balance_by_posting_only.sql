-- A balance begins at zero with its account or claim and moves only with a posting, never by hand. At depth 1 nobody
-- but this trigger is at work: somebody wrote the balance directly.
CREATE OR REPLACE FUNCTION ledger_balance_by_posting_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 OR TG_OP IN ('DELETE', 'TRUNCATE') THEN
        PERFORM ledger_refuse('balance_by_posting_only');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accountbalance_by_posting_only BEFORE INSERT OR DELETE ON ledger_accountbalance
    FOR EACH ROW EXECUTE FUNCTION ledger_balance_by_posting_only();
CREATE TRIGGER accountbalance_no_truncate BEFORE TRUNCATE ON ledger_accountbalance
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_balance_by_posting_only();
CREATE TRIGGER claimbalance_by_posting_only BEFORE INSERT OR UPDATE OR DELETE ON ledger_claimbalance
    FOR EACH ROW EXECUTE FUNCTION ledger_balance_by_posting_only();
CREATE TRIGGER claimbalance_no_truncate BEFORE TRUNCATE ON ledger_claimbalance
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_balance_by_posting_only();
CREATE TRIGGER daybalance_by_posting_only BEFORE INSERT OR UPDATE OR DELETE ON ledger_daybalance
    FOR EACH ROW EXECUTE FUNCTION ledger_balance_by_posting_only();
CREATE TRIGGER daybalance_no_truncate BEFORE TRUNCATE ON ledger_daybalance
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_balance_by_posting_only();

-- One look at each move of an account's balance: by a posting; within its credit; what it was on its last day is kept.
CREATE OR REPLACE FUNCTION ledger_balance_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        PERFORM ledger_refuse('balance_by_posting_only');
    END IF;
    IF NEW.day > OLD.day THEN
        -- A batch that goes on with that day has left what it was at its end (10).
        INSERT INTO ledger_daybalance (account_id, day, amount, quantity)
            VALUES (OLD.account_id, OLD.day, OLD.amount, OLD.quantity) ON CONFLICT (account_id, day) DO NOTHING;
    END IF;
    IF NEW.is_limited AND NEW.amount < OLD.amount THEN
        PERFORM ledger_credit_within_limit(NEW.account_id, NEW.amount);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accountbalance_moves BEFORE UPDATE ON ledger_accountbalance
    FOR EACH ROW EXECUTE FUNCTION ledger_balance_moves();

CREATE OR REPLACE FUNCTION ledger_account_opens_balance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO ledger_accountbalance (account_id, amount, quantity, postings, last_event, is_limited)
        VALUES (NEW.id, 0, 0, 0, 0, NEW.number = '1103');
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
