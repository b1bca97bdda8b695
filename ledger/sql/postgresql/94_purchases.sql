-- In a joint purchase one buys for itself and for others; each of them says how much it asks for.
CREATE OR REPLACE FUNCTION ledger_bought_for_several() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM ledger_purchaseterms t WHERE t.agreement_id = NEW.id
            AND EXISTS (SELECT FROM ledger_agreementparty p
                WHERE p.agreement_id = NEW.id AND p.organization_id = t.buyer_id)
            AND EXISTS (SELECT FROM ledger_purchaserequest r
                WHERE r.agreement_id = NEW.id AND r.organization_id <> t.buyer_id)
            AND NOT EXISTS (SELECT FROM ledger_purchaserequest r WHERE r.agreement_id = NEW.id
                AND NOT EXISTS (SELECT FROM ledger_agreementparty p
                    WHERE p.agreement_id = NEW.id AND p.organization_id = r.organization_id))
            AND NOT EXISTS (SELECT FROM ledger_agreementparty p
                WHERE p.agreement_id = NEW.id AND p.organization_id <> t.buyer_id
                AND NOT EXISTS (SELECT FROM ledger_purchaserequest r
                    WHERE r.agreement_id = NEW.id AND r.organization_id = p.organization_id)))
    THEN
        PERFORM ledger_refuse('bought_for_several');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bought_for_several BEFORE UPDATE ON ledger_agreement
    FOR EACH ROW WHEN (NEW.kind = 'joint_purchase' AND NEW.state = 'accepted' AND OLD.state <> 'accepted')
    EXECUTE FUNCTION ledger_bought_for_several();
-- Whoever may come to pay more than its assembly set signs with a resolution: for its request, the buyer for all.
CREATE OR REPLACE FUNCTION ledger_purchase_by_resolution() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (
            SELECT sum(ceil(r.quantity::numeric * r.most / power(10::numeric, u.scale)))
            FROM ledger_purchaserequest r JOIN ledger_purchaseterms t ON t.agreement_id = r.agreement_id
                JOIN ledger_measure m ON m.id = t.measure_id JOIN ledger_unit u ON u.id = m.unit_id
            WHERE r.agreement_id = NEW.agreement_id AND NEW.organization_id IN (r.organization_id, t.buyer_id)
        ) > (
            SELECT t.amount FROM ledger_approvalthreshold t JOIN ledger_book b ON b.id = t.book_id
            WHERE b.organization_id = NEW.organization_id ORDER BY t.id DESC LIMIT 1)
    THEN
        PERFORM ledger_refuse('signed_by_resolution');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER purchase_by_resolution BEFORE INSERT OR UPDATE ON ledger_agreementparty
    FOR EACH ROW WHEN (NEW.signed_by_id IS NOT NULL AND NEW.resolution_id IS NULL)
    EXECUTE FUNCTION ledger_purchase_by_resolution();
-- The terms and the requests stay once all have signed them.
CREATE OR REPLACE FUNCTION ledger_purchase_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_refuse('purchase_stays');
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION ledger_purchase_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND (
        TG_TABLE_NAME = 'ledger_purchaseterms' AND NOT EXISTS (
            SELECT FROM ledger_agreement WHERE id = NEW.agreement_id AND kind = 'joint_purchase')
        OR TG_TABLE_NAME = 'ledger_purchaserequest' AND NOT EXISTS (
            SELECT FROM ledger_purchaseterms WHERE agreement_id = NEW.agreement_id))
    THEN
        PERFORM ledger_refuse('bought_for_several');
    END IF;
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'ledger_purchaseterms'
        OR TG_OP = 'UPDATE' AND NEW.agreement_id <> OLD.agreement_id
        OR EXISTS (SELECT FROM ledger_agreement WHERE state IN ('accepted', 'settled')
            AND id = CASE TG_OP WHEN 'DELETE' THEN OLD.agreement_id ELSE NEW.agreement_id END)
    THEN
        PERFORM ledger_refuse('purchase_stays');
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER purchase_terms BEFORE INSERT OR UPDATE OR DELETE ON ledger_purchaseterms
    FOR EACH ROW EXECUTE FUNCTION ledger_purchase_terms();
