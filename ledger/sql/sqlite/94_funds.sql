-- What a body decides of its fund stays, and is decided by its own assembly. The fund begins with its first terms, with
-- what its account held before.
CREATE TRIGGER fund_terms_are_decided BEFORE INSERT ON ledger_fundterms
BEGIN
    SELECT RAISE(ABORT, 'append_only') WHERE EXISTS (SELECT 1 FROM ledger_fundterms WHERE id = NEW.id);
    SELECT RAISE(ABORT, 'decided_by_its_own_assembly') WHERE NOT EXISTS (
        SELECT 1 FROM network_resolution r JOIN ledger_book b ON b.organization_id = r.organization_id
        WHERE r.id = NEW.resolution_id AND b.id = NEW.book_id AND r.resolved_on <= NEW.since);
END;
CREATE TRIGGER fund_begins AFTER INSERT ON ledger_fundterms
    WHEN NOT EXISTS (SELECT 1 FROM ledger_fund WHERE book_id = NEW.book_id)
BEGIN
    INSERT INTO ledger_fund (book_id, contributed, collected, spent, last_line) VALUES (NEW.book_id, 0, 0, 0, 0);
    INSERT INTO ledger_fundshare (fund_id, organization_id, name, contributed, collected, received, last_line)
        VALUES (NEW.book_id, NULL, '', 0, 0, 0, 0);
    INSERT INTO ledger_fundline (share_id, event_id, contributed, collected, received)
        SELECT s.id, NULL, -v.amount, -v.amount, 0 FROM ledger_fundshare s JOIN ledger_book b ON b.id = s.fund_id
            JOIN ledger_account a ON a.book_id = b.id AND a.number = '2301' AND a.unit_id = b.unit_id
            JOIN ledger_accountbalance v ON v.account_id = a.id AND v.amount <> 0
        WHERE s.fund_id = NEW.book_id;
END;
CREATE TRIGGER fund_terms_stay BEFORE UPDATE ON ledger_fundterms
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER fund_terms_no_delete BEFORE DELETE ON ledger_fundterms
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER fund_decision_is_decided BEFORE INSERT ON ledger_funddecision
BEGIN
    SELECT RAISE(ABORT, 'append_only') WHERE EXISTS (
        SELECT 1 FROM ledger_funddecision WHERE id = NEW.id OR resolution_id = NEW.resolution_id);
    SELECT RAISE(ABORT, 'decided_by_its_own_assembly') WHERE NOT EXISTS (
        SELECT 1 FROM network_resolution r JOIN ledger_book b ON b.organization_id = r.organization_id
        WHERE r.id = NEW.resolution_id AND b.id = NEW.fund_id);
END;
CREATE TRIGGER fund_decision_stays BEFORE UPDATE ON ledger_funddecision
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER fund_decision_no_delete BEFORE DELETE ON ledger_funddecision
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
-- Fund and shares move only by lines, and each line is what its event moved in the fund's account, or less.
CREATE TRIGGER fund_is_kept BEFORE INSERT ON ledger_fund
BEGIN
    SELECT RAISE(ABORT, 'fund_is_kept') WHERE (NEW.contributed, NEW.collected, NEW.spent, NEW.last_line) <> (0, 0, 0, 0)
        OR EXISTS (SELECT 1 FROM ledger_fund WHERE book_id = NEW.book_id)
        OR NOT EXISTS (SELECT 1 FROM ledger_fundterms WHERE book_id = NEW.book_id);
END;
CREATE TRIGGER fund_moves BEFORE UPDATE ON ledger_fund
BEGIN
    SELECT RAISE(ABORT, 'fund_is_kept') WHERE NEW.book_id <> OLD.book_id OR NEW.last_line <= OLD.last_line OR NOT EXISTS (
        SELECT 1 FROM ledger_fundline l JOIN ledger_fundshare s ON s.id = l.share_id
        WHERE l.id = NEW.last_line AND s.fund_id = NEW.book_id AND (l.contributed, l.collected, l.received)
            = (NEW.contributed - OLD.contributed, NEW.collected - OLD.collected, NEW.spent - OLD.spent));
END;
CREATE TRIGGER fund_no_delete BEFORE DELETE ON ledger_fund
BEGIN
    SELECT RAISE(ABORT, 'fund_is_kept');
END;
CREATE TRIGGER fund_share_is_kept BEFORE INSERT ON ledger_fundshare
BEGIN
    SELECT RAISE(ABORT, 'fund_is_kept') WHERE
        (NEW.contributed, NEW.collected, NEW.received, NEW.last_line) <> (0, 0, 0, 0)
        OR EXISTS (SELECT 1 FROM ledger_fundshare WHERE id = NEW.id);
END;
CREATE TRIGGER fund_share_moves BEFORE UPDATE ON ledger_fundshare
BEGIN
    SELECT RAISE(ABORT, 'fund_is_kept') WHERE NEW.last_line <= OLD.last_line
        OR (NEW.id, NEW.fund_id, NEW.organization_id, NEW.name) IS NOT (OLD.id, OLD.fund_id, OLD.organization_id, OLD.name)
        OR NOT EXISTS (
            SELECT 1 FROM ledger_fundline l
            WHERE l.id = NEW.last_line AND l.share_id = NEW.id AND (l.contributed, l.collected, l.received)
                = (NEW.contributed - OLD.contributed, NEW.collected - OLD.collected, NEW.received - OLD.received));
END;
CREATE TRIGGER fund_share_no_delete BEFORE DELETE ON ledger_fundshare
BEGIN
    SELECT RAISE(ABORT, 'fund_is_kept');
