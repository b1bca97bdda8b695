-- A loan is agreed on by two, until a day: money, which goods of the borrower may give back, or one thing, which is no
-- sale and has no VAT.
CREATE OR REPLACE FUNCTION ledger_lent_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM ledger_loanterms t WHERE t.agreement_id = NEW.id AND NEW.due_on IS NOT NULL
            AND NEW.is_pegged_to_goods = (t.money IS NULL)
            AND (SELECT count(*) FROM ledger_agreementparty p WHERE p.agreement_id = NEW.id) = 2
            AND (SELECT count(*) FROM ledger_agreementparty p WHERE p.agreement_id = NEW.id
                AND p.organization_id IN (t.lender_id, t.borrower_id)) = 2
            AND (SELECT count(*) FROM ledger_agreementline l WHERE l.agreement_id = NEW.id) <= 1
            AND (SELECT count(*) FROM ledger_agreementline l WHERE l.agreement_id = NEW.id
                AND l.giver_id = t.lender_id AND l.vat_rate IS NULL) = CASE WHEN t.money IS NULL THEN 1 ELSE 0 END
            AND (SELECT coalesce(sum(l.value + l.value * coalesce(l.vat_rate, 0) / 10000), 0)
                FROM ledger_agreementline l WHERE l.agreement_id = NEW.id AND l.giver_id = t.borrower_id)
                <= coalesce(t.money, 0))
    THEN
        PERFORM ledger_refuse('lent_by_two');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lent_by_two BEFORE UPDATE ON ledger_agreement
    FOR EACH ROW WHEN (NEW.kind = 'loan' AND NEW.state = 'accepted' AND OLD.state <> 'accepted')
    EXECUTE FUNCTION ledger_lent_by_two();
-- Whoever lends or owes beyond the amount that its assembly set signs with a resolution.
CREATE OR REPLACE FUNCTION ledger_loan_by_resolution() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (
            SELECT coalesce(t.money, (SELECT sum(l.value) FROM ledger_agreementline l
                WHERE l.agreement_id = t.agreement_id AND l.giver_id = t.lender_id))
            FROM ledger_loanterms t WHERE t.agreement_id = NEW.agreement_id
        ) > (
            SELECT t.amount FROM ledger_approvalthreshold t JOIN ledger_book b ON b.id = t.book_id
            WHERE b.organization_id = NEW.organization_id ORDER BY t.id DESC LIMIT 1)
    THEN
        PERFORM ledger_refuse('signed_by_resolution');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER loan_by_resolution BEFORE INSERT OR UPDATE ON ledger_agreementparty
    FOR EACH ROW WHEN (NEW.signed_by_id IS NOT NULL AND NEW.resolution_id IS NULL)
    EXECUTE FUNCTION ledger_loan_by_resolution();
-- The terms stay once both have signed them.
CREATE OR REPLACE FUNCTION ledger_loan_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM ledger_agreement WHERE id = NEW.agreement_id AND kind = 'loan') THEN
        PERFORM ledger_refuse('lent_by_two');
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.agreement_id <> OLD.agreement_id OR EXISTS (
        SELECT FROM ledger_agreement WHERE id = NEW.agreement_id AND state IN ('accepted', 'settled'))
    THEN
        PERFORM ledger_refuse('loan_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER loan_terms BEFORE INSERT OR UPDATE ON ledger_loanterms
    FOR EACH ROW EXECUTE FUNCTION ledger_loan_terms();
CREATE OR REPLACE FUNCTION ledger_loan_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_refuse('loan_stays');
    RETURN NULL;
END $$;
CREATE TRIGGER loan_terms_no_delete BEFORE DELETE ON ledger_loanterms
    FOR EACH ROW EXECUTE FUNCTION ledger_loan_stays();
CREATE TRIGGER loan_terms_no_truncate BEFORE TRUNCATE ON ledger_loanterms
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_loan_stays();
-- What is owed is forgiven by whoever lent it, by a resolution of its own assembly.
CREATE OR REPLACE FUNCTION ledger_forgiven_by_resolution() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM ledger_loanterms t JOIN network_resolution r ON r.organization_id = t.lender_id
        WHERE t.agreement_id = NEW.agreement_id AND t.lender_id = NEW.giver_id AND r.id = NEW.giver_resolution_id
            AND r.resolved_on <= NEW.happened_on)
    THEN
        PERFORM ledger_refuse('forgiven_by_resolution');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER forgiven_by_resolution BEFORE INSERT OR UPDATE ON ledger_delivery
    FOR EACH ROW WHEN (NEW.act = 'forgiven') EXECUTE FUNCTION ledger_forgiven_by_resolution();
