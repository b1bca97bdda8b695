-- An act of a fund is written once; then only the answer to it moves. A payment is of a levy that counts. What is spent
-- comes out of a decision of the body's own, of that day or before, which names so much: its row is the lock.
CREATE OR REPLACE FUNCTION ledger_fund_act_is_begun() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    left_over bigint;
BEGIN
    IF NEW.state <> 'logged' OR EXISTS (
            SELECT FROM ledger_book b WHERE b.id = NEW.fund_id AND (
                b.organization_id = NEW.other_id OR NEW.asked_id NOT IN (b.organization_id, coalesce(NEW.other_id, 0)))
        ) OR NEW.levy_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM ledger_fundact WHERE id = NEW.levy_id AND kind = 'levy' AND state = 'confirmed'
                AND fund_id = NEW.fund_id AND other_id = NEW.other_id)
    THEN
        PERFORM ledger_refuse('fund_act_stays');
    END IF;
    IF NEW.kind = 'spending' THEN
        PERFORM 1 FROM ledger_funddecision WHERE id = NEW.decision_id FOR NO KEY UPDATE;
        SELECT d.amount - (
                SELECT coalesce(sum(a.amount), 0) FROM ledger_fundact a
                WHERE a.decision_id = d.id AND a.state IN ('logged', 'confirmed'))
            INTO left_over
            FROM ledger_funddecision d JOIN network_resolution r ON r.id = d.resolution_id
            WHERE d.id = NEW.decision_id AND d.fund_id = NEW.fund_id AND r.resolved_on <= NEW.happened_on;
        IF coalesce(left_over, 0) < NEW.amount THEN
            PERFORM ledger_refuse('spent_as_decided');
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fund_act_is_begun BEFORE INSERT ON ledger_fundact
    FOR EACH ROW EXECUTE FUNCTION ledger_fund_act_is_begun();
CREATE OR REPLACE FUNCTION ledger_fund_act_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moves text[] := '{state,event_id,reason,reversal_asked_by_id}';
BEGIN
    IF TG_OP <> 'UPDATE' OR to_jsonb(NEW) - moves IS DISTINCT FROM to_jsonb(OLD) - moves
        OR OLD.event_id IS NOT NULL AND NEW.event_id IS DISTINCT FROM OLD.event_id
        OR OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
            VALUES ('logged', 'confirmed'), ('logged', 'rejected'), ('confirmed', 'reversed'))
    THEN
        PERFORM ledger_refuse('fund_act_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fund_act_stays BEFORE UPDATE OR DELETE ON ledger_fundact
    FOR EACH ROW EXECUTE FUNCTION ledger_fund_act_stays();
CREATE TRIGGER fund_act_no_truncate BEFORE TRUNCATE ON ledger_fundact
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_fund_act_stays();
-- What is confirmed is in the fund's book as it was told: in the fund, in the bank, and in what is owed.
CREATE OR REPLACE FUNCTION ledger_funded_as_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM (
            SELECT coalesce(sum(p.amount) FILTER (WHERE a.number = '2301'), 0) AS fund,
                coalesce(sum(p.amount) FILTER (WHERE a.number = '1102'), 0) AS bank,
                coalesce(sum(p.amount) FILTER (
                    WHERE a.number = '1202' AND c.agreement = 'F-' || coalesce(NEW.levy_id, NEW.id)), 0) AS owed
            FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id AND a.book_id = NEW.fund_id
                JOIN ledger_book b ON b.id = a.book_id AND b.unit_id = a.unit_id LEFT JOIN ledger_claim c ON c.id = p.claim_id
            WHERE p.event_id = NEW.event_id) m
        WHERE fund = NEW.amount * (CASE NEW.kind WHEN 'payment' THEN 0 WHEN 'spending' THEN 1 ELSE -1 END)
            AND bank = NEW.amount * (CASE NEW.kind WHEN 'levy' THEN 0 WHEN 'spending' THEN -1 ELSE 1 END)
            AND owed = NEW.amount * (CASE NEW.kind WHEN 'levy' THEN 1 WHEN 'payment' THEN -1 ELSE 0 END))
    THEN
        PERFORM ledger_refuse('funded_as_told');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funded_as_told BEFORE UPDATE ON ledger_fundact
    FOR EACH ROW WHEN (NEW.state = 'confirmed' AND OLD.state <> 'confirmed') EXECUTE FUNCTION ledger_funded_as_told();
CREATE OR REPLACE FUNCTION ledger_fund_act_moves() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO ledger_fundshare (fund_id, organization_id, name, contributed, collected, received, last_line)
        SELECT NEW.fund_id, NEW.other_id, NEW.name, 0, 0, 0, 0 WHERE NOT EXISTS (
            SELECT FROM ledger_fundshare s WHERE s.fund_id = NEW.fund_id
                AND s.organization_id IS NOT DISTINCT FROM NEW.other_id AND s.name = NEW.name);
    INSERT INTO ledger_fundline (share_id, event_id, contributed, collected, received)
        SELECT s.id, NEW.event_id, NEW.amount * (NEW.kind IN ('levy', 'gift'))::integer,
            NEW.amount * (NEW.kind IN ('payment', 'gift'))::integer, NEW.amount * (NEW.kind = 'spending')::integer
        FROM ledger_fundshare s WHERE s.fund_id = NEW.fund_id
            AND s.organization_id IS NOT DISTINCT FROM NEW.other_id AND s.name = NEW.name;
    RETURN NULL;
END $$;
CREATE TRIGGER fund_act_moves AFTER UPDATE ON ledger_fundact
    FOR EACH ROW WHEN (NEW.state = 'confirmed' AND OLD.state <> 'confirmed') EXECUTE FUNCTION ledger_fund_act_moves();
