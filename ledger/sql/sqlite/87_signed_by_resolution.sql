-- Beyond the amount that its assembly set, a party signs with a resolution of its own. In a co-production it gives its
-- part of the price, and whoever leads answers for all of it.
CREATE TRIGGER signed_by_resolution BEFORE UPDATE ON ledger_agreementparty WHEN NEW.signed_by_id IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'signed_by_resolution') WHERE NEW.resolution_id IS NULL AND (
            SELECT coalesce(sum(value), 0) + coalesce((
                SELECT CASE WHEN t.lead_id = NEW.organization_id THEN t.price WHEN t.split = 'prices' THEN sum(s.part)
                    ELSE sum(s.part) * (t.price / 1000000) + sum(s.part) * (t.price % 1000000) / 1000000 END
                FROM ledger_coproductionterms t LEFT JOIN ledger_coproductionstage s
                    ON s.agreement_id = t.agreement_id AND s.party_id = NEW.organization_id
                WHERE t.agreement_id = NEW.agreement_id), 0)
            FROM ledger_agreementline
            WHERE agreement_id = NEW.agreement_id AND giver_id = NEW.organization_id
        ) > (
            SELECT t.amount FROM ledger_approvalthreshold t JOIN ledger_book b ON b.id = t.book_id
            WHERE b.organization_id = NEW.organization_id ORDER BY t.id DESC LIMIT 1)
        OR EXISTS (SELECT 1 FROM network_resolution
            WHERE id = NEW.resolution_id AND organization_id <> NEW.organization_id);
END;
CREATE TRIGGER written_with_resolution BEFORE INSERT ON ledger_agreementparty WHEN NEW.signed_by_id IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'signed_by_resolution') WHERE NEW.resolution_id IS NULL AND (
            SELECT coalesce(sum(value), 0) + coalesce((
                SELECT CASE WHEN t.lead_id = NEW.organization_id THEN t.price WHEN t.split = 'prices' THEN sum(s.part)
                    ELSE sum(s.part) * (t.price / 1000000) + sum(s.part) * (t.price % 1000000) / 1000000 END
                FROM ledger_coproductionterms t LEFT JOIN ledger_coproductionstage s
                    ON s.agreement_id = t.agreement_id AND s.party_id = NEW.organization_id
                WHERE t.agreement_id = NEW.agreement_id), 0)
            FROM ledger_agreementline
            WHERE agreement_id = NEW.agreement_id AND giver_id = NEW.organization_id
        ) > (
            SELECT t.amount FROM ledger_approvalthreshold t JOIN ledger_book b ON b.id = t.book_id
            WHERE b.organization_id = NEW.organization_id ORDER BY t.id DESC LIMIT 1)
        OR EXISTS (SELECT 1 FROM network_resolution
            WHERE id = NEW.resolution_id AND organization_id <> NEW.organization_id);
END;
-- So it agrees on more than that afterwards.
CREATE TRIGGER changed_within_limit BEFORE UPDATE ON ledger_delivery
    WHEN NEW.act = 'change' AND NEW.state = 'confirmed' AND OLD.state <> 'confirmed'
BEGIN
    SELECT RAISE(ABORT, 'signed_by_resolution') WHERE EXISTS (
        SELECT 1 FROM ledger_deliveryitem i JOIN ledger_agreementline l ON l.id = i.line_id
        WHERE i.delivery_id = NEW.id AND i.value > 0
            AND CASE l.giver_id WHEN NEW.giver_id THEN NEW.giver_resolution_id ELSE NEW.receiver_resolution_id END IS NULL
            AND (SELECT sum(o.value + coalesce((SELECT sum(c.value) FROM ledger_deliveryitem c
                JOIN ledger_delivery d ON d.id = c.delivery_id
                WHERE c.line_id = o.id AND d.act = 'change' AND (d.state = 'confirmed' OR d.id = NEW.id)), 0))
            FROM ledger_agreementline o WHERE o.agreement_id = NEW.agreement_id AND o.giver_id = l.giver_id
        ) > (
            SELECT t.amount FROM ledger_approvalthreshold t JOIN ledger_book b ON b.id = t.book_id
            WHERE b.organization_id = l.giver_id ORDER BY t.id DESC LIMIT 1));
END;
-- So it puts what is owed in goods at a price of today; whose decision it is stays with its own side.
CREATE TRIGGER valued_by_resolution BEFORE UPDATE ON ledger_delivery
    WHEN NEW.act IN ('revaluation', 'change') AND NEW.state = 'confirmed' AND OLD.state <> 'confirmed'
BEGIN
    SELECT RAISE(ABORT, 'signed_by_resolution') WHERE EXISTS (
        SELECT 1 FROM (SELECT NEW.giver_id AS side, NEW.giver_resolution_id AS decision
            UNION ALL SELECT NEW.receiver_id, NEW.receiver_resolution_id) s
            LEFT JOIN network_resolution r ON r.id = s.decision
        WHERE r.organization_id <> s.side OR (NEW.act = 'revaluation' AND s.decision IS NULL AND (
            SELECT sum(i.worth) FROM ledger_deliveryitem i WHERE i.delivery_id = NEW.id
        ) > (
            SELECT t.amount FROM ledger_approvalthreshold t JOIN ledger_book b ON b.id = t.book_id
            WHERE b.organization_id = s.side ORDER BY t.id DESC LIMIT 1)));
END;
CREATE TRIGGER threshold_is_decided BEFORE INSERT ON ledger_approvalthreshold
BEGIN
    SELECT RAISE(ABORT, 'decided_stays') WHERE EXISTS (SELECT 1 FROM ledger_approvalthreshold WHERE id = NEW.id);
    SELECT RAISE(ABORT, 'decided_by_its_own_assembly') WHERE NOT EXISTS (
        SELECT 1 FROM network_resolution r JOIN ledger_book b ON b.organization_id = r.organization_id
        WHERE r.id = NEW.resolution_id AND b.id = NEW.book_id);
END;
CREATE TRIGGER threshold_no_update BEFORE UPDATE ON ledger_approvalthreshold
BEGIN
    SELECT RAISE(ABORT, 'decided_stays');
END;
CREATE TRIGGER threshold_no_delete BEFORE DELETE ON ledger_approvalthreshold
BEGIN
    SELECT RAISE(ABORT, 'decided_stays');
END;
