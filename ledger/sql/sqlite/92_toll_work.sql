-- Toll work is agreed on by two: whose material it is, and who works it for a fee; goods pay no more than the fee.
CREATE TRIGGER tolled_by_two BEFORE UPDATE ON ledger_agreement
    WHEN NEW.kind = 'toll_work' AND NEW.state = 'accepted' AND OLD.state <> 'accepted'
BEGIN
    SELECT RAISE(ABORT, 'tolled_by_two') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_tollterms t WHERE t.agreement_id = NEW.id
            AND (SELECT count(*) FROM ledger_agreementparty p WHERE p.agreement_id = NEW.id) = 2
            AND (SELECT count(*) FROM ledger_agreementparty p WHERE p.agreement_id = NEW.id
                AND p.organization_id IN (t.principal_id, t.worker_id)) = 2
            AND (SELECT count(*) FROM ledger_agreementline l WHERE l.agreement_id = NEW.id
                AND l.giver_id = t.worker_id AND l.receiver_id = t.principal_id) = 1
            AND (SELECT count(*) FROM ledger_agreementline l WHERE l.agreement_id = NEW.id) <= 2
            AND (SELECT sum(CASE WHEN l.giver_id = t.worker_id THEN l.value ELSE -l.value END)
                FROM ledger_agreementline l WHERE l.agreement_id = NEW.id) >= 0);
END;
-- Whoever owes a fee beyond the amount that its assembly set signs with a resolution, however it is paid.
CREATE TRIGGER toll_fee_signed_by_resolution BEFORE UPDATE ON ledger_agreementparty
    WHEN NEW.signed_by_id IS NOT NULL AND NEW.resolution_id IS NULL
BEGIN
    SELECT RAISE(ABORT, 'signed_by_resolution') WHERE (
            SELECT sum(l.value) FROM ledger_agreementline l JOIN ledger_tollterms t ON t.agreement_id = l.agreement_id
            WHERE l.agreement_id = NEW.agreement_id AND l.giver_id = t.worker_id
                AND t.principal_id = NEW.organization_id
        ) > (
            SELECT t.amount FROM ledger_approvalthreshold t JOIN ledger_book b ON b.id = t.book_id
            WHERE b.organization_id = NEW.organization_id ORDER BY t.id DESC LIMIT 1);
END;
CREATE TRIGGER toll_fee_written_with_resolution BEFORE INSERT ON ledger_agreementparty
    WHEN NEW.signed_by_id IS NOT NULL AND NEW.resolution_id IS NULL
BEGIN
    SELECT RAISE(ABORT, 'signed_by_resolution') WHERE (
            SELECT sum(l.value) FROM ledger_agreementline l JOIN ledger_tollterms t ON t.agreement_id = l.agreement_id
            WHERE l.agreement_id = NEW.agreement_id AND l.giver_id = t.worker_id
                AND t.principal_id = NEW.organization_id
        ) > (
            SELECT t.amount FROM ledger_approvalthreshold t JOIN ledger_book b ON b.id = t.book_id
            WHERE b.organization_id = NEW.organization_id ORDER BY t.id DESC LIMIT 1);
END;
-- The terms stay once both have signed them, and what was told of the material stays at once.
CREATE TRIGGER toll_terms_come_first BEFORE INSERT ON ledger_tollterms
BEGIN
    SELECT RAISE(ABORT, 'tolled_by_two') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_agreement WHERE id = NEW.agreement_id AND kind = 'toll_work');
    SELECT RAISE(ABORT, 'tolled_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_tollterms WHERE agreement_id = NEW.agreement_id
        UNION SELECT 1 FROM ledger_agreement WHERE id = NEW.agreement_id AND state IN ('accepted', 'settled'));
END;
CREATE TRIGGER toll_terms_stay BEFORE UPDATE ON ledger_tollterms
BEGIN
    SELECT RAISE(ABORT, 'tolled_stays') WHERE NEW.agreement_id <> OLD.agreement_id OR EXISTS (
        SELECT 1 FROM ledger_agreement WHERE id = OLD.agreement_id AND state IN ('accepted', 'settled'));
