-- Toll work is agreed on by two: whose material it is, and who works it for a fee; goods pay no more than the fee.
CREATE OR REPLACE FUNCTION ledger_tolled_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM ledger_tollterms t WHERE t.agreement_id = NEW.id
            AND (SELECT count(*) FROM ledger_agreementparty p WHERE p.agreement_id = NEW.id) = 2
            AND (SELECT count(*) FROM ledger_agreementparty p WHERE p.agreement_id = NEW.id
                AND p.organization_id IN (t.principal_id, t.worker_id)) = 2
            AND (SELECT count(*) FROM ledger_agreementline l WHERE l.agreement_id = NEW.id
                AND l.giver_id = t.worker_id AND l.receiver_id = t.principal_id) = 1
            AND (SELECT count(*) FROM ledger_agreementline l WHERE l.agreement_id = NEW.id) <= 2
            AND (SELECT sum(CASE WHEN l.giver_id = t.worker_id THEN l.value ELSE -l.value END)
                FROM ledger_agreementline l WHERE l.agreement_id = NEW.id) >= 0)
    THEN
        PERFORM ledger_refuse('tolled_by_two');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER tolled_by_two BEFORE UPDATE ON ledger_agreement
    FOR EACH ROW WHEN (NEW.kind = 'toll_work' AND NEW.state = 'accepted' AND OLD.state <> 'accepted')
    EXECUTE FUNCTION ledger_tolled_by_two();
-- Whoever owes a fee beyond the amount that its assembly set signs with a resolution, however it is paid.
CREATE OR REPLACE FUNCTION ledger_toll_fee_by_resolution() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (
            SELECT sum(l.value) FROM ledger_agreementline l JOIN ledger_tollterms t ON t.agreement_id = l.agreement_id
            WHERE l.agreement_id = NEW.agreement_id AND l.giver_id = t.worker_id
                AND t.principal_id = NEW.organization_id
        ) > (
            SELECT t.amount FROM ledger_approvalthreshold t JOIN ledger_book b ON b.id = t.book_id
            WHERE b.organization_id = NEW.organization_id ORDER BY t.id DESC LIMIT 1)
    THEN
        PERFORM ledger_refuse('signed_by_resolution');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER toll_fee_by_resolution BEFORE INSERT OR UPDATE ON ledger_agreementparty
    FOR EACH ROW WHEN (NEW.signed_by_id IS NOT NULL AND NEW.resolution_id IS NULL)
    EXECUTE FUNCTION ledger_toll_fee_by_resolution();
