-- Rooms are lent by whoever keeps a book to a body of the community, and the terms stay once both have signed them.
CREATE TRIGGER hosted_for_the_community BEFORE INSERT ON ledger_hostingterms
BEGIN
    SELECT RAISE(ABORT, 'hosted_for_the_community') WHERE (
        SELECT count(*) <> 2 OR sum(p.organization_id = a.proposer_id) <> 1 OR sum(p.organization_id <> a.proposer_id
            AND o.kind IN ('community_body', 'neighborhood_council', 'union', 'university', 'municipality')) <> 1
        FROM ledger_agreement a JOIN ledger_agreementparty p ON p.agreement_id = a.id
            JOIN network_organization o ON o.id = p.organization_id
        WHERE a.id = NEW.agreement_id AND a.kind = 'hosting');
    SELECT RAISE(ABORT, 'hosted_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_hostingterms WHERE agreement_id = NEW.agreement_id);
END;
CREATE TRIGGER hosting_terms_stay BEFORE UPDATE ON ledger_hostingterms
BEGIN
    SELECT RAISE(ABORT, 'hosted_stays') WHERE NEW.agreement_id <> OLD.agreement_id OR EXISTS (
        SELECT 1 FROM ledger_agreement WHERE id = OLD.agreement_id AND state IN ('accepted', 'settled'));
END;
CREATE TRIGGER hosting_terms_no_delete BEFORE DELETE ON ledger_hostingterms
BEGIN
    SELECT RAISE(ABORT, 'hosted_stays');
END;
-- No more is hosted than the schedule has: days of the week within the agreed days, hours, rooms; no day twice. The
-- number of a day, counted from a Monday, gives how many of each weekday lie up to it.
CREATE TRIGGER hosted_within_schedule BEFORE INSERT ON ledger_hostedperiod
BEGIN
    SELECT RAISE(ABORT, 'hosted_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_hostedperiod WHERE delivery_id = NEW.delivery_id);
    SELECT RAISE(ABORT, 'hosted_within_schedule') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_delivery d JOIN ledger_hostingterms t ON t.agreement_id = d.agreement_id
        WHERE d.id = NEW.delivery_id AND d.act = 'hosted' AND d.state = 'logged'
            AND NEW.starts_on >= t.since AND (t.until IS NULL OR NEW.ends_on <= t.until)
            AND NEW.rooms <= t.rooms AND NEW.minutes <= t.ends_at - t.starts_at
            AND NEW.sessions <= (
                SELECT sum((CAST(julianday(NEW.ends_on) + 0.5 AS INTEGER) - w.n) / 7
                    - (CAST(julianday(NEW.starts_on) + 0.5 AS INTEGER) - 1 - w.n) / 7)
                FROM (SELECT 0 AS n UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5
                    UNION SELECT 6) w
                WHERE t.weekdays & (1 << w.n)));
    SELECT RAISE(ABORT, 'hosted_once') WHERE EXISTS (
        SELECT 1 FROM ledger_hostedperiod p JOIN ledger_delivery d ON d.id = p.delivery_id
            JOIN ledger_delivery n ON n.agreement_id = d.agreement_id
        WHERE n.id = NEW.delivery_id AND d.state IN ('logged', 'confirmed')
            AND p.starts_on <= NEW.ends_on AND p.ends_on >= NEW.starts_on);
END;
CREATE TRIGGER hostedperiod_no_update BEFORE UPDATE ON ledger_hostedperiod
BEGIN
    SELECT RAISE(ABORT, 'hosted_stays');
END;
CREATE TRIGGER hostedperiod_no_delete BEFORE DELETE ON ledger_hostedperiod
BEGIN
    SELECT RAISE(ABORT, 'hosted_stays');
END;
CREATE TRIGGER hostedcost_comes_first BEFORE INSERT ON ledger_hostedcost
BEGIN
    SELECT RAISE(ABORT, 'hosted_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_hostedcost
        WHERE id = NEW.id OR (period_id = NEW.period_id AND number = NEW.number)
        UNION SELECT 1 FROM ledger_delivery WHERE id = NEW.period_id AND state <> 'logged');
END;
CREATE TRIGGER hostedcost_no_update BEFORE UPDATE ON ledger_hostedcost
BEGIN
    SELECT RAISE(ABORT, 'hosted_stays');
END;
CREATE TRIGGER hostedcost_no_delete BEFORE DELETE ON ledger_hostedcost
BEGIN
    SELECT RAISE(ABORT, 'hosted_stays');
END;
-- What is counter-signed is in the book as it was told, and nothing imputed enters the results: each cost is taken from
-- an account that holds it.
CREATE TRIGGER hosted_as_told BEFORE UPDATE ON ledger_delivery
    WHEN NEW.act = 'hosted' AND NEW.state = 'confirmed' AND OLD.state <> 'confirmed'
BEGIN
    SELECT RAISE(ABORT, 'hosted_as_told') WHERE
        (SELECT coalesce(sum(amount), 0) FROM ledger_hostedcost WHERE period_id = NEW.id) <> (
            SELECT coalesce(sum(p.amount), 0) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
            WHERE p.event_id = NEW.event_id AND a.number = '5401')
        OR (SELECT (2 * 100 * sessions * minutes * rooms + 60) / 120 FROM ledger_hostedperiod
            WHERE delivery_id = NEW.id) IS NOT (
            SELECT sum(p.amount) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
            WHERE p.event_id = NEW.event_id AND a.number = '9201');
    SELECT RAISE(ABORT, 'really_borne') WHERE EXISTS (
        SELECT 1 FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
            JOIN ledger_accountbalance b ON b.account_id = a.id
        WHERE p.event_id = NEW.event_id AND a.nature IN ('asset', 'expense') AND p.amount < 0 AND b.amount < 0);
END;
