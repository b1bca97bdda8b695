-- What is given is written once, by a resolution of the giver's own assembly where one is needed; then only the answer
-- to it moves.
CREATE OR REPLACE FUNCTION ledger_contribution_is_begun() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'logged' THEN
        PERFORM ledger_refuse('given_stays');
    END IF;
    IF NEW.resolution_id IS NOT NULL AND NOT EXISTS (SELECT FROM network_resolution
        WHERE id = NEW.resolution_id AND organization_id = NEW.giver_id AND resolved_on <= NEW.happened_on)
    THEN
        PERFORM ledger_refuse('decided_by_its_own_assembly');
    END IF;
    IF NEW.passes_on_id IS NOT NULL AND NOT EXISTS (SELECT FROM ledger_contribution
        WHERE id = NEW.passes_on_id AND kind = 'mentoring' AND state = 'confirmed' AND receiver_id = NEW.giver_id
            AND giver_id <> NEW.receiver_id AND happened_on <= NEW.happened_on)
    THEN
        PERFORM ledger_refuse('passed_on_once_received');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER contribution_is_begun BEFORE INSERT ON ledger_contribution
    FOR EACH ROW EXECUTE FUNCTION ledger_contribution_is_begun();
CREATE OR REPLACE FUNCTION ledger_contribution_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moves text[] := '{state,event_id,receipt,reason,reversal_asked_by_id}';
BEGIN
    IF TG_OP <> 'UPDATE' OR to_jsonb(NEW) - moves IS DISTINCT FROM to_jsonb(OLD) - moves
        OR OLD.event_id IS NOT NULL AND NEW.event_id IS DISTINCT FROM OLD.event_id
        OR OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
            VALUES ('logged', 'confirmed'), ('logged', 'rejected'), ('confirmed', 'reversed'))
    THEN
        PERFORM ledger_refuse('given_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER contribution_stays BEFORE UPDATE OR DELETE ON ledger_contribution
    FOR EACH ROW EXECUTE FUNCTION ledger_contribution_stays();
CREATE TRIGGER contribution_no_truncate BEFORE TRUNCATE ON ledger_contribution
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_contribution_stays();
-- What is counter-signed is in the giver's book as it was told, mentoring in the receiver's too; no more comes out of a fund, the cash or the stock than
-- it has. A bank may lend.
CREATE OR REPLACE FUNCTION ledger_given_as_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
            JOIN ledger_book b ON b.id = a.book_id
        WHERE p.event_id = NEW.event_id AND b.organization_id = NEW.giver_id
            AND p.amount = coalesce(NEW.amount, NEW.hours)
            AND a.number = coalesce(
                nullif(NEW.charged_to, ''), CASE NEW.kind WHEN 'mentoring' THEN '9207' ELSE '9203' END)
    ) OR NEW.kind = 'mentoring' AND EXISTS (SELECT FROM ledger_book WHERE organization_id = NEW.receiver_id)
        AND NOT EXISTS (
            SELECT FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
                JOIN ledger_book b ON b.id = a.book_id
            WHERE p.event_id = NEW.event_id AND b.organization_id = NEW.receiver_id AND a.number = '9209'
                AND p.amount = NEW.hours)
    THEN
        PERFORM ledger_refuse('given_as_told');
    END IF;
    IF EXISTS (
        SELECT FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
            JOIN ledger_accountbalance b ON b.account_id = a.id
        WHERE p.event_id = NEW.event_id AND a.number IN ('2201', '2202') AND p.amount > 0 AND b.amount > 0)
    THEN
        PERFORM ledger_refuse('fund_holds_it');
    END IF;
    IF EXISTS (
        SELECT FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
            JOIN ledger_accountbalance b ON b.account_id = a.id
        WHERE p.event_id = NEW.event_id AND a.number IN ('1101', '1301', '1303') AND p.amount < 0 AND b.amount < 0)
    THEN
        PERFORM ledger_refuse('really_borne');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER given_as_told BEFORE UPDATE ON ledger_contribution
    FOR EACH ROW WHEN (NEW.state = 'confirmed' AND OLD.state <> 'confirmed') EXECUTE FUNCTION ledger_given_as_told();
