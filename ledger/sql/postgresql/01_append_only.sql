-- What was written stays: no UPDATE, DELETE or TRUNCATE on the journal. A correction is a reversal (CCyC art. 324).
CREATE OR REPLACE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'append_only';
END $$;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON ledger_event
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON ledger_event
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER posting_append_only BEFORE UPDATE OR DELETE ON ledger_posting
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER posting_no_truncate BEFORE TRUNCATE ON ledger_posting
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER closing_append_only BEFORE UPDATE OR DELETE ON ledger_closing
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER closing_no_truncate BEFORE TRUNCATE ON ledger_closing
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER claim_append_only BEFORE UPDATE OR DELETE ON ledger_claim
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER claim_no_truncate BEFORE TRUNCATE ON ledger_claim
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER creditlimit_append_only BEFORE UPDATE OR DELETE ON ledger_creditlimit
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER creditlimit_no_truncate BEFORE TRUNCATE ON ledger_creditlimit
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER agreementstep_append_only BEFORE UPDATE OR DELETE ON ledger_agreementstep
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER agreementstep_no_truncate BEFORE TRUNCATE ON ledger_agreementstep
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER yearclosing_append_only BEFORE UPDATE OR DELETE ON ledger_yearclosing
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER yearclosing_no_truncate BEFORE TRUNCATE ON ledger_yearclosing
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER yearbalance_append_only BEFORE UPDATE OR DELETE ON ledger_yearbalance
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER yearbalance_no_truncate BEFORE TRUNCATE ON ledger_yearbalance
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
