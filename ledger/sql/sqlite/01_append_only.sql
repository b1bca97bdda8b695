-- What was written stays: no UPDATE, DELETE or replacing INSERT on the journal. A correction is a reversal (CCyC
-- art. 324). INSERT OR REPLACE fires no delete trigger, hence the looks before an insert.
CREATE TRIGGER event_no_update BEFORE UPDATE ON ledger_event
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON ledger_event
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER entry_no_update BEFORE UPDATE ON ledger_entry
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON ledger_entry
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER posting_no_update BEFORE UPDATE ON ledger_posting
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER posting_no_delete BEFORE DELETE ON ledger_posting
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER closing_no_update BEFORE UPDATE ON ledger_closing
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER closing_no_delete BEFORE DELETE ON ledger_closing
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER claim_no_update BEFORE UPDATE ON ledger_claim
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER claim_no_delete BEFORE DELETE ON ledger_claim
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER creditlimit_no_update BEFORE UPDATE ON ledger_creditlimit
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER creditlimit_no_delete BEFORE DELETE ON ledger_creditlimit
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER entry_no_replace BEFORE INSERT ON ledger_entry
BEGIN
    SELECT RAISE(ABORT, 'append_only') WHERE EXISTS (
        SELECT 1 FROM ledger_entry
        WHERE id = NEW.id OR (event_id = NEW.event_id AND book_id = NEW.book_id)
        OR (book_id = NEW.book_id AND year = NEW.year AND number = NEW.number));
END;
CREATE TRIGGER posting_no_replace BEFORE INSERT ON ledger_posting
BEGIN
    SELECT RAISE(ABORT, 'append_only') WHERE EXISTS (
        SELECT 1 FROM ledger_posting
        WHERE id = NEW.id OR (event_id = NEW.event_id AND line = NEW.line));
END;
CREATE TRIGGER closing_no_replace BEFORE INSERT ON ledger_closing
BEGIN
    SELECT RAISE(ABORT, 'append_only') WHERE EXISTS (
        SELECT 1 FROM ledger_closing
        WHERE id = NEW.id OR (book_id = NEW.book_id AND through = NEW.through));
END;
CREATE TRIGGER claim_no_replace BEFORE INSERT ON ledger_claim
BEGIN
    SELECT RAISE(ABORT, 'append_only') WHERE EXISTS (SELECT 1 FROM ledger_claim WHERE id = NEW.id);
END;
CREATE TRIGGER creditlimit_no_replace BEFORE INSERT ON ledger_creditlimit
BEGIN
    SELECT RAISE(ABORT, 'append_only') WHERE EXISTS (SELECT 1 FROM ledger_creditlimit WHERE id = NEW.id);
END;
CREATE TRIGGER agreementstep_no_update BEFORE UPDATE ON ledger_agreementstep
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER agreementstep_no_delete BEFORE DELETE ON ledger_agreementstep
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER agreementstep_no_replace BEFORE INSERT ON ledger_agreementstep
BEGIN
    SELECT RAISE(ABORT, 'append_only') WHERE EXISTS (SELECT 1 FROM ledger_agreementstep WHERE id = NEW.id);
END;
CREATE TRIGGER yearclosing_no_update BEFORE UPDATE ON ledger_yearclosing
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER yearclosing_no_delete BEFORE DELETE ON ledger_yearclosing
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER yearclosing_no_replace BEFORE INSERT ON ledger_yearclosing
BEGIN
    SELECT RAISE(ABORT, 'append_only') WHERE EXISTS (
        SELECT 1 FROM ledger_yearclosing
        WHERE id = NEW.id OR (book_id = NEW.book_id AND year = NEW.year));
END;
CREATE TRIGGER yearbalance_no_update BEFORE UPDATE ON ledger_yearbalance
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER yearbalance_no_delete BEFORE DELETE ON ledger_yearbalance
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER yearbalance_no_replace BEFORE INSERT ON ledger_yearbalance
BEGIN
    SELECT RAISE(ABORT, 'append_only') WHERE EXISTS (
        SELECT 1 FROM ledger_yearbalance
        WHERE id = NEW.id OR (closing_id = NEW.closing_id AND account_id = NEW.account_id));
END;