-- The terms stay once both have signed them, and what was told of the material stays at once.
CREATE OR REPLACE FUNCTION ledger_toll_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM ledger_agreement WHERE id = NEW.agreement_id AND kind = 'toll_work') THEN
        PERFORM ledger_refuse('tolled_by_two');
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.agreement_id <> OLD.agreement_id OR EXISTS (
        SELECT FROM ledger_agreement WHERE id = NEW.agreement_id AND state IN ('accepted', 'settled'))
    THEN
        PERFORM ledger_refuse('tolled_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER toll_terms BEFORE INSERT OR UPDATE ON ledger_tollterms
    FOR EACH ROW EXECUTE FUNCTION ledger_toll_terms();
CREATE OR REPLACE FUNCTION ledger_tolled_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_refuse('tolled_stays');
    RETURN NULL;
END $$;
CREATE TRIGGER toll_terms_no_delete BEFORE DELETE ON ledger_tollterms
    FOR EACH ROW EXECUTE FUNCTION ledger_tolled_stays();
CREATE TRIGGER toll_terms_no_truncate BEFORE TRUNCATE ON ledger_tollterms
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_tolled_stays();
CREATE TRIGGER materialmove_stays BEFORE UPDATE OR DELETE ON ledger_materialmove
    FOR EACH ROW EXECUTE FUNCTION ledger_tolled_stays();
CREATE TRIGGER materialmove_no_truncate BEFORE TRUNCATE ON ledger_materialmove
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_tolled_stays();
CREATE TRIGGER materialcost_stays BEFORE UPDATE OR DELETE ON ledger_materialcost
    FOR EACH ROW EXECUTE FUNCTION ledger_tolled_stays();
CREATE TRIGGER materialcost_no_truncate BEFORE TRUNCATE ON ledger_materialcost
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_tolled_stays();
CREATE OR REPLACE FUNCTION ledger_material_cost() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM ledger_delivery WHERE id = NEW.move_id AND state <> 'logged')
    THEN
        PERFORM ledger_refuse('tolled_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER materialcost_comes_first BEFORE INSERT ON ledger_materialcost
    FOR EACH ROW EXECUTE FUNCTION ledger_material_cost();
-- Material is handed over by its owner, as much as was agreed; no more leaves than was received and confirmed, and no
-- more is lost than was agreed. The agreement
-- is held, so that two who tell of it come one after the other.
CREATE OR REPLACE FUNCTION ledger_material_within_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    agreed record;
    told record;
BEGIN
    SELECT a.id, a.state, t.* INTO agreed FROM ledger_agreement a JOIN ledger_delivery d ON d.agreement_id = a.id
            JOIN ledger_tollterms t ON t.agreement_id = a.id
        WHERE d.id = NEW.delivery_id FOR UPDATE OF a;
    IF NOT EXISTS (
        SELECT FROM ledger_delivery d
        WHERE d.id = NEW.delivery_id AND d.state = 'logged' AND agreed.state = 'accepted'
            AND (d.act = 'material' AND d.giver_id = agreed.principal_id AND d.receiver_id = agreed.worker_id
                    AND NEW.handed > 0
                OR d.giver_id = agreed.worker_id AND d.receiver_id = agreed.principal_id AND NEW.handed = 0
                    AND (d.act = 'goods') = (NEW.worked > 0) AND d.act IN ('goods', 'material')))
    THEN
        PERFORM ledger_refuse('material_while_it_runs');
    END IF;
    SELECT coalesce(sum(m.handed), 0) AS handed,
            coalesce(sum(m.handed) FILTER (WHERE d.state = 'confirmed'), 0) AS received,
            coalesce(sum(m.worked + m.waste + m.returned), 0) AS taken, coalesce(sum(m.waste), 0) AS waste
        INTO told FROM ledger_materialmove m JOIN ledger_delivery d ON d.id = m.delivery_id
        WHERE d.agreement_id = agreed.id AND d.state IN ('logged', 'confirmed');
    IF NEW.handed > 0 AND told.handed + NEW.handed > agreed.quantity THEN
        PERFORM ledger_refuse('handed_as_agreed');
    END IF;
    IF NEW.handed = 0 AND told.taken + NEW.worked + NEW.waste + NEW.returned > told.received THEN
        PERFORM ledger_refuse('material_on_hand');
    END IF;
    IF NEW.waste > 0 AND (told.waste + NEW.waste) * 10000 > told.received * agreed.allowed_waste THEN
        PERFORM ledger_refuse('waste_as_agreed');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER material_within_agreed BEFORE INSERT ON ledger_materialmove
    FOR EACH ROW EXECUTE FUNCTION ledger_material_within_agreed();
-- What is confirmed is in both books as it was told: the material in the memo accounts of whoever works it, its cost in
-- the book of its owner. Work is not delivered without a word on the material.
CREATE OR REPLACE FUNCTION ledger_material_as_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.act = 'material' OR EXISTS (
        SELECT FROM ledger_tollterms WHERE agreement_id = NEW.agreement_id AND worker_id = NEW.giver_id)
    ) AND NOT EXISTS (
        SELECT FROM ledger_materialmove m JOIN ledger_materialcost c ON c.move_id = m.delivery_id
            JOIN ledger_tollterms t ON t.agreement_id = NEW.agreement_id
            JOIN ledger_book p ON p.organization_id = t.principal_id
            JOIN ledger_book w ON w.organization_id = t.worker_id
        WHERE m.delivery_id = NEW.id
            AND m.handed - m.worked - m.waste - m.returned = (
                SELECT coalesce(sum(g.amount), 0) FROM ledger_posting g JOIN ledger_account a ON a.id = g.account_id
                WHERE g.event_id = NEW.event_id AND a.book_id = w.id AND a.number = '9101')
            AND CASE WHEN m.handed > 0 THEN c.amount ELSE -c.amount - c.returned END = (
                SELECT coalesce(sum(g.amount), 0) FROM ledger_posting g JOIN ledger_account a ON a.id = g.account_id
                WHERE g.event_id = NEW.event_id AND a.book_id = p.id AND a.number = '1304'))
    THEN
        PERFORM ledger_refuse('material_as_told');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER material_as_told BEFORE UPDATE ON ledger_delivery
    FOR EACH ROW WHEN (NEW.act IN ('goods', 'material') AND NEW.state = 'confirmed' AND OLD.state <> 'confirmed')
    EXECUTE FUNCTION ledger_material_as_told();
