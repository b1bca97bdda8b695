-- Balances of accounts and claims move with the event.
CREATE TRIGGER balances_kept AFTER INSERT ON ledger_event
BEGIN
    UPDATE ledger_accountbalance SET
        amount = amount + (SELECT sum(p.amount) FROM ledger_posting p
            WHERE p.event_id = NEW.id AND p.account_id = ledger_accountbalance.account_id),
        quantity = quantity + (SELECT coalesce(sum(p.quantity), 0) FROM ledger_posting p
            JOIN ledger_account a ON a.id = p.account_id AND a.peg_id = p.measure_id
            WHERE p.event_id = NEW.id AND p.account_id = ledger_accountbalance.account_id),
        postings = postings + (SELECT count(*) FROM ledger_posting p
            WHERE p.event_id = NEW.id AND p.account_id = ledger_accountbalance.account_id),
        last_event = NEW.id
        WHERE account_id IN (SELECT account_id FROM ledger_posting WHERE event_id = NEW.id);
    UPDATE ledger_claimbalance SET
        amount = amount + (SELECT sum(p.amount) FROM ledger_posting p
            JOIN ledger_account a ON a.id = p.account_id AND a.role = 'receivable'
            WHERE p.event_id = NEW.id AND p.claim_id = ledger_claimbalance.claim_id),
        quantity = quantity + (SELECT coalesce(sum(p.quantity), 0) FROM ledger_posting p
            JOIN ledger_account a ON a.id = p.account_id AND a.role = 'receivable'
            WHERE p.event_id = NEW.id AND p.claim_id = ledger_claimbalance.claim_id),
        last_event = NEW.id
        WHERE claim_id IN (SELECT claim_id FROM ledger_posting WHERE event_id = NEW.id AND claim_id IS NOT NULL);
END;
