-- The resolution behind a credit, and behind a limit in it, is of the network that issues it.
CREATE TRIGGER credit_is_decided BEFORE INSERT ON ledger_unit WHEN NEW.decided_in_id IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'decided_by_its_own_assembly') WHERE NOT EXISTS (
        SELECT 1 FROM network_resolution r JOIN ledger_book b ON b.organization_id = r.organization_id
        WHERE r.id = NEW.decided_in_id AND b.id = NEW.issuer_id);
END;
CREATE TRIGGER limit_is_decided BEFORE INSERT ON ledger_creditlimit WHEN NEW.decided_in_id IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'decided_by_its_own_assembly') WHERE NOT EXISTS (
        SELECT 1 FROM network_resolution r JOIN ledger_book b ON b.organization_id = r.organization_id
            JOIN ledger_unit u ON u.issuer_id = b.id JOIN ledger_account a ON a.unit_id = u.id
        WHERE r.id = NEW.decided_in_id AND a.id = NEW.account_id AND r.resolved_on = NEW.decided_on);
END;