CREATE TRIGGER purchase_requests BEFORE INSERT OR UPDATE OR DELETE ON ledger_purchaserequest
    FOR EACH ROW EXECUTE FUNCTION ledger_purchase_terms();
CREATE TRIGGER purchase_terms_no_truncate BEFORE TRUNCATE ON ledger_purchaseterms
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_purchase_stays();
CREATE TRIGGER purchase_requests_no_truncate BEFORE TRUNCATE ON ledger_purchaserequest
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_purchase_stays();
-- What was bought is told while the agreement runs, and stays as it was told; only where it stands changes. What is
-- entered is in the buyer's book as it was told, and its parts are exactly the whole: no hidden margin. It is taken back
-- whole: with its entry, and before any of it is handed over.
CREATE OR REPLACE FUNCTION ledger_purchase_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM ledger_agreement WHERE id = NEW.agreement_id FOR UPDATE;
    IF NEW.state <> 'logged' OR NOT EXISTS (
        SELECT FROM ledger_agreement WHERE id = NEW.agreement_id AND kind = 'joint_purchase' AND state = 'accepted')
    THEN
        PERFORM ledger_refuse('bought_as_told');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER purchase_told BEFORE INSERT ON ledger_purchase
    FOR EACH ROW EXECUTE FUNCTION ledger_purchase_told();
CREATE OR REPLACE FUNCTION ledger_purchase_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.key, NEW.agreement_id, NEW.supplier, NEW.invoice, NEW.happened_on, NEW.quantity, NEW.net,
            NEW.vat_rate, NEW.vat, NEW.costs, NEW.costs_vat, NEW.is_paid, NEW.logged_by_id)
        IS DISTINCT FROM (OLD.id, OLD.key, OLD.agreement_id, OLD.supplier, OLD.invoice, OLD.happened_on, OLD.quantity,
            OLD.net, OLD.vat_rate, OLD.vat, OLD.costs, OLD.costs_vat, OLD.is_paid, OLD.logged_by_id)
        OR OLD.event_id IS NOT NULL AND NEW.event_id IS DISTINCT FROM OLD.event_id
        OR OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
            ('logged', 'confirmed'), ('logged', 'undone'), ('confirmed', 'undone'))
    THEN
        PERFORM ledger_refuse('purchase_stays');
    END IF;
    IF NEW.state = OLD.state THEN
        RETURN NEW;
    END IF;
    PERFORM FROM ledger_agreement WHERE id = NEW.agreement_id FOR UPDATE;
    IF NEW.state = 'confirmed' THEN
        IF NOT EXISTS (
            SELECT FROM ledger_purchasepart s WHERE s.purchase_id = NEW.id
            HAVING sum(s.quantity) = NEW.quantity AND sum(s.amount) = NEW.net + NEW.costs
                AND sum(s.vat) = NEW.vat + NEW.costs_vat)
        THEN
            PERFORM ledger_refuse('shared_out_whole');
        END IF;
        IF NOT EXISTS (
            SELECT FROM ledger_posting g JOIN ledger_account a ON a.id = g.account_id
                JOIN ledger_book b ON b.id = a.book_id JOIN ledger_purchaseterms t ON t.buyer_id = b.organization_id
            WHERE g.event_id = NEW.event_id AND t.agreement_id = NEW.agreement_id
            HAVING coalesce(sum(g.amount) FILTER (WHERE a.number = '1301'), 0) = NEW.net + NEW.costs
                AND coalesce(sum(g.quantity) FILTER (WHERE a.number = '1301'), 0) = NEW.quantity
                AND coalesce(sum(g.amount) FILTER (WHERE a.number = '1203'), 0) = NEW.vat + NEW.costs_vat
                AND coalesce(sum(g.amount) FILTER (
                        WHERE a.number = (CASE WHEN NEW.is_paid THEN '1102' ELSE '2101' END)), 0)
                    = -(NEW.net + NEW.costs + NEW.vat + NEW.costs_vat))
        THEN
            PERFORM ledger_refuse('bought_as_told');
        END IF;
    ELSE
        IF EXISTS (
            SELECT FROM ledger_purchasehandover h JOIN ledger_purchasepart s ON s.id = h.part_id
                JOIN ledger_delivery d ON d.id = h.delivery_id
            WHERE s.purchase_id = NEW.id AND d.state IN ('logged', 'confirmed'))
        THEN
            PERFORM ledger_refuse('handed_once');
        END IF;
        IF NEW.event_id IS NOT NULL AND NOT EXISTS (SELECT FROM ledger_event WHERE reverses_id = NEW.event_id) THEN
            PERFORM ledger_refuse('bought_as_told');
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER purchase_moves BEFORE UPDATE ON ledger_purchase
    FOR EACH ROW EXECUTE FUNCTION ledger_purchase_moves();
