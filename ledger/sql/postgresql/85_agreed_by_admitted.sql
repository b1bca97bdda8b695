-- Only those agree who may trade: an agreement is accepted while both are admitted. Held, so that neither leaves beside.
CREATE OR REPLACE FUNCTION ledger_agreed_by_admitted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM network_admission
        WHERE organization_id IN (NEW.proposer_id, NEW.partner_id) AND until IS NULL FOR SHARE;
    IF (SELECT count(*) FROM network_admission
        WHERE organization_id IN (NEW.proposer_id, NEW.partner_id) AND until IS NULL) < 2
    THEN
        PERFORM ledger_refuse('agreed_by_admitted');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agreed_by_admitted BEFORE INSERT ON ledger_agreement
    FOR EACH ROW WHEN (NEW.state = 'accepted') EXECUTE FUNCTION ledger_agreed_by_admitted();
CREATE TRIGGER accepted_by_admitted BEFORE UPDATE ON ledger_agreement
    FOR EACH ROW WHEN (NEW.state = 'accepted' AND OLD.state <> 'accepted')
    EXECUTE FUNCTION ledger_agreed_by_admitted();
-- Whoever leaves the network owes nothing, is owed nothing, and has carried out what it agreed on.
CREATE OR REPLACE FUNCTION ledger_left_owing_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM ledger_agreement a
        WHERE a.state = 'accepted' AND NEW.organization_id IN (a.proposer_id, a.partner_id)
    ) OR EXISTS (
        SELECT FROM ledger_account a JOIN ledger_book b ON b.id = a.book_id
            JOIN ledger_accountbalance k ON k.account_id = a.id
        WHERE b.organization_id = NEW.organization_id AND a.counterparty_id IS NOT NULL
            AND (k.amount <> 0 OR k.quantity <> 0)
    ) THEN
        PERFORM ledger_refuse('left_owing_nothing');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER left_owing_nothing BEFORE UPDATE ON network_admission
    FOR EACH ROW WHEN (NEW.ending = 'left') EXECUTE FUNCTION ledger_left_owing_nothing();
