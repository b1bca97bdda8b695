-- A shared machine has a holder, who owns a part of it, owners who are among those who agree, and a price.
CREATE TRIGGER machine_of_its_owners BEFORE UPDATE ON ledger_agreement
    WHEN NEW.kind = 'machine' AND NEW.state = 'accepted' AND OLD.state <> 'accepted'
BEGIN
    SELECT RAISE(ABORT, 'machine_of_its_owners') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_machine m WHERE m.agreement_id = NEW.id AND m.holder_id = NEW.proposer_id
            AND EXISTS (SELECT 1 FROM ledger_machineprice p WHERE p.machine_id = NEW.id)
            AND EXISTS (SELECT 1 FROM ledger_machineowner o
                WHERE o.machine_id = NEW.id AND o.organization_id = m.holder_id)
            AND NOT EXISTS (SELECT 1 FROM ledger_machineowner o WHERE o.machine_id = NEW.id
                AND NOT EXISTS (SELECT 1 FROM ledger_agreementparty p
                    WHERE p.agreement_id = NEW.id AND p.organization_id = o.organization_id))
            AND (SELECT count(*) FROM ledger_agreementparty p WHERE p.agreement_id = NEW.id) >= 2);
END;
-- What was agreed stays once all have signed it.
CREATE TRIGGER machine_comes_first BEFORE INSERT ON ledger_machine
BEGIN
    SELECT RAISE(ABORT, 'machine_of_its_owners') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_agreement WHERE id = NEW.agreement_id AND kind = 'machine');
    SELECT RAISE(ABORT, 'machine_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_machine WHERE agreement_id = NEW.agreement_id
        UNION SELECT 1 FROM ledger_agreement WHERE id = NEW.agreement_id AND state IN ('accepted', 'settled'));
END;
CREATE TRIGGER machine_stays BEFORE UPDATE ON ledger_machine
BEGIN
    SELECT RAISE(ABORT, 'machine_stays') WHERE NEW.agreement_id <> OLD.agreement_id OR EXISTS (
        SELECT 1 FROM ledger_agreement WHERE id = OLD.agreement_id AND state IN ('accepted', 'settled'));
END;
CREATE TRIGGER machine_no_delete BEFORE DELETE ON ledger_machine
BEGIN
    SELECT RAISE(ABORT, 'machine_stays');
END;
CREATE TRIGGER machine_owner_comes_first BEFORE INSERT ON ledger_machineowner
BEGIN
    SELECT RAISE(ABORT, 'machine_stays') FROM ledger_agreement
        WHERE id = NEW.machine_id AND state IN ('accepted', 'settled');
END;
CREATE TRIGGER machine_owner_stays BEFORE UPDATE ON ledger_machineowner
BEGIN
    SELECT RAISE(ABORT, 'machine_stays');
END;
CREATE TRIGGER machine_owner_no_delete BEFORE DELETE ON ledger_machineowner
BEGIN
    SELECT RAISE(ABORT, 'machine_stays') FROM ledger_agreement
        WHERE id = OLD.machine_id AND state IN ('accepted', 'settled');
END;
-- A price that was agreed on or decided stays; a new one is decided by the holder's assembly, for a later day.
CREATE TRIGGER machine_price_decided BEFORE INSERT ON ledger_machineprice
BEGIN
    SELECT RAISE(ABORT, 'machine_price_decided') FROM ledger_agreement a JOIN ledger_machine m ON m.agreement_id = a.id
        WHERE a.id = NEW.machine_id AND a.state IN ('accepted', 'settled') AND (
            NOT EXISTS (SELECT 1 FROM network_resolution r
                WHERE r.id = NEW.resolution_id AND r.organization_id = m.holder_id)
            OR EXISTS (SELECT 1 FROM ledger_machineprice p WHERE p.machine_id = NEW.machine_id AND p.since >= NEW.since));
END;
CREATE TRIGGER machine_price_stays BEFORE UPDATE ON ledger_machineprice
BEGIN
    SELECT RAISE(ABORT, 'machine_stays');
END;
CREATE TRIGGER machine_price_no_delete BEFORE DELETE ON ledger_machineprice
BEGIN
    SELECT RAISE(ABORT, 'machine_stays') FROM ledger_agreement
        WHERE id = OLD.machine_id AND state IN ('accepted', 'settled');
END;
-- Those who agreed book it while the agreement runs, and no two bookings overlap.
CREATE TRIGGER booked_by_a_party BEFORE INSERT ON ledger_machinebooking
BEGIN
    SELECT RAISE(ABORT, 'booking_as_agreed') WHERE NEW.state NOT IN ('asked', 'agreed') OR NOT EXISTS (
        SELECT 1 FROM ledger_agreement a JOIN ledger_agreementparty p ON p.agreement_id = a.id
            JOIN ledger_machine m ON m.agreement_id = a.id
        WHERE a.id = NEW.machine_id AND a.state = 'accepted' AND p.organization_id = NEW.organization_id);
    SELECT RAISE(ABORT, 'booked_already') FROM ledger_machinebooking b
        WHERE b.machine_id = NEW.machine_id AND b.state IN ('asked', 'agreed')
            AND b.starts < NEW.ends AND b.ends > NEW.starts;
