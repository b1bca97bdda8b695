-- The parts of a co-production are exactly the whole, each stage is done by one of those who agree, and each of them
-- does a stage, leads, or receives the levy: a body above that does neither.
CREATE TRIGGER parts_are_the_whole BEFORE UPDATE ON ledger_agreement
    WHEN NEW.kind = 'coproduction' AND NEW.state = 'accepted' AND OLD.state <> 'accepted'
BEGIN
    SELECT RAISE(ABORT, 'parts_are_the_whole') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_coproductionterms t WHERE t.agreement_id = NEW.id
            AND (SELECT sum(s.part) FROM ledger_coproductionstage s WHERE s.agreement_id = NEW.id)
                = CASE t.split WHEN 'shares' THEN 1000000 ELSE t.price END
            AND NOT EXISTS (SELECT 1 FROM ledger_coproductionstage s WHERE s.agreement_id = NEW.id
                AND (s.party_id = t.fund_id OR NOT EXISTS (SELECT 1 FROM ledger_agreementparty p
                    WHERE p.agreement_id = NEW.id AND p.organization_id = s.party_id)))
            AND EXISTS (SELECT 1 FROM ledger_agreementparty p
                WHERE p.agreement_id = NEW.id AND p.organization_id = t.lead_id)
            AND (t.fund_id IS NULL OR EXISTS (SELECT 1 FROM ledger_agreementparty p
                JOIN network_organization o ON o.id = p.organization_id
                WHERE p.agreement_id = NEW.id AND p.organization_id = t.fund_id
                    AND o.kind IN ('federation', 'confederation', 'sector_network')))
            AND NOT EXISTS (SELECT 1 FROM ledger_agreementparty p
                WHERE p.agreement_id = NEW.id AND p.organization_id NOT IN (t.lead_id, coalesce(t.fund_id, 0))
                    AND NOT EXISTS (SELECT 1 FROM ledger_coproductionstage s
                        WHERE s.agreement_id = NEW.id AND s.party_id = p.organization_id))
            AND (SELECT count(*) FROM ledger_agreementparty p
                WHERE p.agreement_id = NEW.id AND p.organization_id <> coalesce(t.fund_id, 0)) >= 2);
END;
-- The terms and the stages stay once all have signed them.
CREATE TRIGGER coproduction_terms_come_first BEFORE INSERT ON ledger_coproductionterms
BEGIN
    SELECT RAISE(ABORT, 'coproduced_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_coproductionterms WHERE agreement_id = NEW.agreement_id
        UNION SELECT 1 FROM ledger_agreement WHERE id = NEW.agreement_id AND state IN ('accepted', 'settled'));
END;
CREATE TRIGGER coproduction_terms_stay BEFORE UPDATE ON ledger_coproductionterms
BEGIN
    SELECT RAISE(ABORT, 'coproduced_stays') WHERE NEW.agreement_id <> OLD.agreement_id OR EXISTS (
        SELECT 1 FROM ledger_agreement WHERE id = OLD.agreement_id AND state IN ('accepted', 'settled'));
END;
CREATE TRIGGER coproduction_terms_no_delete BEFORE DELETE ON ledger_coproductionterms
BEGIN
    SELECT RAISE(ABORT, 'coproduced_stays');
END;
CREATE TRIGGER coproduction_stages_come_first BEFORE INSERT ON ledger_coproductionstage
BEGIN
    SELECT RAISE(ABORT, 'coproduced_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_coproductionstage
        WHERE id = NEW.id OR (agreement_id = NEW.agreement_id AND number = NEW.number)
        UNION SELECT 1 FROM ledger_agreement WHERE id = NEW.agreement_id AND state IN ('accepted', 'settled'));
END;
CREATE TRIGGER coproduction_stages_stay BEFORE UPDATE ON ledger_coproductionstage
BEGIN
    SELECT RAISE(ABORT, 'coproduced_stays') WHERE EXISTS (SELECT 1 FROM ledger_agreement
        WHERE id IN (NEW.agreement_id, OLD.agreement_id) AND state IN ('accepted', 'settled'));