CREATE TRIGGER purchase_no_delete BEFORE DELETE ON ledger_purchase
    FOR EACH ROW EXECUTE FUNCTION ledger_purchase_stays();
CREATE TRIGGER purchase_no_truncate BEFORE TRUNCATE ON ledger_purchase
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_purchase_stays();
-- No request gets more than it asked for, or at a higher price than it said.
CREATE OR REPLACE FUNCTION ledger_bought_as_asked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told record;
BEGIN
    SELECT p.net + p.costs AS amount, p.quantity AS whole, r.quantity, r.most, u.scale INTO told
        FROM ledger_purchase p JOIN ledger_purchaserequest r ON r.agreement_id = p.agreement_id
            JOIN ledger_purchaseterms t ON t.agreement_id = p.agreement_id
            JOIN ledger_measure m ON m.id = t.measure_id JOIN ledger_unit u ON u.id = m.unit_id
        WHERE p.id = NEW.purchase_id AND r.id = NEW.request_id AND p.state = 'logged';
    IF NOT FOUND THEN
        PERFORM ledger_refuse('bought_as_told');
    END IF;
    IF NEW.quantity + (
            SELECT coalesce(sum(o.quantity), 0) FROM ledger_purchasepart o
                JOIN ledger_purchase p ON p.id = o.purchase_id AND p.state <> 'undone'
            WHERE o.request_id = NEW.request_id) > told.quantity
    THEN
        PERFORM ledger_refuse('bought_as_asked');
    END IF;
    IF told.amount * power(10::numeric, told.scale) > told.most::numeric * told.whole THEN
        PERFORM ledger_refuse('bought_at_most');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bought_as_asked BEFORE INSERT ON ledger_purchasepart
    FOR EACH ROW EXECUTE FUNCTION ledger_bought_as_asked();
CREATE TRIGGER purchase_part_stays BEFORE UPDATE OR DELETE ON ledger_purchasepart
    FOR EACH ROW EXECUTE FUNCTION ledger_purchase_stays();
CREATE TRIGGER purchase_part_no_truncate BEFORE TRUNCATE ON ledger_purchasepart
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_purchase_stays();
-- A part is handed over once, by the buyer to whoever asked for it, and then stands in both books at cost.
CREATE OR REPLACE FUNCTION ledger_bought_delivery_is_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_refuse('bought_as_told');
    RETURN NULL;
END $$;
CREATE TRIGGER bought_delivery_is_told BEFORE INSERT ON ledger_delivery
    FOR EACH ROW WHEN (NEW.act = 'bought' AND NEW.state <> 'logged')
    EXECUTE FUNCTION ledger_bought_delivery_is_told();
