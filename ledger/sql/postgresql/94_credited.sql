-- What was done in credit is written once, a plus by a resolution of whoever pays it; then only the answer to it moves.
CREATE OR REPLACE FUNCTION ledger_credit_act_is_begun() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'logged' THEN
        PERFORM ledger_refuse('credited_stays');
    END IF;
    IF NOT EXISTS (SELECT FROM ledger_unit WHERE id = NEW.credit_id AND kind = 'credit' AND issuer_id IS NOT NULL) THEN
        PERFORM ledger_refuse('paid_in_credit');
    END IF;
    IF NEW.resolution_id IS NOT NULL AND NOT EXISTS (SELECT FROM network_resolution
        WHERE id = NEW.resolution_id AND organization_id = NEW.teller_id AND resolved_on <= NEW.happened_on)
    THEN
        PERFORM ledger_refuse('decided_by_its_own_assembly');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER credit_act_is_begun BEFORE INSERT ON ledger_creditact
    FOR EACH ROW EXECUTE FUNCTION ledger_credit_act_is_begun();
CREATE OR REPLACE FUNCTION ledger_credit_act_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moves text[] := '{state,event_id,stock,reason,reversal_asked_by_id}';
BEGIN
    IF TG_OP <> 'UPDATE' OR to_jsonb(NEW) - moves IS DISTINCT FROM to_jsonb(OLD) - moves
        OR OLD.event_id IS NOT NULL AND NEW.event_id IS DISTINCT FROM OLD.event_id
        OR OLD.state <> 'logged' AND NEW.stock IS DISTINCT FROM OLD.stock
        OR OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
            VALUES ('logged', 'confirmed'), ('logged', 'rejected'), ('confirmed', 'reversed'))
    THEN
        PERFORM ledger_refuse('credited_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER credit_act_stays BEFORE UPDATE OR DELETE ON ledger_creditact
    FOR EACH ROW EXECUTE FUNCTION ledger_credit_act_stays();
CREATE TRIGGER credit_act_no_truncate BEFORE TRUNCATE ON ledger_creditact
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_credit_act_stays();
-- What is confirmed went from the one position to the other: whoever sells, or hands over a debt, receives it.
CREATE OR REPLACE FUNCTION ledger_credited_as_told() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    receives boolean := NEW.kind = 'sale' OR NEW.is_debt;
BEGIN
    IF 2 <> (
        SELECT count(*) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id AND a.number = '1103'
            JOIN ledger_book b ON b.id = a.book_id JOIN ledger_measure m ON m.id = a.peg_id
        WHERE p.event_id = NEW.event_id AND a.unit_id = NEW.credit_id AND (
            (b.organization_id = CASE WHEN receives THEN NEW.other_id ELSE NEW.teller_id END
                AND p.amount = -NEW.amount AND (m.thing <> '') = (NEW.of_members AND NEW.kind = 'sale'))
            OR (b.organization_id = CASE WHEN receives THEN NEW.teller_id ELSE NEW.other_id END
                AND p.amount = NEW.amount AND (m.thing <> '') = (NEW.of_members AND NEW.kind = 'plus'))))
    THEN
        PERFORM ledger_refuse('paid_in_credit');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER credited_as_told BEFORE UPDATE ON ledger_creditact
    FOR EACH ROW WHEN (NEW.state = 'confirmed' AND OLD.state <> 'confirmed') EXECUTE FUNCTION ledger_credited_as_told();
-- Members hold what they were given and no more: no limit lets them go below zero.
CREATE OR REPLACE FUNCTION ledger_members_have_no_limit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM ledger_account a JOIN ledger_measure m ON m.id = a.peg_id
        WHERE a.id = NEW.account_id AND m.thing <> '')
    THEN
        PERFORM ledger_refuse('members_have_no_limit');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER members_have_no_limit BEFORE INSERT ON ledger_creditlimit
    FOR EACH ROW WHEN (NEW.amount > 0) EXECUTE FUNCTION ledger_members_have_no_limit();
-- Demurrage is decided by the network whose credit it is; what a month takes is no more than the rate of what stood
-- there, and goes into the network's fund.
CREATE OR REPLACE FUNCTION ledger_demurrage_is_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM network_resolution r JOIN ledger_book b ON b.organization_id = r.organization_id
            JOIN ledger_unit u ON u.issuer_id = b.id
        WHERE r.id = NEW.resolution_id AND u.id = NEW.credit_id)
    THEN
        PERFORM ledger_refuse('decided_by_its_own_assembly');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER demurrage_is_decided BEFORE INSERT ON ledger_demurragerate
    FOR EACH ROW EXECUTE FUNCTION ledger_demurrage_is_decided();
CREATE OR REPLACE FUNCTION ledger_demurrage_as_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM ledger_demurragerate r
            JOIN ledger_account a ON a.id = NEW.account_id AND a.unit_id = r.credit_id AND a.number = '2302'
            JOIN ledger_event e ON e.id = NEW.event_id
            JOIN ledger_posting p ON p.event_id = e.id AND p.account_id = a.id AND p.amount = NEW.amount
        WHERE r.id = (SELECT max(l.id) FROM ledger_demurragerate l WHERE l.credit_id = r.credit_id)
            AND r.id = NEW.rate_id AND NEW.amount::numeric * 10000 <= NEW.balance::numeric * r.basis_points
            AND e.happened_on - NEW.idle_since >= r.idle_days
            AND date_trunc('month', e.happened_on)::date = NEW.month)
    THEN
        PERFORM ledger_refuse('demurrage_as_decided');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER demurrage_as_decided BEFORE INSERT ON ledger_demurragecharge
    FOR EACH ROW EXECUTE FUNCTION ledger_demurrage_as_decided();
CREATE OR REPLACE FUNCTION ledger_demurrage_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_refuse('append_only');
    RETURN NULL;
END $$;
CREATE TRIGGER demurrage_rate_stays BEFORE UPDATE OR DELETE ON ledger_demurragerate
    FOR EACH ROW EXECUTE FUNCTION ledger_demurrage_stays();
CREATE TRIGGER demurrage_rate_no_truncate BEFORE TRUNCATE ON ledger_demurragerate
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_demurrage_stays();
CREATE TRIGGER demurrage_stays BEFORE UPDATE OR DELETE ON ledger_demurragecharge
    FOR EACH ROW EXECUTE FUNCTION ledger_demurrage_stays();
CREATE TRIGGER demurrage_no_truncate BEFORE TRUNCATE ON ledger_demurragecharge
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_demurrage_stays();
