-- A payment names one network's credit, and stays in it; what is confirmed moved from the payer's position to the
-- payee's, as it was told.
CREATE TRIGGER paid_in_credit BEFORE INSERT ON ledger_delivery WHEN NEW.credit_id IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'paid_in_credit') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_unit WHERE id = NEW.credit_id AND kind = 'credit' AND issuer_id IS NOT NULL);
END;
CREATE TRIGGER paid_in_credit_stays BEFORE UPDATE ON ledger_delivery WHEN NEW.credit_id IS NOT OLD.credit_id
BEGIN
    SELECT RAISE(ABORT, 'paid_in_credit');
END;
CREATE TRIGGER paid_in_credit_as_told BEFORE UPDATE ON ledger_delivery
    WHEN NEW.state = 'confirmed' AND OLD.state <> 'confirmed' AND NEW.act = 'money'
BEGIN
    SELECT RAISE(ABORT, 'paid_in_credit') WHERE NEW.credit_id IS NOT NULL AND 2 <> (
        SELECT count(*) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id AND a.number = '1103'
            JOIN ledger_book b ON b.id = a.book_id
        WHERE p.event_id = NEW.event_id AND a.unit_id = NEW.credit_id
            AND ((b.organization_id = NEW.giver_id AND p.amount = -NEW.money)
                OR (b.organization_id = NEW.receiver_id AND p.amount = NEW.money)));
    SELECT RAISE(ABORT, 'paid_in_credit') WHERE NEW.credit_id IS NULL AND EXISTS (
        SELECT 1 FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id AND a.number = '1103'
        WHERE p.event_id = NEW.event_id);
END;
