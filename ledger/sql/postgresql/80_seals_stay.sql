-- What was sealed stays sealed, and what was signed stays signed.
CREATE TRIGGER seal_append_only BEFORE UPDATE OR DELETE ON ledger_seal
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER seal_no_truncate BEFORE TRUNCATE ON ledger_seal
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER sealedevent_append_only BEFORE UPDATE OR DELETE ON ledger_sealedevent
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER sealedevent_no_truncate BEFORE TRUNCATE ON ledger_sealedevent
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER witness_append_only BEFORE UPDATE OR DELETE ON ledger_witness
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER witness_no_truncate BEFORE TRUNCATE ON ledger_witness
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
