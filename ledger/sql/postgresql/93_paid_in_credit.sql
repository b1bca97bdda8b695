-- A payment names one network's credit, and stays in it; what is confirmed moved from the payer's position to the
-- payee's, as it was told.
CREATE OR REPLACE FUNCTION ledger_paid_in_credit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM ledger_unit WHERE id = NEW.credit_id AND kind = 'credit' AND issuer_id IS NOT NULL)
        OR TG_OP = 'UPDATE'
    THEN
        PERFORM ledger_refuse('paid_in_credit');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paid_in_credit BEFORE INSERT ON ledger_delivery
    FOR EACH ROW WHEN (NEW.credit_id IS NOT NULL) EXECUTE FUNCTION ledger_paid_in_credit();
CREATE TRIGGER paid_in_credit_stays BEFORE UPDATE ON ledger_delivery
    FOR EACH ROW WHEN (NEW.credit_id IS DISTINCT FROM OLD.credit_id) EXECUTE FUNCTION ledger_paid_in_credit();
CREATE OR REPLACE FUNCTION ledger_paid_in_credit_as_told() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told integer;
    moved integer;
BEGIN
    SELECT count(*), count(*) FILTER (WHERE a.unit_id = NEW.credit_id AND (
            (b.organization_id = NEW.giver_id AND p.amount = -NEW.money)
            OR (b.organization_id = NEW.receiver_id AND p.amount = NEW.money)))
        INTO moved, told
        FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id AND a.number = '1103'
            JOIN ledger_book b ON b.id = a.book_id
        WHERE p.event_id = NEW.event_id;
    IF told <> 2 AND NEW.credit_id IS NOT NULL OR moved <> 0 AND NEW.credit_id IS NULL THEN
        PERFORM ledger_refuse('paid_in_credit');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paid_in_credit_as_told BEFORE UPDATE ON ledger_delivery
    FOR EACH ROW WHEN (NEW.state = 'confirmed' AND OLD.state <> 'confirmed' AND NEW.act = 'money')
    EXECUTE FUNCTION ledger_paid_in_credit_as_told();