-- No more is lent than was agreed, and what is confirmed is in the lender's book as it was told: the borrower's mirrors
-- it. The agreement is held, so that two who confirm come one after the other.
CREATE OR REPLACE FUNCTION ledger_lent_as_told() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    loan record;
    item record;
    lends boolean;
BEGIN
    SELECT t.*, b.id AS book INTO loan FROM ledger_loanterms t JOIN ledger_agreement a ON a.id = t.agreement_id
            JOIN ledger_book b ON b.organization_id = t.lender_id
        WHERE t.agreement_id = NEW.agreement_id FOR UPDATE OF a;
    IF NOT FOUND THEN
        IF NEW.act IN ('forgiven', 'in_money') THEN
            PERFORM ledger_refuse('lent_as_told');
        END IF;
        RETURN NEW;
    END IF;
    lends := NEW.giver_id = loan.lender_id AND NEW.act IN ('money', 'goods');
    SELECT coalesce(sum(i.quantity), 0) AS quantity, coalesce(sum(i.value), 0) AS value, coalesce(sum(i.vat), 0) AS vat
        INTO item FROM ledger_deliveryitem i WHERE i.delivery_id = NEW.id;
    IF lends AND (CASE WHEN loan.money IS NULL THEN (
            SELECT coalesce(sum(i.quantity), 0) + item.quantity
                - (SELECT l.quantity FROM ledger_agreementline l
                    WHERE l.agreement_id = NEW.agreement_id AND l.giver_id = loan.lender_id)
            FROM ledger_delivery d JOIN ledger_deliveryitem i ON i.delivery_id = d.id
            WHERE d.agreement_id = NEW.agreement_id AND d.giver_id = loan.lender_id AND d.act = 'goods'
                AND d.state = 'confirmed' AND d.id <> NEW.id)
        ELSE (
            SELECT coalesce(sum(d.money), 0) + coalesce(NEW.money, 0) - loan.money FROM ledger_delivery d
            WHERE d.agreement_id = NEW.agreement_id AND d.giver_id = loan.lender_id AND d.act = 'money'
                AND d.state = 'confirmed' AND d.id <> NEW.id)
        END) > 0
    THEN
        PERFORM ledger_refuse('lent_as_agreed');
    END IF;
    IF NEW.act NOT IN ('money', 'goods', 'return', 'forgiven', 'in_money', 'revaluation') OR NOT EXISTS (
        SELECT FROM (
            SELECT coalesce(sum(g.amount), 0) AS amount, coalesce(sum(g.quantity), 0) AS quantity
            FROM ledger_posting g JOIN ledger_account a ON a.id = g.account_id
            WHERE g.event_id = NEW.event_id AND a.book_id = loan.book AND a.number = '1202') AS p
        WHERE p.amount = CASE WHEN NEW.act = 'in_money' THEN 0 WHEN NEW.act = 'revaluation' OR lends THEN 1 ELSE -1 END
                * coalesce(NEW.money, item.value + item.vat)
            AND p.quantity = CASE WHEN lends AND NEW.act = 'goods' THEN item.quantity
                WHEN NEW.act IN ('return', 'forgiven', 'in_money') THEN -item.quantity ELSE 0 END)
    THEN
        PERFORM ledger_refuse('lent_as_told');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lent_as_told BEFORE UPDATE ON ledger_delivery
    FOR EACH ROW WHEN (NEW.state = 'confirmed' AND OLD.state <> 'confirmed') EXECUTE FUNCTION ledger_lent_as_told();
-- Under a loan the borrower owes, and nobody else: what is given back goes as far as what is owed.
CREATE OR REPLACE FUNCTION ledger_owed_by_the_borrower() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM ledger_loanterms t JOIN ledger_book b ON b.organization_id = t.borrower_id
        WHERE t.agreement_id = CAST(substr(NEW.agreement, 3) AS bigint) AND b.id <> NEW.debtor_id)
    THEN
        PERFORM ledger_refuse('owed_by_the_borrower');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER owed_by_the_borrower BEFORE INSERT ON ledger_claim
    FOR EACH ROW WHEN (NEW.agreement ~ '^P-[0-9]{1,18}$') EXECUTE FUNCTION ledger_owed_by_the_borrower();
-- A loan ends with nothing owed.
CREATE OR REPLACE FUNCTION ledger_loan_ends_clear() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM ledger_claim c JOIN ledger_claimbalance b ON b.claim_id = c.id
        WHERE c.agreement = 'P-' || NEW.id AND (b.amount > 0 OR b.quantity > 0))
    THEN
        PERFORM ledger_refuse('loan_ends_clear');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER loan_ends_clear BEFORE UPDATE ON ledger_agreement
    FOR EACH ROW WHEN (NEW.kind = 'loan' AND NEW.state = 'settled' AND OLD.state <> 'settled')
    EXECUTE FUNCTION ledger_loan_ends_clear();
