-- Rooms are lent by whoever keeps a book to a body of the community, and the terms stay once both have signed them.
CREATE OR REPLACE FUNCTION ledger_hosted_for_the_community() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) <> 2 OR count(*) FILTER (WHERE p.organization_id = a.proposer_id) <> 1
            OR count(*) FILTER (WHERE p.organization_id <> a.proposer_id AND o.kind IN (
                'community_body', 'neighborhood_council', 'union', 'university', 'municipality')) <> 1
        FROM ledger_agreement a JOIN ledger_agreementparty p ON p.agreement_id = a.id
            JOIN network_organization o ON o.id = p.organization_id
        WHERE a.id = NEW.agreement_id AND a.kind = 'hosting')
    THEN
        PERFORM ledger_refuse('hosted_for_the_community');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hosted_for_the_community BEFORE INSERT ON ledger_hostingterms
    FOR EACH ROW EXECUTE FUNCTION ledger_hosted_for_the_community();
CREATE OR REPLACE FUNCTION ledger_hosting_terms_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.agreement_id <> OLD.agreement_id OR EXISTS (
        SELECT FROM ledger_agreement WHERE id = OLD.agreement_id AND state IN ('accepted', 'settled'))
    THEN
        PERFORM ledger_refuse('hosted_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hosting_terms_stay BEFORE UPDATE ON ledger_hostingterms
    FOR EACH ROW EXECUTE FUNCTION ledger_hosting_terms_stay();
CREATE OR REPLACE FUNCTION ledger_hosted_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_refuse('hosted_stays');
    RETURN NULL;
END $$;
CREATE TRIGGER hosting_terms_no_delete BEFORE DELETE ON ledger_hostingterms
    FOR EACH ROW EXECUTE FUNCTION ledger_hosted_stays();
CREATE TRIGGER hosting_terms_no_truncate BEFORE TRUNCATE ON ledger_hostingterms
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_hosted_stays();
-- No more is hosted than the schedule has: days of the week within the agreed days, hours, rooms; no day twice. The
-- number of a day, counted from a Monday, gives how many of each weekday lie up to it. The agreement is held, so that
-- two who tell of the same days come one after the other.
CREATE OR REPLACE FUNCTION ledger_hosted_within_schedule() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    first integer := NEW.starts_on - DATE '0001-01-01';
    last integer := NEW.ends_on - DATE '0001-01-01';
BEGIN
    PERFORM FROM ledger_agreement a JOIN ledger_delivery d ON d.agreement_id = a.id
        WHERE d.id = NEW.delivery_id FOR UPDATE OF a;
    IF NOT EXISTS (
        SELECT FROM ledger_delivery d JOIN ledger_hostingterms t ON t.agreement_id = d.agreement_id
        WHERE d.id = NEW.delivery_id AND d.act = 'hosted' AND d.state = 'logged'
            AND NEW.starts_on >= t.since AND (t.until IS NULL OR NEW.ends_on <= t.until)
            AND NEW.rooms <= t.rooms AND NEW.minutes <= t.ends_at - t.starts_at
            AND NEW.sessions <= (
                SELECT sum((last - n + 7) / 7 - (first - 1 - n + 7) / 7) FROM generate_series(0, 6) n
                WHERE t.weekdays & (1 << n) <> 0)
    ) THEN
        PERFORM ledger_refuse('hosted_within_schedule');
    END IF;
    IF EXISTS (
        SELECT FROM ledger_hostedperiod p JOIN ledger_delivery d ON d.id = p.delivery_id
            JOIN ledger_delivery n ON n.agreement_id = d.agreement_id
        WHERE n.id = NEW.delivery_id AND d.state IN ('logged', 'confirmed')
            AND p.starts_on <= NEW.ends_on AND p.ends_on >= NEW.starts_on
    ) THEN
        PERFORM ledger_refuse('hosted_once');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hosted_within_schedule BEFORE INSERT ON ledger_hostedperiod
    FOR EACH ROW EXECUTE FUNCTION ledger_hosted_within_schedule();
CREATE TRIGGER hostedperiod_stays BEFORE UPDATE OR DELETE ON ledger_hostedperiod
    FOR EACH ROW EXECUTE FUNCTION ledger_hosted_stays();
CREATE TRIGGER hostedperiod_no_truncate BEFORE TRUNCATE ON ledger_hostedperiod
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_hosted_stays();
CREATE OR REPLACE FUNCTION ledger_hostedcost_comes_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM ledger_delivery WHERE id = NEW.period_id AND state <> 'logged') THEN
        PERFORM ledger_refuse('hosted_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hostedcost_comes_first BEFORE INSERT ON ledger_hostedcost
    FOR EACH ROW EXECUTE FUNCTION ledger_hostedcost_comes_first();
CREATE TRIGGER hostedcost_stays BEFORE UPDATE OR DELETE ON ledger_hostedcost
    FOR EACH ROW EXECUTE FUNCTION ledger_hosted_stays();
CREATE TRIGGER hostedcost_no_truncate BEFORE TRUNCATE ON ledger_hostedcost
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_hosted_stays();
-- What is counter-signed is in the book as it was told, and nothing imputed enters the results: each cost is taken from
-- an account that holds it.
CREATE OR REPLACE FUNCTION ledger_hosted_as_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT coalesce(sum(amount), 0) FROM ledger_hostedcost WHERE period_id = NEW.id) <> (
            SELECT coalesce(sum(p.amount), 0) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
            WHERE p.event_id = NEW.event_id AND a.number = '5401')
        OR (SELECT (2 * 100::bigint * sessions * minutes * rooms + 60) / 120 FROM ledger_hostedperiod
            WHERE delivery_id = NEW.id) IS DISTINCT FROM (
            SELECT sum(p.amount) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
            WHERE p.event_id = NEW.event_id AND a.number = '9201')
    THEN
        PERFORM ledger_refuse('hosted_as_told');
    END IF;
    IF EXISTS (
        SELECT FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
            JOIN ledger_accountbalance b ON b.account_id = a.id
        WHERE p.event_id = NEW.event_id AND a.nature IN ('asset', 'expense') AND p.amount < 0 AND b.amount < 0)
    THEN
        PERFORM ledger_refuse('really_borne');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hosted_as_told BEFORE UPDATE ON ledger_delivery
    FOR EACH ROW WHEN (NEW.act = 'hosted' AND NEW.state = 'confirmed' AND OLD.state <> 'confirmed')
    EXECUTE FUNCTION ledger_hosted_as_told();
