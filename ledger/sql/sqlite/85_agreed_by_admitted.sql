-- An agreement begins as a draft, and is accepted once all its parties, two at least, have signed it.
CREATE TRIGGER begins_as_draft BEFORE INSERT ON ledger_agreement WHEN NEW.state IN ('accepted', 'settled')
BEGIN
    SELECT RAISE(ABORT, 'agreed_by_all');
END;
CREATE TRIGGER agreed_by_all BEFORE UPDATE ON ledger_agreement
    WHEN NEW.state IN ('accepted', 'settled') AND OLD.state NOT IN ('accepted', 'settled')
BEGIN
    SELECT RAISE(ABORT, 'agreed_by_all') WHERE (
        SELECT count(signed_by_id) < max(count(*), 2) FROM ledger_agreementparty WHERE agreement_id = NEW.id);
END;
-- Whoever is party to what was accepted stays so, and so does what they said.
CREATE TRIGGER party_stays_alone BEFORE INSERT ON ledger_agreementparty
BEGIN
    SELECT RAISE(ABORT, 'party_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_agreement WHERE id = NEW.agreement_id AND state IN ('accepted', 'settled'));
END;
CREATE TRIGGER party_stays_as_it_is BEFORE UPDATE ON ledger_agreementparty
BEGIN
    SELECT RAISE(ABORT, 'party_stays') WHERE EXISTS (SELECT 1 FROM ledger_agreement
        WHERE id IN (NEW.agreement_id, OLD.agreement_id) AND state IN ('accepted', 'settled'));
END;
CREATE TRIGGER party_stays BEFORE DELETE ON ledger_agreementparty
BEGIN
    SELECT RAISE(ABORT, 'party_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_agreement WHERE id = OLD.agreement_id AND state IN ('accepted', 'settled'));
END;
-- Only those agree who may trade: an agreement is accepted while all who keep a book are admitted. Whoever keeps none
-- owes nothing and is owed nothing: a school that is lent rooms trades nothing.
CREATE TRIGGER accepted_by_admitted BEFORE UPDATE ON ledger_agreement
    WHEN NEW.state = 'accepted' AND OLD.state <> 'accepted'
BEGIN
    SELECT RAISE(ABORT, 'agreed_by_admitted') WHERE EXISTS (
        SELECT 1 FROM ledger_agreementparty p WHERE p.agreement_id = NEW.id AND EXISTS (
            SELECT 1 FROM ledger_book b WHERE b.organization_id = p.organization_id) AND NOT EXISTS (
            SELECT 1 FROM network_admission m WHERE m.organization_id = p.organization_id AND m.until IS NULL));
END;
-- Whoever leaves the network owes nothing, is owed nothing, and has carried out what it agreed on: what it handed over to
-- somebody else goes on without it. Work that was passed on (9501, 9503) is counted, and owed by nobody.
CREATE TRIGGER left_owing_nothing BEFORE UPDATE ON network_admission WHEN NEW.ending = 'left'
BEGIN
    SELECT RAISE(ABORT, 'left_owing_nothing') WHERE EXISTS (
        SELECT 1 FROM ledger_agreementparty p JOIN ledger_agreement a ON a.id = p.agreement_id
        WHERE p.organization_id = NEW.organization_id AND a.state = 'accepted'
            AND NOT (a.kind = 'assignment' AND a.proposer_id = NEW.organization_id)
    ) OR EXISTS (
        SELECT 1 FROM ledger_account a JOIN ledger_book b ON b.id = a.book_id
            JOIN ledger_accountbalance k ON k.account_id = a.id
        WHERE b.organization_id = NEW.organization_id AND a.counterparty_id IS NOT NULL
            AND a.number NOT IN ('9501', '9503') AND (k.amount <> 0 OR k.quantity <> 0));
END;