END;
CREATE TRIGGER toll_terms_no_delete BEFORE DELETE ON ledger_tollterms
BEGIN
    SELECT RAISE(ABORT, 'tolled_stays');
END;
CREATE TRIGGER materialmove_no_update BEFORE UPDATE ON ledger_materialmove
BEGIN
    SELECT RAISE(ABORT, 'tolled_stays');
END;
CREATE TRIGGER materialmove_no_delete BEFORE DELETE ON ledger_materialmove
BEGIN
    SELECT RAISE(ABORT, 'tolled_stays');
END;
CREATE TRIGGER materialcost_no_update BEFORE UPDATE ON ledger_materialcost
BEGIN
    SELECT RAISE(ABORT, 'tolled_stays');
END;
CREATE TRIGGER materialcost_no_delete BEFORE DELETE ON ledger_materialcost
BEGIN
    SELECT RAISE(ABORT, 'tolled_stays');
END;
CREATE TRIGGER materialcost_comes_first BEFORE INSERT ON ledger_materialcost
BEGIN
    SELECT RAISE(ABORT, 'tolled_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_materialcost WHERE move_id = NEW.move_id
        UNION SELECT 1 FROM ledger_delivery WHERE id = NEW.move_id AND state <> 'logged');
END;
-- Material is handed over by its owner, as much as was agreed; no more leaves than was received and confirmed, and no
-- more is lost than was agreed.
CREATE TRIGGER material_within_agreed BEFORE INSERT ON ledger_materialmove
BEGIN
    SELECT RAISE(ABORT, 'tolled_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_materialmove WHERE delivery_id = NEW.delivery_id);
    SELECT RAISE(ABORT, 'material_while_it_runs') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_delivery d JOIN ledger_agreement a ON a.id = d.agreement_id
            JOIN ledger_tollterms t ON t.agreement_id = a.id
        WHERE d.id = NEW.delivery_id AND d.state = 'logged' AND a.state = 'accepted'
            AND (d.act = 'material' AND d.giver_id = t.principal_id AND d.receiver_id = t.worker_id AND NEW.handed > 0
                OR d.giver_id = t.worker_id AND d.receiver_id = t.principal_id AND NEW.handed = 0
                    AND (d.act = 'goods') = (NEW.worked > 0) AND d.act IN ('goods', 'material')));
    SELECT RAISE(ABORT, 'handed_as_agreed') WHERE EXISTS (
        SELECT 1 FROM ledger_delivery n JOIN ledger_tollterms t ON t.agreement_id = n.agreement_id
        WHERE n.id = NEW.delivery_id AND NEW.handed > 0 AND t.quantity < NEW.handed + (
            SELECT coalesce(sum(m.handed), 0) FROM ledger_materialmove m JOIN ledger_delivery d ON d.id = m.delivery_id
            WHERE d.agreement_id = n.agreement_id AND d.state IN ('logged', 'confirmed')));
    SELECT RAISE(ABORT, 'material_on_hand') WHERE NEW.handed = 0 AND NEW.worked + NEW.waste + NEW.returned > (
        SELECT coalesce(sum((d.state = 'confirmed') * m.handed - m.worked - m.waste - m.returned), 0)
        FROM ledger_materialmove m JOIN ledger_delivery d ON d.id = m.delivery_id
            JOIN ledger_delivery n ON n.agreement_id = d.agreement_id
        WHERE n.id = NEW.delivery_id AND d.state IN ('logged', 'confirmed'));
    SELECT RAISE(ABORT, 'waste_as_agreed') WHERE NEW.waste > 0 AND EXISTS (
        SELECT 1 FROM ledger_delivery n JOIN ledger_tollterms t ON t.agreement_id = n.agreement_id
        WHERE n.id = NEW.delivery_id AND NEW.waste * 10000 > (
            SELECT coalesce(sum((d.state = 'confirmed') * m.handed * t.allowed_waste - m.waste * 10000), 0)
            FROM ledger_materialmove m JOIN ledger_delivery d ON d.id = m.delivery_id
            WHERE d.agreement_id = n.agreement_id AND d.state IN ('logged', 'confirmed')));
