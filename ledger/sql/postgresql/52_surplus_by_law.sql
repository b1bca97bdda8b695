-- What a year left is distributed by a resolution of the book's own assembly, as the law says: what came from others to
-- the special reserve, whole; the percentages of law to reserve and funds, to the cent that rounding takes.
CREATE OR REPLACE FUNCTION ledger_surplus_by_law() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM ledger_yearclosing c JOIN ledger_book b ON b.id = c.book_id
            JOIN network_resolution r ON r.organization_id = b.organization_id
        WHERE c.id = NEW.closing_id AND r.id = NEW.resolution_id AND r.resolved_on > c.ends_on)
    THEN
        PERFORM ledger_refuse('decided_by_its_own_assembly');
    END IF;
    IF EXISTS (
        SELECT FROM (SELECT '3901' AS number, NEW.with_members + NEW.others AS least, NEW.with_members + NEW.others AS most
            UNION ALL SELECT '3202', -NEW.others, -NEW.others
            UNION ALL SELECT CASE r.share WHEN 'legal_reserve' THEN '3201' WHEN 'welfare_fund' THEN '2201' ELSE '2202' END,
                -floor((2 * NEW.with_members::numeric * r.basis_points + 10000) / 20000),
                1 - floor((2 * NEW.with_members::numeric * r.basis_points + 10000) / 20000)
            FROM ledger_lawrate r JOIN ledger_yearclosing c ON c.id = NEW.closing_id
            WHERE r.since = (SELECT max(l.since) FROM ledger_lawrate l WHERE l.share = r.share AND l.since <= c.ends_on)
        ) law WHERE coalesce((
            SELECT sum(p.amount) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
                JOIN ledger_yearclosing c ON c.id = NEW.closing_id AND c.book_id = a.book_id
            WHERE p.event_id = NEW.event_id AND a.number = law.number), 0) NOT BETWEEN law.least AND law.most)
    THEN
        PERFORM ledger_refuse('surplus_by_law');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER surplus_by_law BEFORE INSERT ON ledger_surplusdistribution
    FOR EACH ROW EXECUTE FUNCTION ledger_surplus_by_law();
CREATE TRIGGER surplus_append_only BEFORE UPDATE OR DELETE ON ledger_surplusdistribution
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER surplus_no_truncate BEFORE TRUNCATE ON ledger_surplusdistribution
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER lawrate_append_only BEFORE UPDATE OR DELETE ON ledger_lawrate
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER lawrate_no_truncate BEFORE TRUNCATE ON ledger_lawrate
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
