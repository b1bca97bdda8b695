-- An agreement begins as a draft, and is accepted once all its parties, two at least, have signed it.
CREATE OR REPLACE FUNCTION ledger_agreed_by_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FILTER (WHERE signed_by_id IS NOT NULL) < greatest(count(*), 2)
        FROM ledger_agreementparty WHERE agreement_id = NEW.id)
    THEN
        PERFORM ledger_refuse('agreed_by_all');
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION ledger_begins_as_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_refuse('agreed_by_all');
END $$;
CREATE TRIGGER begins_as_draft BEFORE INSERT ON ledger_agreement
    FOR EACH ROW WHEN (NEW.state IN ('accepted', 'settled')) EXECUTE FUNCTION ledger_begins_as_draft();
CREATE TRIGGER agreed_by_all BEFORE UPDATE ON ledger_agreement
    FOR EACH ROW WHEN (NEW.state IN ('accepted', 'settled') AND OLD.state NOT IN ('accepted', 'settled'))
    EXECUTE FUNCTION ledger_agreed_by_all();
-- Whoever is party to what was accepted stays so, and so does what they said.
CREATE OR REPLACE FUNCTION ledger_party_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM ledger_agreement WHERE state IN ('accepted', 'settled')
        AND id IN (SELECT NEW.agreement_id WHERE TG_OP <> 'DELETE' UNION SELECT OLD.agreement_id WHERE TG_OP <> 'INSERT'))
    THEN
        PERFORM ledger_refuse('party_stays');
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER party_stays BEFORE INSERT OR UPDATE OR DELETE ON ledger_agreementparty
    FOR EACH ROW EXECUTE FUNCTION ledger_party_stays();
-- Only those agree who may trade: an agreement is accepted while all who keep a book are admitted. Held, so that none
-- leaves beside. Whoever keeps no book owes nothing and is owed nothing: a school that is lent rooms trades nothing.
CREATE OR REPLACE FUNCTION ledger_agreed_by_admitted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM network_admission m JOIN ledger_agreementparty p ON p.organization_id = m.organization_id
        WHERE p.agreement_id = NEW.id AND m.until IS NULL FOR SHARE OF m;
    IF EXISTS (SELECT FROM ledger_agreementparty p WHERE p.agreement_id = NEW.id
        AND EXISTS (SELECT FROM ledger_book b WHERE b.organization_id = p.organization_id)
        AND NOT EXISTS (SELECT FROM network_admission m WHERE m.organization_id = p.organization_id AND m.until IS NULL))
    THEN
        PERFORM ledger_refuse('agreed_by_admitted');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accepted_by_admitted BEFORE UPDATE ON ledger_agreement
    FOR EACH ROW WHEN (NEW.state = 'accepted' AND OLD.state <> 'accepted')
    EXECUTE FUNCTION ledger_agreed_by_admitted();
-- Whoever leaves the network owes nothing, is owed nothing, and has carried out what it agreed on: what it handed over to
-- somebody else goes on without it. Work that was passed on (9501, 9503) is counted, and owed by nobody.
CREATE OR REPLACE FUNCTION ledger_left_owing_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM ledger_agreementparty p JOIN ledger_agreement a ON a.id = p.agreement_id
        WHERE p.organization_id = NEW.organization_id AND a.state = 'accepted'
            AND NOT (a.kind = 'assignment' AND a.proposer_id = NEW.organization_id)
    ) OR EXISTS (
        SELECT FROM ledger_account a JOIN ledger_book b ON b.id = a.book_id
            JOIN ledger_accountbalance k ON k.account_id = a.id
        WHERE b.organization_id = NEW.organization_id AND a.counterparty_id IS NOT NULL
            AND a.number NOT IN ('9501', '9503') AND (k.amount <> 0 OR k.quantity <> 0)
    ) THEN
        PERFORM ledger_refuse('left_owing_nothing');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER left_owing_nothing BEFORE UPDATE ON network_admission
    FOR EACH ROW WHEN (NEW.ending = 'left') EXECUTE FUNCTION ledger_left_owing_nothing();
