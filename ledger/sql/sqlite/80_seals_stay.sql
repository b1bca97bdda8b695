-- What was sealed stays sealed, and what was signed stays signed.
CREATE TRIGGER seal_no_update BEFORE UPDATE ON ledger_seal
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER seal_no_delete BEFORE DELETE ON ledger_seal
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER seal_no_replace BEFORE INSERT ON ledger_seal
BEGIN
    SELECT RAISE(ABORT, 'append_only') WHERE EXISTS (
        SELECT 1 FROM ledger_seal WHERE height = NEW.height OR hash = NEW.hash);
END;
CREATE TRIGGER sealedevent_no_update BEFORE UPDATE ON ledger_sealedevent
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER sealedevent_no_delete BEFORE DELETE ON ledger_sealedevent
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER sealedevent_no_replace BEFORE INSERT ON ledger_sealedevent
BEGIN
    SELECT RAISE(ABORT, 'append_only') WHERE EXISTS (SELECT 1 FROM ledger_sealedevent WHERE event_id = NEW.event_id);
END;
CREATE TRIGGER witness_no_update BEFORE UPDATE ON ledger_witness
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER witness_no_delete BEFORE DELETE ON ledger_witness
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER witness_no_replace BEFORE INSERT ON ledger_witness
BEGIN
    SELECT RAISE(ABORT, 'append_only') WHERE EXISTS (
        SELECT 1 FROM ledger_witness
        WHERE id = NEW.id OR (chain = NEW.chain AND height = NEW.height AND hash = NEW.hash AND by_id = NEW.by_id));
END;
