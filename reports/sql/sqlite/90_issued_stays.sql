-- What was issued stays issued, and what was declared stays declared.
CREATE TRIGGER issued_no_update BEFORE UPDATE ON reports_issuedpaper
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER issued_no_delete BEFORE DELETE ON reports_issuedpaper
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER issued_no_replace BEFORE INSERT ON reports_issuedpaper
BEGIN
    SELECT RAISE(ABORT, 'append_only') WHERE EXISTS (
        SELECT 1 FROM reports_issuedpaper WHERE id = NEW.id OR sha256 = NEW.sha256);
END;
CREATE TRIGGER declared_no_update BEFORE UPDATE ON reports_declaration
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER declared_no_delete BEFORE DELETE ON reports_declaration
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER declared_no_replace BEFORE INSERT ON reports_declaration
BEGIN
    SELECT RAISE(ABORT, 'append_only') WHERE EXISTS (SELECT 1 FROM reports_declaration WHERE id = NEW.id);
END;
