-- What was asked, and what was answered, stays. The sides of a balance answer; one answer of each stands.
CREATE OR REPLACE FUNCTION ledger_confirmation_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_refuse('confirmation_stays');
    RETURN NULL;
END $$;
CREATE TRIGGER confirmation_stays BEFORE UPDATE OR DELETE ON ledger_balanceconfirmation
    FOR EACH ROW EXECUTE FUNCTION ledger_confirmation_stays();
CREATE TRIGGER confirmation_no_truncate BEFORE TRUNCATE ON ledger_balanceconfirmation
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_confirmation_stays();
CREATE TRIGGER asked_balance_stays BEFORE UPDATE OR DELETE ON ledger_askedbalance
    FOR EACH ROW EXECUTE FUNCTION ledger_confirmation_stays();
CREATE TRIGGER asked_balance_no_truncate BEFORE TRUNCATE ON ledger_askedbalance
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_confirmation_stays();
CREATE TRIGGER balance_answer_stays BEFORE UPDATE OR DELETE ON ledger_balanceanswer
    FOR EACH ROW EXECUTE FUNCTION ledger_confirmation_stays();
CREATE TRIGGER balance_answer_no_truncate BEFORE TRUNCATE ON ledger_balanceanswer
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_confirmation_stays();
CREATE TRIGGER balance_explanation_stays BEFORE UPDATE OR DELETE ON ledger_balanceexplanation
    FOR EACH ROW EXECUTE FUNCTION ledger_confirmation_stays();
CREATE TRIGGER balance_explanation_no_truncate BEFORE TRUNCATE ON ledger_balanceexplanation
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_confirmation_stays();
-- A call asks about so many balances, each with its number: once all are taken, none is added.
CREATE OR REPLACE FUNCTION ledger_asked_balance_is_of_the_call() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM ledger_balanceconfirmation c
        WHERE c.id = NEW.confirmation_id AND NEW.number BETWEEN 1 AND c.asked
            AND NOT EXISTS (SELECT FROM ledger_askedbalance b WHERE b.confirmation_id = c.id AND b.number = NEW.number))
    THEN
        PERFORM ledger_refuse('confirmation_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER asked_balance_of_the_call BEFORE INSERT ON ledger_askedbalance
    FOR EACH ROW EXECUTE FUNCTION ledger_asked_balance_is_of_the_call();
CREATE OR REPLACE FUNCTION ledger_balance_answer_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
            SELECT FROM ledger_askedbalance b JOIN ledger_book k ON k.id IN (b.debtor_id, b.creditor_id)
            WHERE b.id = NEW.balance_id AND k.organization_id = NEW.organization_id
                AND (NEW.said <> 'differs' OR (NEW.amount, NEW.quantity) IS DISTINCT FROM (b.amount, b.quantity)))
        OR NEW.replaces_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM ledger_balanceanswer a WHERE a.id = NEW.replaces_id
                AND (a.balance_id, a.organization_id) = (NEW.balance_id, NEW.organization_id))
    THEN
        PERFORM ledger_refuse('balance_answer_fits');
    END IF;
    -- Two at once are stopped by the indexes.
    IF EXISTS (
        SELECT FROM ledger_balanceanswer a WHERE a.balance_id = NEW.balance_id
            AND a.organization_id = NEW.organization_id AND a.replaces_id IS NOT DISTINCT FROM NEW.replaces_id)
    THEN
        PERFORM ledger_refuse('balance_answered_meanwhile');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER balance_answer_fits BEFORE INSERT ON ledger_balanceanswer
    FOR EACH ROW EXECUTE FUNCTION ledger_balance_answer_fits();
-- What is explained is a difference, and the answer that stands.
CREATE OR REPLACE FUNCTION ledger_difference_explained() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM ledger_balanceanswer a WHERE a.id = NEW.answer_id AND a.said = 'differs')
        OR EXISTS (SELECT FROM ledger_balanceanswer a WHERE a.replaces_id = NEW.answer_id)
    THEN
        PERFORM ledger_refuse('difference_explained');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER difference_explained BEFORE INSERT ON ledger_balanceexplanation
    FOR EACH ROW EXECUTE FUNCTION ledger_difference_explained();