CREATE OR REPLACE FUNCTION ledger_handed_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM ledger_agreement a JOIN ledger_delivery d ON d.agreement_id = a.id
        WHERE d.id = NEW.delivery_id FOR UPDATE OF a;
    IF NOT EXISTS (
        SELECT FROM ledger_delivery d JOIN ledger_purchaseterms t ON t.agreement_id = d.agreement_id
            JOIN ledger_purchase p ON p.agreement_id = d.agreement_id AND p.state = 'confirmed'
            JOIN ledger_purchasepart s ON s.purchase_id = p.id JOIN ledger_purchaserequest r ON r.id = s.request_id
        WHERE d.id = NEW.delivery_id AND s.id = NEW.part_id AND d.act = 'bought' AND d.state = 'logged'
            AND d.giver_id = t.buyer_id AND d.receiver_id = r.organization_id)
    THEN
        PERFORM ledger_refuse('bought_as_told');
    END IF;
    IF EXISTS (
        SELECT FROM ledger_purchasehandover h JOIN ledger_delivery d ON d.id = h.delivery_id
        WHERE h.part_id = NEW.part_id AND d.state IN ('logged', 'confirmed'))
    THEN
        PERFORM ledger_refuse('handed_once');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER handed_once BEFORE INSERT ON ledger_purchasehandover
    FOR EACH ROW EXECUTE FUNCTION ledger_handed_once();
CREATE TRIGGER handover_stays BEFORE UPDATE OR DELETE ON ledger_purchasehandover
    FOR EACH ROW EXECUTE FUNCTION ledger_purchase_stays();
CREATE TRIGGER handover_no_truncate BEFORE TRUNCATE ON ledger_purchasehandover
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_purchase_stays();
CREATE OR REPLACE FUNCTION ledger_handed_at_cost() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM ledger_purchasehandover h JOIN ledger_purchasepart s ON s.id = h.part_id
            JOIN ledger_posting g ON g.event_id = NEW.event_id JOIN ledger_account a ON a.id = g.account_id
            JOIN ledger_book b ON b.id = a.book_id
        WHERE h.delivery_id = NEW.id
        HAVING coalesce(sum(g.amount) FILTER (
                WHERE a.number = '1301' AND b.organization_id = NEW.receiver_id), 0) = max(s.amount)
            AND coalesce(sum(g.quantity) FILTER (
                WHERE a.number = '1301' AND b.organization_id = NEW.receiver_id), 0) = max(s.quantity)
            AND coalesce(sum(g.amount) FILTER (
                WHERE a.number = '1301' AND b.organization_id = NEW.giver_id), 0) = -max(s.amount)
            AND coalesce(sum(g.amount) FILTER (
                WHERE a.number IN ('1202', '2102') AND b.organization_id = NEW.giver_id), 0)
                = max(s.amount) + max(s.vat))
    THEN
        PERFORM ledger_refuse('bought_as_told');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER handed_at_cost BEFORE UPDATE ON ledger_delivery
    FOR EACH ROW WHEN (NEW.act = 'bought' AND NEW.state = 'confirmed' AND OLD.state <> 'confirmed')
    EXECUTE FUNCTION ledger_handed_at_cost();
-- It ends with nothing owed, nothing to be entered and nothing to be handed over.
CREATE OR REPLACE FUNCTION ledger_purchase_ends_clear() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM ledger_claim c JOIN ledger_claimbalance b ON b.claim_id = c.id
        WHERE c.agreement = 'P-' || NEW.id AND (b.amount > 0 OR b.quantity > 0)
    ) OR EXISTS (
        SELECT FROM ledger_purchase p WHERE p.agreement_id = NEW.id AND p.state = 'logged'
    ) OR EXISTS (
        SELECT FROM ledger_purchase p JOIN ledger_purchasepart s ON s.purchase_id = p.id
            JOIN ledger_purchaserequest r ON r.id = s.request_id
            JOIN ledger_purchaseterms t ON t.agreement_id = p.agreement_id
        WHERE p.agreement_id = NEW.id AND p.state = 'confirmed' AND r.organization_id <> t.buyer_id
            AND NOT EXISTS (SELECT FROM ledger_purchasehandover h JOIN ledger_delivery d ON d.id = h.delivery_id
                WHERE h.part_id = s.id AND d.state = 'confirmed'))
    THEN
        PERFORM ledger_refuse('purchase_ends_clear');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER purchase_ends_clear BEFORE UPDATE ON ledger_agreement
    FOR EACH ROW WHEN (NEW.kind = 'joint_purchase' AND NEW.state = 'settled' AND OLD.state <> 'settled')
    EXECUTE FUNCTION ledger_purchase_ends_clear();
