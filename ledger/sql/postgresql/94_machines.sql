-- A shared machine has a holder, who owns a part of it, owners who are among those who agree, and a price.
CREATE OR REPLACE FUNCTION ledger_machine_of_its_owners() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM ledger_machine m WHERE m.agreement_id = NEW.id AND m.holder_id = NEW.proposer_id
            AND EXISTS (SELECT FROM ledger_machineprice p WHERE p.machine_id = NEW.id)
            AND EXISTS (SELECT FROM ledger_machineowner o
                WHERE o.machine_id = NEW.id AND o.organization_id = m.holder_id)
            AND NOT EXISTS (SELECT FROM ledger_machineowner o WHERE o.machine_id = NEW.id
                AND NOT EXISTS (SELECT FROM ledger_agreementparty p
                    WHERE p.agreement_id = NEW.id AND p.organization_id = o.organization_id))
            AND (SELECT count(*) FROM ledger_agreementparty p WHERE p.agreement_id = NEW.id) >= 2)
    THEN
        PERFORM ledger_refuse('machine_of_its_owners');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER machine_of_its_owners BEFORE UPDATE ON ledger_agreement
    FOR EACH ROW WHEN (NEW.kind = 'machine' AND NEW.state = 'accepted' AND OLD.state <> 'accepted')
    EXECUTE FUNCTION ledger_machine_of_its_owners();