END;
-- A booking stays as it was made: it is agreed, refused or cancelled, once.
CREATE TRIGGER booking_stays BEFORE UPDATE ON ledger_machinebooking
BEGIN
    SELECT RAISE(ABORT, 'booking_as_agreed') WHERE
        (NEW.id, NEW.key, NEW.machine_id, NEW.organization_id, NEW.starts, NEW.ends, NEW.what, NEW.booked_by_id)
        IS NOT (OLD.id, OLD.key, OLD.machine_id, OLD.organization_id, OLD.starts, OLD.ends, OLD.what, OLD.booked_by_id)
        OR (OLD.state, NEW.state) NOT IN (VALUES ('asked', 'asked'), ('asked', 'agreed'), ('asked', 'refused'),
            ('asked', 'cancelled'), ('agreed', 'agreed'), ('agreed', 'cancelled'));
    SELECT RAISE(ABORT, 'used_as_booked') FROM ledger_machineuse u JOIN ledger_delivery d ON d.id = u.delivery_id
        WHERE u.booking_id = NEW.id AND NEW.state <> 'agreed' AND d.state IN ('logged', 'confirmed');
END;
CREATE TRIGGER booking_no_delete BEFORE DELETE ON ledger_machinebooking
BEGIN
    SELECT RAISE(ABORT, 'booking_as_agreed');
END;
-- A use is of a booking that holds, told once, between the holder and whoever booked it, at the price of that day.
CREATE TRIGGER use_is_told BEFORE INSERT ON ledger_delivery WHEN NEW.act = 'used'
BEGIN
    SELECT RAISE(ABORT, 'used_as_booked') WHERE NEW.state <> 'logged';
END;
CREATE TRIGGER used_as_booked BEFORE INSERT ON ledger_machineuse
BEGIN
    SELECT RAISE(ABORT, 'used_as_booked') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_delivery d JOIN ledger_machine m ON m.agreement_id = d.agreement_id
            JOIN ledger_machinebooking b ON b.machine_id = m.agreement_id
            JOIN ledger_machineprice p ON p.machine_id = m.agreement_id
        WHERE d.id = NEW.delivery_id AND b.id = NEW.booking_id AND p.id = NEW.price_id AND d.act = 'used'
            AND d.state = 'logged' AND b.state = 'agreed' AND b.organization_id <> m.holder_id
            AND (d.giver_id = m.holder_id AND d.receiver_id = b.organization_id
                OR d.receiver_id = m.holder_id AND d.giver_id = b.organization_id)
            AND d.happened_on = date(b.starts * 60, 'unixepoch')
            AND p.since <= d.happened_on
            AND NOT EXISTS (SELECT 1 FROM ledger_machineprice l WHERE l.machine_id = m.agreement_id
                AND l.since <= d.happened_on AND l.since > p.since)
            AND 30 >= abs(60 * NEW.amount - NEW.minutes * CASE WHEN EXISTS (
                    SELECT 1 FROM ledger_machineowner o
                    WHERE o.machine_id = m.agreement_id AND o.organization_id = b.organization_id)
                THEN p.owners ELSE p.others END)
            AND 5000 >= abs(10000 * NEW.vat - NEW.amount * coalesce(p.vat_rate, 0)));
    SELECT RAISE(ABORT, 'used_as_booked') FROM ledger_machineuse u JOIN ledger_delivery d ON d.id = u.delivery_id
        WHERE u.booking_id = NEW.booking_id AND d.state IN ('logged', 'confirmed');
END;
CREATE TRIGGER use_stays BEFORE UPDATE ON ledger_machineuse
BEGIN
    SELECT RAISE(ABORT, 'machine_stays');
END;
CREATE TRIGGER use_no_delete BEFORE DELETE ON ledger_machineuse
BEGIN
    SELECT RAISE(ABORT, 'machine_stays');
END;
-- What both say is what the books say: hours in both, the cost in the user's, the income of each owner by its parts.
CREATE TRIGGER used_as_told BEFORE UPDATE ON ledger_delivery
    WHEN NEW.act = 'used' AND NEW.state = 'confirmed' AND OLD.state <> 'confirmed'
BEGIN
    SELECT RAISE(ABORT, 'used_as_told') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_machineuse u JOIN ledger_machinebooking k ON k.id = u.booking_id
            JOIN ledger_posting g ON g.event_id = NEW.event_id JOIN ledger_account a ON a.id = g.account_id
            JOIN ledger_book b ON b.id = a.book_id
        WHERE u.delivery_id = NEW.id
        GROUP BY u.delivery_id
        HAVING sum(g.amount * (a.number = '5101' AND b.organization_id = k.organization_id)) = max(u.amount)
            AND sum(g.amount * (a.number = '1203' AND b.organization_id = k.organization_id)) = max(u.vat)
            AND sum(g.amount * (a.number = '4102')) = -max(u.amount)
            AND sum(g.amount * (a.number = '9213' AND b.organization_id = k.organization_id)) > 0);
    SELECT RAISE(ABORT, 'used_as_told') FROM ledger_machineuse u JOIN ledger_machineowner o
            ON o.machine_id = NEW.agreement_id
        WHERE u.delivery_id = NEW.id AND (SELECT sum(parts) FROM ledger_machineowner WHERE machine_id = NEW.agreement_id)
            <= abs(u.amount * o.parts + (SELECT sum(parts) FROM ledger_machineowner WHERE machine_id = NEW.agreement_id) * (
                SELECT coalesce(sum(g.amount), 0) FROM ledger_posting g JOIN ledger_account a ON a.id = g.account_id
                    JOIN ledger_book b ON b.id = a.book_id
                WHERE g.event_id = NEW.event_id AND a.number = '4102' AND b.organization_id = o.organization_id));
END;
-- It ends with nothing owed.
CREATE TRIGGER machine_ends_clear BEFORE UPDATE ON ledger_agreement
    WHEN NEW.kind = 'machine' AND NEW.state = 'settled' AND OLD.state <> 'settled'
BEGIN
    SELECT RAISE(ABORT, 'machine_ends_clear') WHERE EXISTS (
        SELECT 1 FROM ledger_claim c JOIN ledger_claimbalance b ON b.claim_id = c.id
        WHERE c.agreement = 'P-' || NEW.id AND (b.amount > 0 OR b.quantity > 0));
END;
