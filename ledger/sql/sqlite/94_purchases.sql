-- In a joint purchase one buys for itself and for others; each of them says how much it asks for.
CREATE TRIGGER bought_for_several BEFORE UPDATE ON ledger_agreement
    WHEN NEW.kind = 'joint_purchase' AND NEW.state = 'accepted' AND OLD.state <> 'accepted'
BEGIN
    SELECT RAISE(ABORT, 'bought_for_several') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_purchaseterms t WHERE t.agreement_id = NEW.id
            AND EXISTS (SELECT 1 FROM ledger_agreementparty p
                WHERE p.agreement_id = NEW.id AND p.organization_id = t.buyer_id)
            AND EXISTS (SELECT 1 FROM ledger_purchaserequest r
                WHERE r.agreement_id = NEW.id AND r.organization_id <> t.buyer_id)
            AND NOT EXISTS (SELECT 1 FROM ledger_purchaserequest r WHERE r.agreement_id = NEW.id
                AND NOT EXISTS (SELECT 1 FROM ledger_agreementparty p
                    WHERE p.agreement_id = NEW.id AND p.organization_id = r.organization_id))
            AND NOT EXISTS (SELECT 1 FROM ledger_agreementparty p
                WHERE p.agreement_id = NEW.id AND p.organization_id <> t.buyer_id
                AND NOT EXISTS (SELECT 1 FROM ledger_purchaserequest r
                    WHERE r.agreement_id = NEW.id AND r.organization_id = p.organization_id)));
END;
-- Whoever may come to pay more than its assembly set signs with a resolution: for its request, the buyer for all.
CREATE TRIGGER purchase_signed_by_resolution BEFORE UPDATE ON ledger_agreementparty
    WHEN NEW.signed_by_id IS NOT NULL AND NEW.resolution_id IS NULL
BEGIN
    SELECT RAISE(ABORT, 'signed_by_resolution') WHERE (
            SELECT sum((r.quantity * r.most + CAST(substr('1000000000', 1, 1 + u.scale) AS integer) - 1)
                / CAST(substr('1000000000', 1, 1 + u.scale) AS integer))
            FROM ledger_purchaserequest r JOIN ledger_purchaseterms t ON t.agreement_id = r.agreement_id
                JOIN ledger_measure m ON m.id = t.measure_id JOIN ledger_unit u ON u.id = m.unit_id
            WHERE r.agreement_id = NEW.agreement_id AND NEW.organization_id IN (r.organization_id, t.buyer_id)
        ) > (
            SELECT t.amount FROM ledger_approvalthreshold t JOIN ledger_book b ON b.id = t.book_id
            WHERE b.organization_id = NEW.organization_id ORDER BY t.id DESC LIMIT 1);
END;
-- The terms and the requests stay once all have signed them.
CREATE TRIGGER purchase_terms_come_first BEFORE INSERT ON ledger_purchaseterms
BEGIN
    SELECT RAISE(ABORT, 'bought_for_several') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_agreement WHERE id = NEW.agreement_id AND kind = 'joint_purchase');
    SELECT RAISE(ABORT, 'purchase_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_purchaseterms WHERE agreement_id = NEW.agreement_id
        UNION SELECT 1 FROM ledger_agreement WHERE id = NEW.agreement_id AND state IN ('accepted', 'settled'));
END;
CREATE TRIGGER purchase_terms_stay BEFORE UPDATE ON ledger_purchaseterms
BEGIN
    SELECT RAISE(ABORT, 'purchase_stays') WHERE NEW.agreement_id <> OLD.agreement_id OR EXISTS (
        SELECT 1 FROM ledger_agreement WHERE id = OLD.agreement_id AND state IN ('accepted', 'settled'));
END;
CREATE TRIGGER purchase_terms_no_delete BEFORE DELETE ON ledger_purchaseterms
BEGIN
    SELECT RAISE(ABORT, 'purchase_stays');
END;
CREATE TRIGGER purchase_requests_come_first BEFORE INSERT ON ledger_purchaserequest
BEGIN
    SELECT RAISE(ABORT, 'bought_for_several') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_purchaseterms WHERE agreement_id = NEW.agreement_id);
    SELECT RAISE(ABORT, 'purchase_stays') FROM ledger_agreement
        WHERE id = NEW.agreement_id AND state IN ('accepted', 'settled');
END;
CREATE TRIGGER purchase_requests_stay BEFORE UPDATE ON ledger_purchaserequest
BEGIN
    SELECT RAISE(ABORT, 'purchase_stays') FROM ledger_agreement
        WHERE id IN (OLD.agreement_id, NEW.agreement_id) AND state IN ('accepted', 'settled');
END;
CREATE TRIGGER purchase_requests_no_delete BEFORE DELETE ON ledger_purchaserequest
BEGIN
    SELECT RAISE(ABORT, 'purchase_stays') FROM ledger_agreement
        WHERE id = OLD.agreement_id AND state IN ('accepted', 'settled');
