-- An act of a fund is written once; then only the answer to it moves. A payment is of a levy that counts. What is spent
-- comes out of a decision of the body's own, of that day or before, which names so much.
CREATE TRIGGER fund_act_is_begun BEFORE INSERT ON ledger_fundact
BEGIN
    SELECT RAISE(ABORT, 'fund_act_stays') WHERE NEW.state <> 'logged' OR EXISTS (
        SELECT 1 FROM ledger_fundact WHERE id = NEW.id OR "key" = NEW."key");
    SELECT RAISE(ABORT, 'fund_act_stays') FROM ledger_book b WHERE b.id = NEW.fund_id AND (
        b.organization_id IS NEW.other_id
        OR (NEW.asked_id IS NOT NULL AND NEW.asked_id NOT IN (b.organization_id, coalesce(NEW.other_id, 0))));
    SELECT RAISE(ABORT, 'fund_act_stays') WHERE NEW.levy_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM ledger_fundact WHERE id = NEW.levy_id AND kind = 'levy' AND state = 'confirmed'
            AND fund_id = NEW.fund_id AND other_id = NEW.other_id);
    SELECT RAISE(ABORT, 'spent_as_decided') WHERE NEW.kind = 'spending' AND NOT EXISTS (
        SELECT 1 FROM ledger_funddecision d JOIN network_resolution r ON r.id = d.resolution_id
        WHERE d.id = NEW.decision_id AND d.fund_id = NEW.fund_id AND r.resolved_on <= NEW.happened_on
            AND d.amount >= NEW.amount + (
                SELECT coalesce(sum(a.amount), 0) FROM ledger_fundact a
                WHERE a.decision_id = d.id AND a.state IN ('logged', 'confirmed')));
END;
CREATE TRIGGER fund_act_stays BEFORE UPDATE ON ledger_fundact
BEGIN
    SELECT RAISE(ABORT, 'fund_act_stays') WHERE (OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
            VALUES ('logged', 'confirmed'), ('logged', 'rejected'), ('confirmed', 'reversed')))
        OR (OLD.event_id IS NOT NULL AND NEW.event_id IS NOT OLD.event_id)
        OR (NEW.id, NEW."key", NEW.kind, NEW.fund_id, NEW.other_id, NEW.name, NEW.what, NEW.base, NEW.amount,
            NEW.happened_on, NEW.papers, NEW.levy_id, NEW.decision_id, NEW.teller_id, NEW.asked_id, NEW.logged_by_id)
        IS NOT (OLD.id, OLD."key", OLD.kind, OLD.fund_id, OLD.other_id, OLD.name, OLD.what, OLD.base, OLD.amount,
            OLD.happened_on, OLD.papers, OLD.levy_id, OLD.decision_id, OLD.teller_id, OLD.asked_id, OLD.logged_by_id);
END;
CREATE TRIGGER fund_act_no_delete BEFORE DELETE ON ledger_fundact
BEGIN
    SELECT RAISE(ABORT, 'fund_act_stays');
END;
-- What is confirmed is in the fund's book as it was told: in the fund, in the bank, and in what is owed.
CREATE TRIGGER funded_as_told BEFORE UPDATE ON ledger_fundact WHEN NEW.state = 'confirmed' AND OLD.state <> 'confirmed'
BEGIN
    SELECT RAISE(ABORT, 'funded_as_told') FROM (
        SELECT coalesce(sum(p.amount * (a.number = '2301')), 0) AS fund, coalesce(sum(p.amount * (a.number = '1102')), 0) AS bank,
            coalesce(sum(p.amount * (a.number = '1202' AND c.agreement = 'F-' || coalesce(NEW.levy_id, NEW.id))), 0) AS owed
        FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id AND a.book_id = NEW.fund_id
            JOIN ledger_book b ON b.id = a.book_id AND b.unit_id = a.unit_id LEFT JOIN ledger_claim c ON c.id = p.claim_id
        WHERE p.event_id = NEW.event_id) m
    WHERE (fund, bank, owed) <> (
        NEW.amount * CASE NEW.kind WHEN 'payment' THEN 0 WHEN 'spending' THEN 1 ELSE -1 END,
        NEW.amount * CASE NEW.kind WHEN 'levy' THEN 0 WHEN 'spending' THEN -1 ELSE 1 END,
        NEW.amount * CASE NEW.kind WHEN 'levy' THEN 1 WHEN 'payment' THEN -1 ELSE 0 END);
END;
CREATE TRIGGER fund_act_moves AFTER UPDATE ON ledger_fundact WHEN NEW.state = 'confirmed' AND OLD.state <> 'confirmed'
BEGIN
    INSERT INTO ledger_fundshare (fund_id, organization_id, name, contributed, collected, received, last_line)
        SELECT NEW.fund_id, NEW.other_id, NEW.name, 0, 0, 0, 0 WHERE NOT EXISTS (
            SELECT 1 FROM ledger_fundshare s
            WHERE s.fund_id = NEW.fund_id AND s.organization_id IS NEW.other_id AND s.name = NEW.name);
    INSERT INTO ledger_fundline (share_id, event_id, contributed, collected, received)
        SELECT s.id, NEW.event_id, NEW.amount * (NEW.kind IN ('levy', 'gift')),
            NEW.amount * (NEW.kind IN ('payment', 'gift')), NEW.amount * (NEW.kind = 'spending')
        FROM ledger_fundshare s
        WHERE s.fund_id = NEW.fund_id AND s.organization_id IS NEW.other_id AND s.name = NEW.name;
END;
