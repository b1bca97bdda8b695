-- What a year left is distributed by a resolution of the book's own assembly, as the law says: what came from others to
-- the special reserve, whole; the percentages of law to reserve and funds, to the cent that rounding takes.
CREATE TRIGGER surplus_by_law BEFORE INSERT ON ledger_surplusdistribution
BEGIN
    SELECT RAISE(ABORT, 'append_only') WHERE EXISTS (
        SELECT 1 FROM ledger_surplusdistribution WHERE id = NEW.id OR closing_id = NEW.closing_id);
    SELECT RAISE(ABORT, 'decided_by_its_own_assembly') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_yearclosing c JOIN ledger_book b ON b.id = c.book_id
            JOIN network_resolution r ON r.organization_id = b.organization_id
        WHERE c.id = NEW.closing_id AND r.id = NEW.resolution_id AND r.resolved_on > c.ends_on);
    SELECT RAISE(ABORT, 'surplus_by_law') WHERE EXISTS (
        SELECT 1 FROM (SELECT '3901' AS number, NEW.with_members + NEW.others AS least, NEW.with_members + NEW.others AS most
            UNION ALL SELECT '3202', -NEW.others, -NEW.others
            UNION ALL SELECT CASE r.share WHEN 'legal_reserve' THEN '3201' WHEN 'welfare_fund' THEN '2201' ELSE '2202' END,
                -((2 * NEW.with_members * r.basis_points + 10000) / 20000),
                1 - ((2 * NEW.with_members * r.basis_points + 10000) / 20000)
            FROM ledger_lawrate r JOIN ledger_yearclosing c ON c.id = NEW.closing_id
            WHERE r.since = (SELECT max(l.since) FROM ledger_lawrate l WHERE l.share = r.share AND l.since <= c.ends_on)
        ) law WHERE coalesce((
            SELECT sum(p.amount) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
                JOIN ledger_yearclosing c ON c.id = NEW.closing_id AND c.book_id = a.book_id
            WHERE p.event_id = NEW.event_id AND a.number = law.number), 0) NOT BETWEEN law.least AND law.most);
END;
CREATE TRIGGER surplus_no_update BEFORE UPDATE ON ledger_surplusdistribution
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER surplus_no_delete BEFORE DELETE ON ledger_surplusdistribution
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER lawrate_no_update BEFORE UPDATE ON ledger_lawrate
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER lawrate_no_delete BEFORE DELETE ON ledger_lawrate
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