END;
CREATE TRIGGER fund_line_is_kept BEFORE INSERT ON ledger_fundline
BEGIN
    SELECT RAISE(ABORT, 'fund_is_kept') WHERE EXISTS (SELECT 1 FROM ledger_fundline WHERE id = NEW.id)
        OR (NEW.event_id IS NULL AND EXISTS (
            SELECT 1 FROM ledger_fundline l JOIN ledger_fundshare s ON s.id = l.share_id
            WHERE s.fund_id = (SELECT fund_id FROM ledger_fundshare WHERE id = NEW.share_id)));
    SELECT RAISE(ABORT, 'fund_is_kept')
    FROM (
        SELECT -coalesce(sum(p.amount), 0) AS posted, (
            SELECT coalesce(sum(l.contributed - l.received), 0) + NEW.contributed - NEW.received
            FROM ledger_fundline l JOIN ledger_fundshare t ON t.id = l.share_id AND t.fund_id = s.fund_id
            WHERE l.event_id = NEW.event_id) AS told
        FROM ledger_fundshare s JOIN ledger_book b ON b.id = s.fund_id
            LEFT JOIN ledger_account a ON a.book_id = b.id AND a.number = '2301' AND a.unit_id = b.unit_id
            LEFT JOIN ledger_posting p ON p.account_id = a.id AND p.event_id = NEW.event_id
        WHERE s.id = NEW.share_id) m
    WHERE NEW.event_id IS NOT NULL AND told NOT BETWEEN min(0, posted) AND max(0, posted);
END;
CREATE TRIGGER fund_line_moves AFTER INSERT ON ledger_fundline
BEGIN
    UPDATE ledger_fundshare SET contributed = contributed + NEW.contributed, collected = collected + NEW.collected,
        received = received + NEW.received, last_line = NEW.id WHERE id = NEW.share_id;
    UPDATE ledger_fund SET contributed = contributed + NEW.contributed, collected = collected + NEW.collected,
        spent = spent + NEW.received, last_line = NEW.id
        WHERE book_id = (SELECT fund_id FROM ledger_fundshare WHERE id = NEW.share_id);
END;
CREATE TRIGGER fund_line_stays BEFORE UPDATE ON ledger_fundline
BEGIN
    SELECT RAISE(ABORT, 'fund_is_kept');
END;
CREATE TRIGGER fund_line_no_delete BEFORE DELETE ON ledger_fundline
BEGIN
    SELECT RAISE(ABORT, 'fund_is_kept');
END;
-- The account of a fund moves by acts of the fund, by co-productions that it takes part in, and by what undoes them.
CREATE TRIGGER fund_kept_apart BEFORE INSERT ON ledger_event
    WHEN NEW.kind NOT IN ('fund_levy', 'fund_gift', 'fund_spending', 'coproduction_collection', 'reversal')
        AND EXISTS (
            SELECT 1 FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id AND a.number = '2301'
                JOIN ledger_fund f ON f.book_id = a.book_id JOIN ledger_book b ON b.id = f.book_id
            WHERE p.event_id = NEW.id AND a.unit_id = b.unit_id)
BEGIN
    SELECT RAISE(ABORT, 'fund_kept_apart');
END;
-- What undoes an event undoes its lines; what stood in the account before goes out of what was there before.
CREATE TRIGGER fund_line_is_undone AFTER INSERT ON ledger_event WHEN NEW.reverses_id IS NOT NULL
BEGIN
    INSERT INTO ledger_fundline (share_id, event_id, contributed, collected, received)
        SELECT s.id, NEW.id, p.amount, p.amount, 0
        FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id AND a.number = '2301'
            JOIN ledger_book b ON b.id = a.book_id AND b.unit_id = a.unit_id
            JOIN ledger_fundshare s ON s.fund_id = b.id AND s.organization_id IS NULL AND s.name = ''
        WHERE p.event_id = NEW.reverses_id
            AND NOT EXISTS (SELECT 1 FROM ledger_fundline WHERE event_id = NEW.reverses_id);
    INSERT INTO ledger_fundline (share_id, event_id, contributed, collected, received)
        SELECT share_id, NEW.id, -contributed, -collected, -received FROM ledger_fundline
        WHERE event_id = NEW.reverses_id;
END;
-- What the customer of a co-production paid brings its levy to the fund, by who contributed how much.
CREATE TRIGGER fund_is_levied AFTER UPDATE ON ledger_delivery
    WHEN NEW.act = 'collection' AND NEW.state = 'confirmed' AND OLD.state <> 'confirmed'
BEGIN
    INSERT INTO ledger_fundshare (fund_id, organization_id, name, contributed, collected, received, last_line)
        SELECT f.book_id, p.organization_id, '', 0, 0, 0, 0
        FROM ledger_coproductionterms t JOIN ledger_book b ON b.organization_id = t.fund_id
            JOIN ledger_fund f ON f.book_id = b.id JOIN ledger_sharedpart p ON p.act_id = NEW.id AND p.amount > 0
        WHERE t.agreement_id = NEW.agreement_id AND NOT EXISTS (
            SELECT 1 FROM ledger_fundshare s WHERE s.fund_id = f.book_id AND s.organization_id = p.organization_id);
    INSERT INTO ledger_fundline (share_id, event_id, contributed, collected, received)
        SELECT s.id, NEW.event_id, p.amount, p.amount, 0
        FROM ledger_coproductionterms t JOIN ledger_book b ON b.organization_id = t.fund_id
            JOIN ledger_fundshare s ON s.fund_id = b.id JOIN ledger_sharedpart p ON p.act_id = NEW.id AND p.amount > 0
        WHERE t.agreement_id = NEW.agreement_id AND s.organization_id = p.organization_id;
END;
