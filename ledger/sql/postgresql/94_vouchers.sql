-- What was printed stays; a voucher that was voided is entered no more, and one that was entered is not voided.
CREATE OR REPLACE FUNCTION ledger_voucher_is_of_a_party() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.voided_on IS NOT NULL THEN
        PERFORM ledger_refuse('voucher_stays');
    END IF;
    IF (NEW.agreement_id IS NOT NULL AND NOT EXISTS (SELECT FROM ledger_agreementparty
            WHERE agreement_id = NEW.agreement_id AND organization_id = NEW.organization_id))
        OR EXISTS (SELECT FROM ledger_delivery WHERE key = NEW.key)
        OR EXISTS (SELECT FROM ledger_contribution WHERE key = NEW.key)
        OR EXISTS (SELECT FROM ledger_fundact WHERE key = NEW.key)
    THEN
        PERFORM ledger_refuse('voucher_of_another');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER voucher_is_of_a_party BEFORE INSERT ON ledger_voucher
    FOR EACH ROW EXECUTE FUNCTION ledger_voucher_is_of_a_party();
CREATE OR REPLACE FUNCTION ledger_voucher_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        PERFORM ledger_refuse('voucher_stays');
    END IF;
    IF OLD.voided_on IS NOT NULL
        OR (NEW.id, NEW.code, NEW.key, NEW.sheet, NEW.number, NEW.organization_id, NEW.agreement_id, NEW.fund_id,
            NEW.printed_on, NEW.printed_by_id)
        IS DISTINCT FROM (OLD.id, OLD.code, OLD.key, OLD.sheet, OLD.number, OLD.organization_id, OLD.agreement_id,
            OLD.fund_id, OLD.printed_on, OLD.printed_by_id)
        OR EXISTS (SELECT FROM ledger_delivery WHERE key = OLD.key)
        OR EXISTS (SELECT FROM ledger_contribution WHERE key = OLD.key)
        OR EXISTS (SELECT FROM ledger_fundact WHERE key = OLD.key)
    THEN
        PERFORM ledger_refuse('voucher_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER voucher_stays BEFORE UPDATE OR DELETE ON ledger_voucher
    FOR EACH ROW EXECUTE FUNCTION ledger_voucher_stays();
CREATE TRIGGER voucher_no_truncate BEFORE TRUNCATE ON ledger_voucher
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_voucher_stays();
-- What is entered from a voucher is of its agreement, of its fund, or a gift of whoever printed it.
CREATE OR REPLACE FUNCTION ledger_entered_from_its_voucher() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM ledger_voucher v WHERE v.key = NEW.key
            AND (v.agreement_id IS DISTINCT FROM NEW.agreement_id OR v.voided_on IS NOT NULL))
    THEN
        PERFORM ledger_refuse('voucher_of_another');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entered_from_its_voucher BEFORE INSERT ON ledger_delivery
    FOR EACH ROW EXECUTE FUNCTION ledger_entered_from_its_voucher();
CREATE OR REPLACE FUNCTION ledger_given_from_its_voucher() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM ledger_voucher v WHERE v.key = NEW.key
            AND (v.agreement_id IS NOT NULL OR v.fund_id IS NOT NULL OR v.organization_id <> NEW.giver_id
                OR v.voided_on IS NOT NULL))
    THEN
        PERFORM ledger_refuse('voucher_of_another');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER given_from_its_voucher BEFORE INSERT ON ledger_contribution
    FOR EACH ROW EXECUTE FUNCTION ledger_given_from_its_voucher();
CREATE OR REPLACE FUNCTION ledger_funded_from_its_voucher() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM ledger_voucher v WHERE v.key = NEW.key
            AND (v.fund_id IS DISTINCT FROM NEW.fund_id OR v.organization_id <> NEW.teller_id
                OR v.voided_on IS NOT NULL))
    THEN
        PERFORM ledger_refuse('voucher_of_another');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funded_from_its_voucher BEFORE INSERT ON ledger_fundact
    FOR EACH ROW EXECUTE FUNCTION ledger_funded_from_its_voucher();
