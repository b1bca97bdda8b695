-- What a book holds in network credit it shows in its money one for one (1104, kept in both, zero over the two), and what
-- it keeps for its members it owes them (2303). The common fund of a network (2301 in its credit) is never overdrawn:
-- credit comes only from a member going below zero. Most events have no such line: one look says so.
CREATE TRIGGER credit_at_par BEFORE INSERT ON ledger_event
    WHEN EXISTS (SELECT 1 FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
        WHERE p.event_id = NEW.id AND a.number IN ('1104', '2301', '2303'))
BEGIN
    SELECT RAISE(ABORT, 'credit_at_par') WHERE EXISTS (
        SELECT 1 FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
        WHERE p.event_id = NEW.id AND a.number = '1104' GROUP BY a.book_id HAVING sum(p.amount) <> 0);
    SELECT RAISE(ABORT, 'credit_at_par') WHERE EXISTS (
        SELECT 1 FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
            JOIN ledger_unit u ON u.id = a.unit_id AND u.kind = 'credit' LEFT JOIN ledger_measure m ON m.id = a.peg_id
        WHERE p.event_id = NEW.id AND a.number IN ('1103', '1104', '2303')
        GROUP BY a.book_id, a.unit_id
        HAVING sum(a.number <> '1103') > 0 AND (
            sum(CASE WHEN a.number = '1104' OR (a.number = '1103' AND m.thing = '') THEN p.amount ELSE 0 END) <> 0
            OR sum(CASE WHEN a.number = '2303' OR (a.number = '1103' AND m.thing <> '') THEN p.amount ELSE 0 END) <> 0));
    SELECT RAISE(ABORT, 'fund_holds_it') WHERE EXISTS (
        SELECT 1 FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id AND a.number = '2301'
            JOIN ledger_unit u ON u.id = a.unit_id AND u.kind = 'credit'
            JOIN ledger_accountbalance b ON b.account_id = a.id
        WHERE p.event_id = NEW.id GROUP BY b.account_id, b.amount
        HAVING sum(p.amount) > 0 AND b.amount + sum(p.amount) > 0);
END;
