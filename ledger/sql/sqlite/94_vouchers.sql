-- What was printed stays; a voucher that was voided is entered no more, and one that was entered is not voided.
CREATE TRIGGER voucher_is_of_a_party BEFORE INSERT ON ledger_voucher
BEGIN
    SELECT RAISE(ABORT, 'voucher_stays') WHERE NEW.voided_on IS NOT NULL OR EXISTS (
        SELECT 1 FROM ledger_voucher WHERE id = NEW.id OR code = NEW.code OR "key" = NEW."key");
    SELECT RAISE(ABORT, 'voucher_of_another') WHERE (
        NEW.agreement_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM ledger_agreementparty
            WHERE agreement_id = NEW.agreement_id AND organization_id = NEW.organization_id))
        OR EXISTS (SELECT 1 FROM ledger_delivery WHERE "key" = NEW."key")
        OR EXISTS (SELECT 1 FROM ledger_contribution WHERE "key" = NEW."key")
        OR EXISTS (SELECT 1 FROM ledger_fundact WHERE "key" = NEW."key");
END;
CREATE TRIGGER voucher_stays BEFORE UPDATE ON ledger_voucher
BEGIN
    SELECT RAISE(ABORT, 'voucher_stays') WHERE OLD.voided_on IS NOT NULL
        OR (NEW.id, NEW.code, NEW."key", NEW.sheet, NEW.number, NEW.organization_id, NEW.agreement_id, NEW.fund_id,
            NEW.printed_on, NEW.printed_by_id)
        IS NOT (OLD.id, OLD.code, OLD."key", OLD.sheet, OLD.number, OLD.organization_id, OLD.agreement_id,
            OLD.fund_id, OLD.printed_on, OLD.printed_by_id)
        OR EXISTS (SELECT 1 FROM ledger_delivery WHERE "key" = OLD."key")
        OR EXISTS (SELECT 1 FROM ledger_contribution WHERE "key" = OLD."key")
        OR EXISTS (SELECT 1 FROM ledger_fundact WHERE "key" = OLD."key");
END;
CREATE TRIGGER voucher_no_delete BEFORE DELETE ON ledger_voucher
BEGIN
    SELECT RAISE(ABORT, 'voucher_stays');
END;
-- What is entered from a voucher is of its agreement, of its fund, or a gift of whoever printed it.
CREATE TRIGGER entered_from_its_voucher BEFORE INSERT ON ledger_delivery
BEGIN
    SELECT RAISE(ABORT, 'voucher_of_another') WHERE EXISTS (
        SELECT 1 FROM ledger_voucher v WHERE v."key" = NEW."key"
            AND (v.agreement_id IS NOT NEW.agreement_id OR v.voided_on IS NOT NULL));
END;
CREATE TRIGGER given_from_its_voucher BEFORE INSERT ON ledger_contribution
BEGIN
    SELECT RAISE(ABORT, 'voucher_of_another') WHERE EXISTS (
        SELECT 1 FROM ledger_voucher v WHERE v."key" = NEW."key"
            AND (v.agreement_id IS NOT NULL OR v.fund_id IS NOT NULL OR v.organization_id <> NEW.giver_id
                OR v.voided_on IS NOT NULL));
END;
CREATE TRIGGER funded_from_its_voucher BEFORE INSERT ON ledger_fundact
BEGIN
    SELECT RAISE(ABORT, 'voucher_of_another') WHERE EXISTS (
        SELECT 1 FROM ledger_voucher v WHERE v."key" = NEW."key"
            AND (v.fund_id IS NOT NEW.fund_id OR v.organization_id <> NEW.teller_id OR v.voided_on IS NOT NULL));
END;
