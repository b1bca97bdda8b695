-- Beyond the amount that its assembly set, a party signs with a resolution of its own. In a co-production it gives its
-- part of the price, and whoever leads answers for all of it.
CREATE OR REPLACE FUNCTION ledger_signed_by_resolution() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    most bigint;
BEGIN
    SELECT t.amount INTO most FROM ledger_approvalthreshold t JOIN ledger_book b ON b.id = t.book_id
        WHERE b.organization_id = NEW.organization_id ORDER BY t.id DESC LIMIT 1;
    IF FOUND AND NEW.resolution_id IS NULL AND (
            SELECT coalesce(sum(value), 0) + coalesce((
                SELECT CASE WHEN t.lead_id = NEW.organization_id THEN t.price WHEN t.split = 'prices' THEN sum(s.part)
                    ELSE floor(sum(s.part) * t.price / 1000000) END
                FROM ledger_coproductionterms t LEFT JOIN ledger_coproductionstage s
                    ON s.agreement_id = t.agreement_id AND s.party_id = NEW.organization_id
                WHERE t.agreement_id = NEW.agreement_id GROUP BY t.agreement_id), 0)
            FROM ledger_agreementline
            WHERE agreement_id = NEW.agreement_id AND giver_id = NEW.organization_id) > most
        OR NEW.resolution_id IS NOT NULL AND NOT EXISTS (SELECT FROM network_resolution r
            WHERE r.id = NEW.resolution_id AND r.organization_id = NEW.organization_id)
    THEN
        PERFORM ledger_refuse('signed_by_resolution');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signed_by_resolution BEFORE INSERT OR UPDATE ON ledger_agreementparty
    FOR EACH ROW WHEN (NEW.signed_by_id IS NOT NULL) EXECUTE FUNCTION ledger_signed_by_resolution();
-- So it agrees on more than that afterwards.
CREATE OR REPLACE FUNCTION ledger_changed_within_limit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM ledger_deliveryitem i JOIN ledger_agreementline l ON l.id = i.line_id
        WHERE i.delivery_id = NEW.id AND i.value > 0
            AND CASE l.giver_id WHEN NEW.giver_id THEN NEW.giver_resolution_id ELSE NEW.receiver_resolution_id END IS NULL
            AND (SELECT sum(o.value + coalesce((SELECT sum(c.value) FROM ledger_deliveryitem c
                JOIN ledger_delivery d ON d.id = c.delivery_id
                WHERE c.line_id = o.id AND d.act = 'change' AND (d.state = 'confirmed' OR d.id = NEW.id)), 0))
            FROM ledger_agreementline o WHERE o.agreement_id = NEW.agreement_id AND o.giver_id = l.giver_id
        ) > (
            SELECT t.amount FROM ledger_approvalthreshold t JOIN ledger_book b ON b.id = t.book_id
            WHERE b.organization_id = l.giver_id ORDER BY t.id DESC LIMIT 1)
    ) THEN
        PERFORM ledger_refuse('signed_by_resolution');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER changed_within_limit BEFORE UPDATE ON ledger_delivery
    FOR EACH ROW WHEN (NEW.act = 'change' AND NEW.state = 'confirmed' AND OLD.state <> 'confirmed')
    EXECUTE FUNCTION ledger_changed_within_limit();
-- So it puts what is owed in goods at a price of today; whose decision it is stays with its own side.
CREATE OR REPLACE FUNCTION ledger_valued_by_resolution() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (VALUES (NEW.giver_id, NEW.giver_resolution_id), (NEW.receiver_id, NEW.receiver_resolution_id))
                AS s (side, decision)
            LEFT JOIN network_resolution r ON r.id = s.decision
        WHERE r.organization_id <> s.side OR (NEW.act = 'revaluation' AND s.decision IS NULL AND (
            SELECT sum(i.worth) FROM ledger_deliveryitem i WHERE i.delivery_id = NEW.id
        ) > (
            SELECT t.amount FROM ledger_approvalthreshold t JOIN ledger_book b ON b.id = t.book_id
            WHERE b.organization_id = s.side ORDER BY t.id DESC LIMIT 1))
    ) THEN
        PERFORM ledger_refuse('signed_by_resolution');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER valued_by_resolution BEFORE UPDATE ON ledger_delivery
    FOR EACH ROW WHEN (NEW.act IN ('revaluation', 'change') AND NEW.state = 'confirmed' AND OLD.state <> 'confirmed')
    EXECUTE FUNCTION ledger_valued_by_resolution();
CREATE OR REPLACE FUNCTION ledger_threshold_is_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM network_resolution r JOIN ledger_book b ON b.organization_id = r.organization_id
        WHERE r.id = NEW.resolution_id AND b.id = NEW.book_id)
    THEN
        PERFORM ledger_refuse('decided_by_its_own_assembly');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER threshold_is_decided BEFORE INSERT ON ledger_approvalthreshold
    FOR EACH ROW EXECUTE FUNCTION ledger_threshold_is_decided();
CREATE TRIGGER threshold_stays BEFORE UPDATE OR DELETE ON ledger_approvalthreshold
    FOR EACH ROW EXECUTE FUNCTION network_refuses('decided_stays');
CREATE TRIGGER threshold_no_truncate BEFORE TRUNCATE ON ledger_approvalthreshold
    FOR EACH STATEMENT EXECUTE FUNCTION network_refuses('decided_stays');
