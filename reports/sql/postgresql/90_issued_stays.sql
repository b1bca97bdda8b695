-- What was issued stays issued, and what was declared stays declared.
CREATE TRIGGER issued_append_only BEFORE UPDATE OR DELETE ON reports_issuedpaper
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER issued_no_truncate BEFORE TRUNCATE ON reports_issuedpaper
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER declared_append_only BEFORE UPDATE OR DELETE ON reports_declaration
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER declared_no_truncate BEFORE TRUNCATE ON reports_declaration
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