-- What was agreed stays once all have signed it.
CREATE OR REPLACE FUNCTION ledger_machine_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_refuse('machine_stays');
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION ledger_machine_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT FROM ledger_agreement WHERE id = NEW.agreement_id AND kind = 'machine')
    THEN
        PERFORM ledger_refuse('machine_of_its_owners');
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.agreement_id <> OLD.agreement_id
        OR EXISTS (SELECT FROM ledger_agreement WHERE id = NEW.agreement_id AND state IN ('accepted', 'settled'))
    THEN
        PERFORM ledger_refuse('machine_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER machine_terms BEFORE INSERT OR UPDATE ON ledger_machine
    FOR EACH ROW EXECUTE FUNCTION ledger_machine_terms();
CREATE TRIGGER machine_no_delete BEFORE DELETE ON ledger_machine
    FOR EACH ROW EXECUTE FUNCTION ledger_machine_stays();
CREATE TRIGGER machine_no_truncate BEFORE TRUNCATE ON ledger_machine
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_machine_stays();
CREATE OR REPLACE FUNCTION ledger_machine_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR EXISTS (
        SELECT FROM ledger_agreement WHERE state IN ('accepted', 'settled')
            AND id = CASE TG_OP WHEN 'DELETE' THEN OLD.machine_id ELSE NEW.machine_id END)
    THEN
        PERFORM ledger_refuse('machine_stays');
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER machine_owners BEFORE INSERT OR UPDATE OR DELETE ON ledger_machineowner
    FOR EACH ROW EXECUTE FUNCTION ledger_machine_agreed();
CREATE TRIGGER machine_owners_no_truncate BEFORE TRUNCATE ON ledger_machineowner
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_machine_stays();
-- A price that was agreed on or decided stays; a new one is decided by the holder's assembly, for a later day.
CREATE OR REPLACE FUNCTION ledger_machine_price_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM ledger_agreement WHERE id = NEW.machine_id FOR UPDATE;
    IF EXISTS (
        SELECT FROM ledger_agreement a JOIN ledger_machine m ON m.agreement_id = a.id
        WHERE a.id = NEW.machine_id AND a.state IN ('accepted', 'settled') AND (
            NOT EXISTS (SELECT FROM network_resolution r
                WHERE r.id = NEW.resolution_id AND r.organization_id = m.holder_id)
            OR EXISTS (SELECT FROM ledger_machineprice p WHERE p.machine_id = NEW.machine_id AND p.since >= NEW.since)))
    THEN
        PERFORM ledger_refuse('machine_price_decided');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER machine_price_decided BEFORE INSERT ON ledger_machineprice
    FOR EACH ROW EXECUTE FUNCTION ledger_machine_price_decided();
CREATE TRIGGER machine_price_stays BEFORE UPDATE OR DELETE ON ledger_machineprice
    FOR EACH ROW EXECUTE FUNCTION ledger_machine_agreed();
CREATE TRIGGER machine_price_no_truncate BEFORE TRUNCATE ON ledger_machineprice
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_machine_stays();
-- Those who agreed book it while the agreement runs, and no two bookings overlap. The agreement is held, so that two who
-- book come one after the other. A booking stays as it was made: it is agreed, refused or cancelled, once.
CREATE OR REPLACE FUNCTION ledger_booked_by_a_party() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM ledger_agreement WHERE id = NEW.machine_id FOR UPDATE;
    IF NEW.state NOT IN ('asked', 'agreed') OR NOT EXISTS (
        SELECT FROM ledger_agreement a JOIN ledger_agreementparty p ON p.agreement_id = a.id
            JOIN ledger_machine m ON m.agreement_id = a.id
        WHERE a.id = NEW.machine_id AND a.state = 'accepted' AND p.organization_id = NEW.organization_id)
    THEN
        PERFORM ledger_refuse('booking_as_agreed');
    END IF;
    IF EXISTS (
        SELECT FROM ledger_machinebooking b
        WHERE b.machine_id = NEW.machine_id AND b.state IN ('asked', 'agreed')
            AND b.starts < NEW.ends AND b.ends > NEW.starts)
    THEN
        PERFORM ledger_refuse('booked_already');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER booked_by_a_party BEFORE INSERT ON ledger_machinebooking
    FOR EACH ROW EXECUTE FUNCTION ledger_booked_by_a_party();
CREATE OR REPLACE FUNCTION ledger_booking_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        PERFORM ledger_refuse('booking_as_agreed');
    END IF;
    IF (NEW.id, NEW.key, NEW.machine_id, NEW.organization_id, NEW.starts, NEW.ends, NEW.what, NEW.booked_by_id)
        IS DISTINCT FROM
            (OLD.id, OLD.key, OLD.machine_id, OLD.organization_id, OLD.starts, OLD.ends, OLD.what, OLD.booked_by_id)
        OR (OLD.state, NEW.state) NOT IN (('asked', 'asked'), ('asked', 'agreed'), ('asked', 'refused'),
            ('asked', 'cancelled'), ('agreed', 'agreed'), ('agreed', 'cancelled'))
    THEN
        PERFORM ledger_refuse('booking_as_agreed');
    END IF;
    IF NEW.state <> 'agreed' AND EXISTS (
        SELECT FROM ledger_machineuse u JOIN ledger_delivery d ON d.id = u.delivery_id
        WHERE u.booking_id = NEW.id AND d.state IN ('logged', 'confirmed'))
    THEN
        PERFORM ledger_refuse('used_as_booked');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER booking_stays BEFORE UPDATE OR DELETE ON ledger_machinebooking
    FOR EACH ROW EXECUTE FUNCTION ledger_booking_stays();
CREATE TRIGGER booking_no_truncate BEFORE TRUNCATE ON ledger_machinebooking
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_machine_stays();
-- A use is of a booking that holds, told once, between the holder and whoever booked it, at the price of that day.
CREATE OR REPLACE FUNCTION ledger_use_is_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_refuse('used_as_booked');
    RETURN NULL;
END $$;
CREATE TRIGGER use_is_told BEFORE INSERT ON ledger_delivery
    FOR EACH ROW WHEN (NEW.act = 'used' AND NEW.state <> 'logged') EXECUTE FUNCTION ledger_use_is_told();
CREATE OR REPLACE FUNCTION ledger_used_as_booked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM ledger_agreement a JOIN ledger_delivery d ON d.agreement_id = a.id
        WHERE d.id = NEW.delivery_id FOR UPDATE OF a;
    IF NOT EXISTS (
        SELECT FROM ledger_delivery d JOIN ledger_machine m ON m.agreement_id = d.agreement_id
            JOIN ledger_machinebooking b ON b.machine_id = m.agreement_id
            JOIN ledger_machineprice p ON p.machine_id = m.agreement_id
        WHERE d.id = NEW.delivery_id AND b.id = NEW.booking_id AND p.id = NEW.price_id AND d.act = 'used'
            AND d.state = 'logged' AND b.state = 'agreed' AND b.organization_id <> m.holder_id
            AND (d.giver_id = m.holder_id AND d.receiver_id = b.organization_id
                OR d.receiver_id = m.holder_id AND d.giver_id = b.organization_id)
            AND d.happened_on = DATE '1970-01-01' + CAST(b.starts / 1440 AS integer)
            AND p.since <= d.happened_on
            AND NOT EXISTS (SELECT FROM ledger_machineprice l WHERE l.machine_id = m.agreement_id
                AND l.since <= d.happened_on AND l.since > p.since)
            AND 30 >= abs(60 * NEW.amount::numeric - NEW.minutes::numeric * (CASE WHEN EXISTS (
                    SELECT FROM ledger_machineowner o
                    WHERE o.machine_id = m.agreement_id AND o.organization_id = b.organization_id)
                THEN p.owners ELSE p.others END))
            AND 5000 >= abs(10000 * NEW.vat::numeric - NEW.amount::numeric * coalesce(p.vat_rate, 0)))
    THEN
        PERFORM ledger_refuse('used_as_booked');
    END IF;
    IF EXISTS (
        SELECT FROM ledger_machineuse u JOIN ledger_delivery d ON d.id = u.delivery_id
        WHERE u.booking_id = NEW.booking_id AND d.state IN ('logged', 'confirmed'))
    THEN
        PERFORM ledger_refuse('used_as_booked');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER used_as_booked BEFORE INSERT ON ledger_machineuse
    FOR EACH ROW EXECUTE FUNCTION ledger_used_as_booked();
CREATE TRIGGER use_stays BEFORE UPDATE OR DELETE ON ledger_machineuse
    FOR EACH ROW EXECUTE FUNCTION ledger_machine_stays();
CREATE TRIGGER use_no_truncate BEFORE TRUNCATE ON ledger_machineuse
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_machine_stays();
-- What both say is what the books say: hours in both, the cost in the user's, the income of each owner by its parts.
CREATE OR REPLACE FUNCTION ledger_used_as_told() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whole numeric;
BEGIN
    SELECT sum(parts) INTO whole FROM ledger_machineowner WHERE machine_id = NEW.agreement_id;
    IF NOT EXISTS (
        SELECT FROM ledger_machineuse u JOIN ledger_machinebooking k ON k.id = u.booking_id
            JOIN ledger_posting g ON g.event_id = NEW.event_id JOIN ledger_account a ON a.id = g.account_id
            JOIN ledger_book b ON b.id = a.book_id
        WHERE u.delivery_id = NEW.id
        HAVING coalesce(sum(g.amount) FILTER (
                WHERE a.number = '5101' AND b.organization_id = k.organization_id), 0) = max(u.amount)
            AND coalesce(sum(g.amount) FILTER (
                WHERE a.number = '1203' AND b.organization_id = k.organization_id), 0) = max(u.vat)
            AND coalesce(sum(g.amount) FILTER (WHERE a.number = '4102'), 0) = -max(u.amount)
            AND coalesce(sum(g.amount) FILTER (
                WHERE a.number = '9213' AND b.organization_id = k.organization_id), 0) > 0
    ) OR EXISTS (
        SELECT FROM ledger_machineuse u JOIN ledger_machineowner o ON o.machine_id = NEW.agreement_id
        WHERE u.delivery_id = NEW.id AND whole <= abs(u.amount::numeric * o.parts + whole * (
            SELECT coalesce(sum(g.amount), 0) FROM ledger_posting g JOIN ledger_account a ON a.id = g.account_id
                JOIN ledger_book b ON b.id = a.book_id
            WHERE g.event_id = NEW.event_id AND a.number = '4102' AND b.organization_id = o.organization_id)))
    THEN
        PERFORM ledger_refuse('used_as_told');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER used_as_told BEFORE UPDATE ON ledger_delivery
    FOR EACH ROW WHEN (NEW.act = 'used' AND NEW.state = 'confirmed' AND OLD.state <> 'confirmed')
    EXECUTE FUNCTION ledger_used_as_told();
-- It ends with nothing owed.
CREATE OR REPLACE FUNCTION ledger_machine_ends_clear() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM ledger_claim c JOIN ledger_claimbalance b ON b.claim_id = c.id
        WHERE c.agreement = 'P-' || NEW.id AND (b.amount > 0 OR b.quantity > 0))
    THEN
        PERFORM ledger_refuse('machine_ends_clear');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER machine_ends_clear BEFORE UPDATE ON ledger_agreement
    FOR EACH ROW WHEN (NEW.kind = 'machine' AND NEW.state = 'settled' AND OLD.state <> 'settled')
    EXECUTE FUNCTION ledger_machine_ends_clear();
