-- What was asked, and what was answered, stays. The sides of a balance answer; one answer of each stands.
CREATE TRIGGER confirmation_no_update BEFORE UPDATE ON ledger_balanceconfirmation
BEGIN
    SELECT RAISE(ABORT, 'confirmation_stays');
END;
CREATE TRIGGER confirmation_no_delete BEFORE DELETE ON ledger_balanceconfirmation
BEGIN
    SELECT RAISE(ABORT, 'confirmation_stays');
END;
CREATE TRIGGER asked_balance_no_update BEFORE UPDATE ON ledger_askedbalance
BEGIN
    SELECT RAISE(ABORT, 'confirmation_stays');
END;
CREATE TRIGGER asked_balance_no_delete BEFORE DELETE ON ledger_askedbalance
BEGIN
    SELECT RAISE(ABORT, 'confirmation_stays');
END;
CREATE TRIGGER balance_answer_no_update BEFORE UPDATE ON ledger_balanceanswer
BEGIN
    SELECT RAISE(ABORT, 'confirmation_stays');
END;
CREATE TRIGGER balance_answer_no_delete BEFORE DELETE ON ledger_balanceanswer
BEGIN
    SELECT RAISE(ABORT, 'confirmation_stays');
END;
CREATE TRIGGER balance_explanation_no_update BEFORE UPDATE ON ledger_balanceexplanation
BEGIN
    SELECT RAISE(ABORT, 'confirmation_stays');
END;
CREATE TRIGGER balance_explanation_no_delete BEFORE DELETE ON ledger_balanceexplanation
BEGIN
    SELECT RAISE(ABORT, 'confirmation_stays');
END;
CREATE TRIGGER confirmation_no_replace BEFORE INSERT ON ledger_balanceconfirmation
BEGIN
    SELECT RAISE(ABORT, 'confirmation_stays')
    WHERE EXISTS (SELECT 1 FROM ledger_balanceconfirmation WHERE id = NEW.id OR "key" = NEW."key");
END;
-- A call asks about so many balances, each with its number: once all are taken, none is added.
CREATE TRIGGER asked_balance_of_the_call BEFORE INSERT ON ledger_askedbalance
BEGIN
    SELECT RAISE(ABORT, 'confirmation_stays')
    WHERE NOT EXISTS (
            SELECT 1 FROM ledger_balanceconfirmation c
            WHERE c.id = NEW.confirmation_id AND NEW.number BETWEEN 1 AND c.asked)
        OR EXISTS (
            SELECT 1 FROM ledger_askedbalance WHERE id = NEW.id
                OR confirmation_id = NEW.confirmation_id AND (number = NEW.number OR debtor_id = NEW.debtor_id
                    AND creditor_id = NEW.creditor_id AND unit_id = NEW.unit_id AND peg_id = NEW.peg_id));
END;
CREATE TRIGGER balance_answer_fits BEFORE INSERT ON ledger_balanceanswer
BEGIN
    SELECT RAISE(ABORT, 'confirmation_stays')
    WHERE EXISTS (SELECT 1 FROM ledger_balanceanswer WHERE id = NEW.id);
    SELECT RAISE(ABORT, 'balance_answer_fits')
    WHERE NOT EXISTS (
            SELECT 1 FROM ledger_askedbalance b JOIN ledger_book k ON k.id IN (b.debtor_id, b.creditor_id)
            WHERE b.id = NEW.balance_id AND k.organization_id = NEW.organization_id
                AND (NEW.said <> 'differs' OR (NEW.amount, NEW.quantity) IS NOT (b.amount, b.quantity)))
        OR NEW.replaces_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM ledger_balanceanswer a WHERE a.id = NEW.replaces_id
                AND a.balance_id = NEW.balance_id AND a.organization_id = NEW.organization_id);
    SELECT RAISE(ABORT, 'balance_answered_meanwhile')
    WHERE EXISTS (
            SELECT 1 FROM ledger_balanceanswer a WHERE a.balance_id = NEW.balance_id
                AND a.organization_id = NEW.organization_id AND a.replaces_id IS NEW.replaces_id);
END;
-- What is explained is a difference, and the answer that stands.
CREATE TRIGGER difference_explained BEFORE INSERT ON ledger_balanceexplanation
BEGIN
    SELECT RAISE(ABORT, 'confirmation_stays')
    WHERE EXISTS (SELECT 1 FROM ledger_balanceexplanation WHERE id = NEW.id);
    SELECT RAISE(ABORT, 'difference_explained')
    WHERE NOT EXISTS (SELECT 1 FROM ledger_balanceanswer a WHERE a.id = NEW.answer_id AND a.said = 'differs')
        OR EXISTS (SELECT 1 FROM ledger_balanceanswer a WHERE a.replaces_id = NEW.answer_id)
        OR EXISTS (SELECT 1 FROM ledger_balanceexplanation WHERE answer_id = NEW.answer_id);
END;