END;
CREATE TRIGGER coproduction_stages_no_delete BEFORE DELETE ON ledger_coproductionstage
BEGIN
    SELECT RAISE(ABORT, 'coproduced_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_agreement WHERE id = OLD.agreement_id AND state IN ('accepted', 'settled'));
END;
-- A stage goes forward, as whoever does it says, while the co-production runs.
CREATE TRIGGER stage_goes_forward BEFORE INSERT ON ledger_stageprogress
BEGIN
    SELECT RAISE(ABORT, 'coproduced_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_stageprogress WHERE delivery_id = NEW.delivery_id);
    SELECT RAISE(ABORT, 'stage_goes_forward') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_delivery d JOIN ledger_agreement a ON a.id = d.agreement_id
            JOIN ledger_coproductionstage s ON s.agreement_id = d.agreement_id
        WHERE d.id = NEW.delivery_id AND s.id = NEW.stage_id AND d.act = 'progress' AND d.state = 'logged'
            AND a.state = 'accepted' AND d.giver_id = s.party_id
    ) OR EXISTS (
        SELECT 1 FROM ledger_stageprogress p JOIN ledger_delivery d ON d.id = p.delivery_id
        WHERE p.stage_id = NEW.stage_id AND d.state IN ('logged', 'confirmed') AND p.percent >= NEW.percent);
END;
CREATE TRIGGER stageprogress_no_update BEFORE UPDATE ON ledger_stageprogress
BEGIN
    SELECT RAISE(ABORT, 'coproduced_stays');
END;
CREATE TRIGGER stageprogress_no_delete BEFORE DELETE ON ledger_stageprogress
BEGIN
    SELECT RAISE(ABORT, 'coproduced_stays');
END;
-- What concerns all is told while the co-production runs: no more is invoiced than the price, no more collected than
-- was invoiced.
CREATE TRIGGER shared_within_agreed BEFORE INSERT ON ledger_sharedact
BEGIN
    SELECT RAISE(ABORT, 'coproduced_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_sharedact WHERE delivery_id = NEW.delivery_id);
    SELECT RAISE(ABORT, 'shared_among_all') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_delivery d JOIN ledger_agreement a ON a.id = d.agreement_id
            JOIN ledger_coproductionterms t ON t.agreement_id = a.id
        WHERE d.id = NEW.delivery_id AND d.state = 'logged' AND a.state = 'accepted'
            AND (d.act = 'cost' AND d.giver_id IS NOT t.fund_id
                OR d.act IN ('invoice', 'collection') AND d.giver_id = t.lead_id));
    SELECT RAISE(ABORT, 'invoiced_within_price') WHERE EXISTS (
        SELECT 1 FROM ledger_delivery n JOIN ledger_coproductionterms t ON t.agreement_id = n.agreement_id
        WHERE n.id = NEW.delivery_id AND n.act = 'invoice' AND t.price < NEW.amount + (
            SELECT coalesce(sum(s.amount), 0) FROM ledger_sharedact s JOIN ledger_delivery d ON d.id = s.delivery_id
            WHERE d.agreement_id = n.agreement_id AND d.act = 'invoice' AND d.state IN ('logged', 'confirmed')));
    SELECT RAISE(ABORT, 'collected_within_invoiced') WHERE EXISTS (
        SELECT 1 FROM ledger_delivery n WHERE n.id = NEW.delivery_id AND n.act = 'collection' AND (
            SELECT coalesce(sum(s.amount + s.vat), 0)
            FROM ledger_sharedact s JOIN ledger_delivery d ON d.id = s.delivery_id
            WHERE d.agreement_id = n.agreement_id AND d.act = 'invoice' AND d.state = 'confirmed'
        ) < NEW.amount + (
            SELECT coalesce(sum(s.amount), 0) FROM ledger_sharedact s JOIN ledger_delivery d ON d.id = s.delivery_id
            WHERE d.agreement_id = n.agreement_id AND d.act = 'collection' AND d.state IN ('logged', 'confirmed')));
END;
CREATE TRIGGER sharedact_no_update BEFORE UPDATE ON ledger_sharedact
BEGIN
    SELECT RAISE(ABORT, 'coproduced_stays');
END;
CREATE TRIGGER sharedact_no_delete BEFORE DELETE ON ledger_sharedact
BEGIN
    SELECT RAISE(ABORT, 'coproduced_stays');
END;
CREATE TRIGGER part_of_a_party BEFORE INSERT ON ledger_sharedpart
BEGIN
    SELECT RAISE(ABORT, 'coproduced_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_sharedpart
        WHERE id = NEW.id OR (act_id = NEW.act_id AND organization_id = NEW.organization_id));
    SELECT RAISE(ABORT, 'shared_among_all') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_delivery d JOIN ledger_agreementparty p ON p.agreement_id = d.agreement_id
        WHERE d.id = NEW.act_id AND d.state = 'logged' AND p.organization_id = NEW.organization_id);