-- What was handed over is not undone under what became of it.
CREATE OR REPLACE FUNCTION ledger_worked_since() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told record;
BEGIN
    IF EXISTS (SELECT FROM ledger_materialmove WHERE delivery_id = NEW.id AND handed > 0) AND EXISTS (
        SELECT FROM ledger_materialmove m JOIN ledger_delivery d ON d.id = m.delivery_id
        WHERE d.agreement_id = NEW.agreement_id AND d.state = 'confirmed' AND m.handed = 0
            AND d.event_id > OLD.event_id)
    THEN
        PERFORM ledger_refuse('worked_since');
    END IF;
    SELECT coalesce(sum(m.handed) FILTER (WHERE d.state = 'confirmed'), 0) AS received,
            coalesce(sum(m.worked + m.waste + m.returned), 0) AS taken, coalesce(sum(m.waste), 0) AS waste
        INTO told FROM ledger_materialmove m JOIN ledger_delivery d ON d.id = m.delivery_id
        WHERE d.agreement_id = NEW.agreement_id AND d.state IN ('logged', 'confirmed') AND d.id <> NEW.id;
    IF told.taken > told.received THEN
        PERFORM ledger_refuse('material_on_hand');
    END IF;
    IF told.waste * 10000 > told.received * (
        SELECT allowed_waste FROM ledger_tollterms WHERE agreement_id = NEW.agreement_id)
    THEN
        PERFORM ledger_refuse('waste_as_agreed');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER worked_since BEFORE UPDATE ON ledger_delivery
    FOR EACH ROW WHEN (NEW.act = 'material' AND NEW.state = 'reversed' AND OLD.state = 'confirmed')
    EXECUTE FUNCTION ledger_worked_since();
-- Toll work ends with nothing on hand and nothing owed.
CREATE OR REPLACE FUNCTION ledger_toll_ends_clear() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM ledger_claim c JOIN ledger_claimbalance b ON b.claim_id = c.id
        WHERE c.agreement = 'P-' || NEW.id AND (b.amount > 0 OR b.quantity > 0))
        OR (SELECT sum(m.handed - m.worked - m.waste - m.returned)
            FROM ledger_materialmove m JOIN ledger_delivery d ON d.id = m.delivery_id
            WHERE d.agreement_id = NEW.id AND d.state = 'confirmed') > 0
    THEN
        PERFORM ledger_refuse('toll_ends_clear');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER toll_ends_clear BEFORE UPDATE ON ledger_agreement
    FOR EACH ROW WHEN (NEW.kind = 'toll_work' AND NEW.state = 'settled' AND OLD.state <> 'settled')
    EXECUTE FUNCTION ledger_toll_ends_clear();