END;
-- What is confirmed is in both books as it was told: the material in the memo accounts of whoever works it, its cost in
-- the book of its owner. Work is not delivered without a word on the material.
CREATE TRIGGER material_as_told BEFORE UPDATE ON ledger_delivery
    WHEN NEW.act IN ('goods', 'material') AND NEW.state = 'confirmed' AND OLD.state <> 'confirmed'
BEGIN
    SELECT RAISE(ABORT, 'material_as_told') WHERE (NEW.act = 'material' OR EXISTS (
        SELECT 1 FROM ledger_tollterms WHERE agreement_id = NEW.agreement_id AND worker_id = NEW.giver_id)
    ) AND NOT EXISTS (
        SELECT 1 FROM ledger_materialmove m JOIN ledger_materialcost c ON c.move_id = m.delivery_id
            JOIN ledger_tollterms t ON t.agreement_id = NEW.agreement_id
            JOIN ledger_book p ON p.organization_id = t.principal_id
            JOIN ledger_book w ON w.organization_id = t.worker_id
        WHERE m.delivery_id = NEW.id
            AND m.handed - m.worked - m.waste - m.returned = (
                SELECT coalesce(sum(g.amount), 0) FROM ledger_posting g JOIN ledger_account a ON a.id = g.account_id
                WHERE g.event_id = NEW.event_id AND a.book_id = w.id AND a.number = '9101')
            AND CASE WHEN m.handed > 0 THEN c.amount ELSE -c.amount - c.returned END = (
                SELECT coalesce(sum(g.amount), 0) FROM ledger_posting g JOIN ledger_account a ON a.id = g.account_id
                WHERE g.event_id = NEW.event_id AND a.book_id = p.id AND a.number = '1304'));
END;
-- What was handed over is not undone under what became of it.
CREATE TRIGGER worked_since BEFORE UPDATE ON ledger_delivery
    WHEN NEW.act = 'material' AND NEW.state = 'reversed' AND OLD.state = 'confirmed'
BEGIN
    SELECT RAISE(ABORT, 'worked_since') WHERE EXISTS (
        SELECT 1 FROM ledger_materialmove h WHERE h.delivery_id = NEW.id AND h.handed > 0 AND EXISTS (
            SELECT 1 FROM ledger_materialmove m JOIN ledger_delivery d ON d.id = m.delivery_id
            WHERE d.agreement_id = NEW.agreement_id AND d.state = 'confirmed' AND m.handed = 0
                AND d.event_id > OLD.event_id));
    SELECT RAISE(ABORT, 'material_on_hand') WHERE (
        SELECT sum((d.state = 'confirmed') * m.handed - m.worked - m.waste - m.returned)
        FROM ledger_materialmove m JOIN ledger_delivery d ON d.id = m.delivery_id
        WHERE d.agreement_id = NEW.agreement_id AND d.state IN ('logged', 'confirmed') AND d.id <> NEW.id) < 0;
    SELECT RAISE(ABORT, 'waste_as_agreed') WHERE (
        SELECT sum(m.waste * 10000 - (d.state = 'confirmed') * m.handed * t.allowed_waste)
        FROM ledger_materialmove m JOIN ledger_delivery d ON d.id = m.delivery_id
            JOIN ledger_tollterms t ON t.agreement_id = d.agreement_id
        WHERE d.agreement_id = NEW.agreement_id AND d.state IN ('logged', 'confirmed') AND d.id <> NEW.id) > 0;
END;
-- Toll work ends with nothing on hand and nothing owed.
CREATE TRIGGER toll_ends_clear BEFORE UPDATE ON ledger_agreement
    WHEN NEW.kind = 'toll_work' AND NEW.state = 'settled' AND OLD.state <> 'settled'
BEGIN
    SELECT RAISE(ABORT, 'toll_ends_clear') WHERE EXISTS (
        SELECT 1 FROM ledger_claim c JOIN ledger_claimbalance b ON b.claim_id = c.id
        WHERE c.agreement = 'P-' || NEW.id AND (b.amount > 0 OR b.quantity > 0))
        OR (SELECT sum(m.handed - m.worked - m.waste - m.returned)
            FROM ledger_materialmove m JOIN ledger_delivery d ON d.id = m.delivery_id
            WHERE d.agreement_id = NEW.id AND d.state = 'confirmed') > 0;
END;
