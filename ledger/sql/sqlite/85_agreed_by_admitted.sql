-- Only those agree who may trade: an agreement is accepted while both are admitted.
CREATE TRIGGER agreed_by_admitted BEFORE INSERT ON ledger_agreement WHEN NEW.state = 'accepted'
BEGIN
    SELECT RAISE(ABORT, 'agreed_by_admitted') WHERE (SELECT count(*) FROM network_admission
        WHERE organization_id IN (NEW.proposer_id, NEW.partner_id) AND until IS NULL) < 2;
END;
CREATE TRIGGER accepted_by_admitted BEFORE UPDATE ON ledger_agreement
    WHEN NEW.state = 'accepted' AND OLD.state <> 'accepted'
BEGIN
    SELECT RAISE(ABORT, 'agreed_by_admitted') WHERE (SELECT count(*) FROM network_admission
        WHERE organization_id IN (NEW.proposer_id, NEW.partner_id) AND until IS NULL) < 2;
END;
-- Whoever leaves the network owes nothing, is owed nothing, and has carried out what it agreed on.
CREATE TRIGGER left_owing_nothing BEFORE UPDATE ON network_admission WHEN NEW.ending = 'left'
BEGIN
    SELECT RAISE(ABORT, 'left_owing_nothing') WHERE EXISTS (
        SELECT 1 FROM ledger_agreement a
        WHERE a.state = 'accepted' AND NEW.organization_id IN (a.proposer_id, a.partner_id)
    ) OR EXISTS (
        SELECT 1 FROM ledger_account a JOIN ledger_book b ON b.id = a.book_id
            JOIN ledger_accountbalance k ON k.account_id = a.id
        WHERE b.organization_id = NEW.organization_id AND a.counterparty_id IS NOT NULL
            AND (k.amount <> 0 OR k.quantity <> 0));
END;
