-- What was done in credit is written once, a plus by a resolution of whoever pays it; then only the answer to it moves.
CREATE TRIGGER credit_act_is_begun BEFORE INSERT ON ledger_creditact
BEGIN
    SELECT RAISE(ABORT, 'credited_stays') WHERE NEW.state <> 'logged' OR EXISTS (
        SELECT 1 FROM ledger_creditact WHERE id = NEW.id OR "key" = NEW."key");
    SELECT RAISE(ABORT, 'paid_in_credit') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_unit WHERE id = NEW.credit_id AND kind = 'credit' AND issuer_id IS NOT NULL);
    SELECT RAISE(ABORT, 'decided_by_its_own_assembly') WHERE NEW.resolution_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM network_resolution
        WHERE id = NEW.resolution_id AND organization_id = NEW.teller_id AND resolved_on <= NEW.happened_on);
END;
CREATE TRIGGER credit_act_stays BEFORE UPDATE ON ledger_creditact
BEGIN
    SELECT RAISE(ABORT, 'credited_stays') WHERE (OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
            VALUES ('logged', 'confirmed'), ('logged', 'rejected'), ('confirmed', 'reversed')))
        OR (OLD.event_id IS NOT NULL AND NEW.event_id IS NOT OLD.event_id)
        OR (OLD.state <> 'logged' AND NEW.stock IS NOT OLD.stock)
        OR (NEW.id, NEW."key", NEW.kind, NEW.credit_id, NEW.teller_id, NEW.other_id, NEW.of_members, NEW.is_debt,
            NEW.amount, NEW.vat, NEW.people, NEW.happened_on, NEW.papers, NEW.resolution_id, NEW.logged_by_id)
        IS NOT (OLD.id, OLD."key", OLD.kind, OLD.credit_id, OLD.teller_id, OLD.other_id, OLD.of_members, OLD.is_debt,
            OLD.amount, OLD.vat, OLD.people, OLD.happened_on, OLD.papers, OLD.resolution_id, OLD.logged_by_id);
END;
CREATE TRIGGER credit_act_no_delete BEFORE DELETE ON ledger_creditact
BEGIN
    SELECT RAISE(ABORT, 'credited_stays');
END;
-- What is confirmed went from the one position to the other: whoever sells, or hands over a debt, receives it.
CREATE TRIGGER credited_as_told BEFORE UPDATE ON ledger_creditact
    WHEN NEW.state = 'confirmed' AND OLD.state <> 'confirmed'
BEGIN
    SELECT RAISE(ABORT, 'paid_in_credit') WHERE 2 <> (
        SELECT count(*) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id AND a.number = '1103'
            JOIN ledger_book b ON b.id = a.book_id JOIN ledger_measure m ON m.id = a.peg_id
        WHERE p.event_id = NEW.event_id AND a.unit_id = NEW.credit_id AND (
            (b.organization_id = CASE WHEN NEW.kind = 'sale' OR NEW.is_debt THEN NEW.other_id ELSE NEW.teller_id END
                AND p.amount = -NEW.amount AND (m.thing <> '') = (NEW.of_members AND NEW.kind = 'sale'))
            OR (b.organization_id = CASE WHEN NEW.kind = 'sale' OR NEW.is_debt THEN NEW.teller_id ELSE NEW.other_id END
                AND p.amount = NEW.amount AND (m.thing <> '') = (NEW.of_members AND NEW.kind = 'plus'))));
END;
-- Members hold what they were given and no more: no limit lets them go below zero.
CREATE TRIGGER members_have_no_limit BEFORE INSERT ON ledger_creditlimit WHEN NEW.amount > 0
BEGIN
    SELECT RAISE(ABORT, 'members_have_no_limit') WHERE EXISTS (
        SELECT 1 FROM ledger_account a JOIN ledger_measure m ON m.id = a.peg_id
        WHERE a.id = NEW.account_id AND m.thing <> '');
END;
-- Demurrage is decided by the network whose credit it is; what a month takes is no more than the rate of what stood
-- there, and goes into the network's fund.
CREATE TRIGGER demurrage_is_decided BEFORE INSERT ON ledger_demurragerate
BEGIN
    SELECT RAISE(ABORT, 'decided_by_its_own_assembly') WHERE NOT EXISTS (
        SELECT 1 FROM network_resolution r JOIN ledger_book b ON b.organization_id = r.organization_id
            JOIN ledger_unit u ON u.issuer_id = b.id
        WHERE r.id = NEW.resolution_id AND u.id = NEW.credit_id);
    SELECT RAISE(ABORT, 'append_only') WHERE EXISTS (SELECT 1 FROM ledger_demurragerate WHERE id = NEW.id);
END;
CREATE TRIGGER demurrage_rate_stays BEFORE UPDATE ON ledger_demurragerate
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER demurrage_rate_no_delete BEFORE DELETE ON ledger_demurragerate
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER demurrage_as_decided BEFORE INSERT ON ledger_demurragecharge
BEGIN
    SELECT RAISE(ABORT, 'demurrage_as_decided') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_demurragerate r
            JOIN ledger_account a ON a.id = NEW.account_id AND a.unit_id = r.credit_id AND a.number = '2302'
            JOIN ledger_event e ON e.id = NEW.event_id
            JOIN ledger_posting p ON p.event_id = e.id AND p.account_id = a.id AND p.amount = NEW.amount
        WHERE r.id = (SELECT max(l.id) FROM ledger_demurragerate l WHERE l.credit_id = r.credit_id)
            AND r.id = NEW.rate_id AND NEW.amount * 10000 <= NEW.balance * r.basis_points
            AND julianday(e.happened_on) - julianday(NEW.idle_since) >= r.idle_days
            AND date(e.happened_on, 'start of month') = NEW.month);
END;
CREATE TRIGGER demurrage_stays BEFORE UPDATE ON ledger_demurragecharge
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER demurrage_no_delete BEFORE DELETE ON ledger_demurragecharge
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