END;
-- What was bought is told while the agreement runs, and stays as it was told; only where it stands changes.
CREATE TRIGGER purchase_while_it_runs BEFORE INSERT ON ledger_purchase
BEGIN
    SELECT RAISE(ABORT, 'bought_as_told') WHERE NEW.state <> 'logged' OR NOT EXISTS (
        SELECT 1 FROM ledger_agreement
        WHERE id = NEW.agreement_id AND kind = 'joint_purchase' AND state = 'accepted');
END;
CREATE TRIGGER purchase_stays BEFORE UPDATE ON ledger_purchase
BEGIN
    SELECT RAISE(ABORT, 'purchase_stays') WHERE
        (NEW.id, NEW.key, NEW.agreement_id, NEW.supplier, NEW.invoice, NEW.happened_on, NEW.quantity, NEW.net,
            NEW.vat_rate, NEW.vat, NEW.costs, NEW.costs_vat, NEW.is_paid, NEW.logged_by_id)
        IS NOT (OLD.id, OLD.key, OLD.agreement_id, OLD.supplier, OLD.invoice, OLD.happened_on, OLD.quantity, OLD.net,
            OLD.vat_rate, OLD.vat, OLD.costs, OLD.costs_vat, OLD.is_paid, OLD.logged_by_id)
        OR OLD.event_id IS NOT NULL AND NEW.event_id IS NOT OLD.event_id
        OR (OLD.state, NEW.state) NOT IN (VALUES ('logged', 'logged'), ('logged', 'confirmed'), ('logged', 'undone'),
            ('confirmed', 'confirmed'), ('confirmed', 'undone'));
END;
CREATE TRIGGER purchase_no_delete BEFORE DELETE ON ledger_purchase
BEGIN
    SELECT RAISE(ABORT, 'purchase_stays');
END;
-- No request gets more than it asked for, or at a higher price than it said.
CREATE TRIGGER bought_as_asked BEFORE INSERT ON ledger_purchasepart
BEGIN
    SELECT RAISE(ABORT, 'bought_as_told') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_purchase p JOIN ledger_purchaserequest r ON r.agreement_id = p.agreement_id
        WHERE p.id = NEW.purchase_id AND r.id = NEW.request_id AND p.state = 'logged');
    SELECT RAISE(ABORT, 'bought_as_asked') WHERE NEW.quantity + (
            SELECT coalesce(sum(o.quantity), 0) FROM ledger_purchasepart o
                JOIN ledger_purchase p ON p.id = o.purchase_id AND p.state <> 'undone'
            WHERE o.request_id = NEW.request_id)
        > (SELECT quantity FROM ledger_purchaserequest WHERE id = NEW.request_id);
    SELECT RAISE(ABORT, 'bought_at_most') FROM ledger_purchase p JOIN ledger_purchaserequest r ON r.id = NEW.request_id
            JOIN ledger_purchaseterms t ON t.agreement_id = p.agreement_id
            JOIN ledger_measure m ON m.id = t.measure_id JOIN ledger_unit u ON u.id = m.unit_id
        WHERE p.id = NEW.purchase_id AND (p.net + p.costs) * CAST(substr('1000000000', 1, 1 + u.scale) AS integer)
            > r.most * p.quantity;
END;
CREATE TRIGGER purchase_part_stays BEFORE UPDATE ON ledger_purchasepart
BEGIN
    SELECT RAISE(ABORT, 'purchase_stays');
END;
CREATE TRIGGER purchase_part_no_delete BEFORE DELETE ON ledger_purchasepart
BEGIN
    SELECT RAISE(ABORT, 'purchase_stays');
END;
-- What is entered is in the buyer's book as it was told, and its parts are exactly the whole: no hidden margin.
CREATE TRIGGER purchase_is_entered BEFORE UPDATE ON ledger_purchase
    WHEN NEW.state = 'confirmed' AND OLD.state <> 'confirmed'
BEGIN
    SELECT RAISE(ABORT, 'shared_out_whole') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_purchasepart s WHERE s.purchase_id = NEW.id
        GROUP BY s.purchase_id HAVING sum(s.quantity) = NEW.quantity AND sum(s.amount) = NEW.net + NEW.costs
            AND sum(s.vat) = NEW.vat + NEW.costs_vat);
    SELECT RAISE(ABORT, 'bought_as_told') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_posting g JOIN ledger_account a ON a.id = g.account_id
            JOIN ledger_book b ON b.id = a.book_id JOIN ledger_purchaseterms t ON t.buyer_id = b.organization_id
        WHERE g.event_id = NEW.event_id AND t.agreement_id = NEW.agreement_id
        GROUP BY g.event_id HAVING sum(g.amount * (a.number = '1301')) = NEW.net + NEW.costs
            AND sum(coalesce(g.quantity, 0) * (a.number = '1301')) = NEW.quantity
            AND sum(g.amount * (a.number = '1203')) = NEW.vat + NEW.costs_vat
            AND sum(g.amount * (a.number = CASE NEW.is_paid WHEN 1 THEN '1102' ELSE '2101' END))
                = -(NEW.net + NEW.costs + NEW.vat + NEW.costs_vat));