END;
-- What a party has said stays said, and its part stays.
CREATE TRIGGER part_stays BEFORE UPDATE ON ledger_sharedpart
    WHEN NEW.id <> OLD.id OR NEW.act_id <> OLD.act_id OR NEW.organization_id <> OLD.organization_id
        OR NEW.number <> OLD.number OR NEW.amount <> OLD.amount OR NEW.vat <> OLD.vat
        OR (OLD.said_by_id IS NOT NULL AND NEW.said_by_id IS NOT OLD.said_by_id)
BEGIN
    SELECT RAISE(ABORT, 'coproduced_stays');
END;
CREATE TRIGGER sharedpart_no_delete BEFORE DELETE ON ledger_sharedpart
BEGIN
    SELECT RAISE(ABORT, 'coproduced_stays');
END;
-- What all have said is what the books say: each part as it was split, the parts exactly the whole, nothing hidden in
-- between. Of each party's book the accounts that its part stands in come to it, and the bill or the customer to all.
CREATE TRIGGER posted_as_shared BEFORE UPDATE ON ledger_delivery
    WHEN NEW.act IN ('cost', 'invoice', 'collection') AND NEW.state = 'confirmed' AND OLD.state <> 'confirmed'
BEGIN
    SELECT RAISE(ABORT, 'posted_as_shared') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_sharedact s WHERE s.delivery_id = NEW.id
            AND (SELECT sum(p.amount) FROM ledger_sharedpart p WHERE p.act_id = NEW.id)
                = CASE NEW.act WHEN 'collection' THEN s.levy ELSE s.amount END
            AND (NEW.act <> 'cost' OR s.vat = (SELECT sum(p.vat) FROM ledger_sharedpart p WHERE p.act_id = NEW.id))
            AND (SELECT coalesce(sum(p.amount), 0) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
                    JOIN ledger_book b ON b.id = a.book_id
                WHERE p.event_id = NEW.event_id AND b.organization_id = NEW.giver_id
                    AND (NEW.act = 'cost' AND a.number = '2101' OR NEW.act <> 'cost' AND a.number = '1201'))
                = CASE NEW.act WHEN 'invoice' THEN s.amount + s.vat ELSE -s.amount - s.vat END
    ) OR EXISTS (
        SELECT 1 FROM ledger_sharedpart r WHERE r.act_id = NEW.id AND (r.said_by_id IS NULL OR r.amount <> (
            SELECT coalesce(sum(p.amount), 0) * CASE NEW.act WHEN 'invoice' THEN -1 ELSE 1 END
            FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id JOIN ledger_book b ON b.id = a.book_id
            WHERE p.event_id = NEW.event_id AND b.organization_id = r.organization_id
                AND (NEW.act = 'cost' AND a.number = '1301' OR NEW.act = 'collection' AND a.number = '5402'
                    OR NEW.act = 'invoice' AND a.number IN ('4101', '5102')))));
END;
-- An invoice that the customer has paid is not undone before that is.
CREATE TRIGGER paid_invoice_stays BEFORE UPDATE ON ledger_delivery
    WHEN NEW.act = 'invoice' AND NEW.state = 'reversed' AND OLD.state = 'confirmed'
BEGIN
    SELECT RAISE(ABORT, 'collected_within_invoiced') WHERE (
        SELECT coalesce(sum(CASE WHEN d.act = 'collection' THEN s.amount
            WHEN d.id <> NEW.id AND d.state = 'confirmed' THEN -s.amount - s.vat END), 0)
        FROM ledger_sharedact s JOIN ledger_delivery d ON d.id = s.delivery_id
        WHERE d.agreement_id = NEW.agreement_id AND d.act IN ('invoice', 'collection')
            AND d.state IN ('logged', 'confirmed')) > 0;
END;
