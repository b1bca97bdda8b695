-- Balances of accounts and claims move with the event; what a balance was on its last day is kept when a later one
-- begins.
CREATE TRIGGER balances_kept AFTER INSERT ON ledger_event
BEGIN
    INSERT INTO ledger_daybalance (account_id, day, amount, quantity)
        SELECT b.account_id, b.day, b.amount, b.quantity FROM ledger_accountbalance b
        WHERE b.account_id IN (SELECT account_id FROM ledger_posting WHERE event_id = NEW.id) AND b.day < NEW.booked_on;
    UPDATE ledger_accountbalance SET amount = amount + m.moved, quantity = quantity + m.counted,
        postings = postings + m.lines, last_event = NEW.id, day = NEW.booked_on
        FROM (SELECT p.account_id AS account, sum(p.amount) AS moved, count(*) AS lines,
                  sum(CASE WHEN p.measure_id = a.peg_id THEN p.quantity ELSE 0 END) AS counted
              FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
              WHERE p.event_id = NEW.id GROUP BY p.account_id) m
        WHERE account_id = m.account;
    UPDATE ledger_claimbalance SET amount = amount + m.moved, quantity = quantity + m.counted, last_event = NEW.id
        FROM (SELECT p.claim_id AS claim, sum(p.amount) AS moved, sum(coalesce(p.quantity, 0)) AS counted
              FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
              WHERE p.event_id = NEW.id AND +p.claim_id IS NOT NULL AND a.role = 'receivable' GROUP BY p.claim_id) m
        WHERE claim_id = m.claim;
END;