END;
-- It is taken back whole: with its entry, and before any of it is handed over.
CREATE TRIGGER purchase_is_undone BEFORE UPDATE ON ledger_purchase WHEN NEW.state = 'undone' AND OLD.state <> 'undone'
BEGIN
    SELECT RAISE(ABORT, 'handed_once') FROM ledger_purchasehandover h
            JOIN ledger_purchasepart s ON s.id = h.part_id JOIN ledger_delivery d ON d.id = h.delivery_id
        WHERE s.purchase_id = NEW.id AND d.state IN ('logged', 'confirmed');
    SELECT RAISE(ABORT, 'bought_as_told') WHERE NEW.event_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM ledger_event WHERE reverses_id = NEW.event_id);
END;
-- A part is handed over once, by the buyer to whoever asked for it, and then stands in both books at cost.
CREATE TRIGGER bought_delivery_is_told BEFORE INSERT ON ledger_delivery WHEN NEW.act = 'bought'
BEGIN
    SELECT RAISE(ABORT, 'bought_as_told') WHERE NEW.state <> 'logged';
END;
CREATE TRIGGER handed_once BEFORE INSERT ON ledger_purchasehandover
BEGIN
    SELECT RAISE(ABORT, 'bought_as_told') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_delivery d JOIN ledger_purchaseterms t ON t.agreement_id = d.agreement_id
            JOIN ledger_purchase p ON p.agreement_id = d.agreement_id AND p.state = 'confirmed'
            JOIN ledger_purchasepart s ON s.purchase_id = p.id JOIN ledger_purchaserequest r ON r.id = s.request_id
        WHERE d.id = NEW.delivery_id AND s.id = NEW.part_id AND d.act = 'bought' AND d.state = 'logged'
            AND d.giver_id = t.buyer_id AND d.receiver_id = r.organization_id);
    SELECT RAISE(ABORT, 'handed_once') FROM ledger_purchasehandover h JOIN ledger_delivery d ON d.id = h.delivery_id
        WHERE h.part_id = NEW.part_id AND d.state IN ('logged', 'confirmed');
END;
CREATE TRIGGER handover_stays BEFORE UPDATE ON ledger_purchasehandover
BEGIN
    SELECT RAISE(ABORT, 'purchase_stays');
END;
CREATE TRIGGER handover_no_delete BEFORE DELETE ON ledger_purchasehandover
BEGIN
    SELECT RAISE(ABORT, 'purchase_stays');
END;
CREATE TRIGGER handed_at_cost BEFORE UPDATE ON ledger_delivery
    WHEN NEW.act = 'bought' AND NEW.state = 'confirmed' AND OLD.state <> 'confirmed'
BEGIN
    SELECT RAISE(ABORT, 'bought_as_told') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_purchasehandover h JOIN ledger_purchasepart s ON s.id = h.part_id
            JOIN ledger_posting g ON g.event_id = NEW.event_id JOIN ledger_account a ON a.id = g.account_id
            JOIN ledger_book b ON b.id = a.book_id
        WHERE h.delivery_id = NEW.id
        GROUP BY h.delivery_id HAVING sum(g.amount * (a.number = '1301' AND b.organization_id = NEW.receiver_id)) = max(s.amount)
            AND sum(coalesce(g.quantity, 0) * (a.number = '1301' AND b.organization_id = NEW.receiver_id))
                = max(s.quantity)
            AND sum(g.amount * (a.number = '1301' AND b.organization_id = NEW.giver_id)) = -max(s.amount)
            AND sum(g.amount * (a.number IN ('1202', '2102') AND b.organization_id = NEW.giver_id))
                = max(s.amount) + max(s.vat));
END;
-- It ends with nothing owed, nothing to be entered and nothing to be handed over.
CREATE TRIGGER purchase_ends_clear BEFORE UPDATE ON ledger_agreement
    WHEN NEW.kind = 'joint_purchase' AND NEW.state = 'settled' AND OLD.state <> 'settled'
BEGIN
    SELECT RAISE(ABORT, 'purchase_ends_clear') WHERE EXISTS (
        SELECT 1 FROM ledger_claim c JOIN ledger_claimbalance b ON b.claim_id = c.id
        WHERE c.agreement = 'P-' || NEW.id AND (b.amount > 0 OR b.quantity > 0)
    ) OR EXISTS (
        SELECT 1 FROM ledger_purchase p WHERE p.agreement_id = NEW.id AND p.state = 'logged'
    ) OR EXISTS (
        SELECT 1 FROM ledger_purchase p JOIN ledger_purchasepart s ON s.purchase_id = p.id
            JOIN ledger_purchaserequest r ON r.id = s.request_id
            JOIN ledger_purchaseterms t ON t.agreement_id = p.agreement_id
        WHERE p.agreement_id = NEW.id AND p.state = 'confirmed' AND r.organization_id <> t.buyer_id
            AND NOT EXISTS (SELECT 1 FROM ledger_purchasehandover h JOIN ledger_delivery d ON d.id = h.delivery_id
                WHERE h.part_id = s.id AND d.state = 'confirmed'));
END;
