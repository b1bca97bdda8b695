-- Every line is of whole numbers, on an open account, before its event is written,
-- with a quantity in the account's peg, and with the claim that its account calls for.
CREATE TRIGGER posting_belongs BEFORE INSERT ON ledger_posting
BEGIN
    SELECT RAISE(ABORT, 'amount_is_whole') WHERE typeof(NEW.amount) <> 'integer'
        OR typeof(NEW.quantity) NOT IN ('integer', 'null');
    SELECT RAISE(ABORT, 'no_line_added_later') WHERE EXISTS (SELECT 1 FROM ledger_event WHERE id = NEW.event_id);
    SELECT RAISE(ABORT, 'account_is_open') WHERE EXISTS (
        SELECT 1 FROM ledger_account WHERE id = NEW.account_id AND is_closed);
    SELECT RAISE(ABORT, 'posting_fits_its_account') WHERE EXISTS (
        SELECT 1 FROM ledger_account a
        LEFT JOIN ledger_measure peg ON peg.id = a.peg_id
        LEFT JOIN ledger_claim c ON c.id = NEW.claim_id
        WHERE a.id = NEW.account_id AND (
            (a.peg_id IS NOT NULL AND NEW.measure_id IS NOT NULL AND NEW.measure_id <> a.peg_id)
            OR (a.peg_id IS NOT NULL AND peg.unit_id = a.unit_id AND NEW.quantity IS NOT NULL)
            OR (c.id IS NULL AND a.counterparty_id IS NOT NULL AND a.number IN ('1202', '2102'))
            OR (c.id IS NOT NULL AND (a.counterparty_id IS NULL OR c.unit_id <> a.unit_id OR c.peg_id <> a.peg_id
                OR c.creditor_id <> CASE a.role WHEN 'receivable' THEN a.book_id ELSE a.counterparty_id END
                OR c.debtor_id <> CASE a.role WHEN 'receivable' THEN a.counterparty_id ELSE a.book_id END))));
END;
