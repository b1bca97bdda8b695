-- The parts of a co-production are exactly the whole, each stage is done by one of those who agree, and each of them
-- does a stage, leads, or receives the levy: a body above that does neither.
CREATE OR REPLACE FUNCTION ledger_parts_are_the_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM ledger_coproductionterms t WHERE t.agreement_id = NEW.id
            AND (SELECT sum(s.part) FROM ledger_coproductionstage s WHERE s.agreement_id = NEW.id)
                = CASE t.split WHEN 'shares' THEN 1000000 ELSE t.price END
            AND NOT EXISTS (SELECT FROM ledger_coproductionstage s WHERE s.agreement_id = NEW.id
                AND (s.party_id = t.fund_id OR NOT EXISTS (SELECT FROM ledger_agreementparty p
                    WHERE p.agreement_id = NEW.id AND p.organization_id = s.party_id)))
            AND EXISTS (SELECT FROM ledger_agreementparty p
                WHERE p.agreement_id = NEW.id AND p.organization_id = t.lead_id)
            AND (t.fund_id IS NULL OR EXISTS (SELECT FROM ledger_agreementparty p
                JOIN network_organization o ON o.id = p.organization_id
                WHERE p.agreement_id = NEW.id AND p.organization_id = t.fund_id
                    AND o.kind IN ('federation', 'confederation', 'sector_network')))
            AND NOT EXISTS (SELECT FROM ledger_agreementparty p
                WHERE p.agreement_id = NEW.id AND p.organization_id NOT IN (t.lead_id, coalesce(t.fund_id, 0))
                    AND NOT EXISTS (SELECT FROM ledger_coproductionstage s
                        WHERE s.agreement_id = NEW.id AND s.party_id = p.organization_id))
            AND (SELECT count(*) FROM ledger_agreementparty p
                WHERE p.agreement_id = NEW.id AND p.organization_id <> coalesce(t.fund_id, 0)) >= 2)
    THEN
        PERFORM ledger_refuse('parts_are_the_whole');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER parts_are_the_whole BEFORE UPDATE ON ledger_agreement
    FOR EACH ROW WHEN (NEW.kind = 'coproduction' AND NEW.state = 'accepted' AND OLD.state <> 'accepted')
    EXECUTE FUNCTION ledger_parts_are_the_whole();
-- The terms and the stages stay once all have signed them.
CREATE OR REPLACE FUNCTION ledger_coproduced_terms_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'ledger_coproductionterms' OR EXISTS (
        SELECT FROM ledger_agreement WHERE state IN ('accepted', 'settled')
            AND id IN (SELECT NEW.agreement_id WHERE TG_OP <> 'DELETE' UNION SELECT OLD.agreement_id WHERE TG_OP <> 'INSERT'))
    THEN
        PERFORM ledger_refuse('coproduced_stays');
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER coproduction_terms_stay BEFORE INSERT OR UPDATE OR DELETE ON ledger_coproductionterms
    FOR EACH ROW EXECUTE FUNCTION ledger_coproduced_terms_stay();
CREATE TRIGGER coproduction_stages_stay BEFORE INSERT OR UPDATE OR DELETE ON ledger_coproductionstage
    FOR EACH ROW EXECUTE FUNCTION ledger_coproduced_terms_stay();
CREATE OR REPLACE FUNCTION ledger_coproduced_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_refuse('coproduced_stays');
    RETURN NULL;
END $$;
CREATE TRIGGER coproduction_terms_no_truncate BEFORE TRUNCATE ON ledger_coproductionterms
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_coproduced_stays();
CREATE TRIGGER coproduction_stages_no_truncate BEFORE TRUNCATE ON ledger_coproductionstage
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_coproduced_stays();
-- A stage goes forward, as whoever does it says, while the co-production runs.
CREATE OR REPLACE FUNCTION ledger_stage_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM ledger_agreement a JOIN ledger_delivery d ON d.agreement_id = a.id
        WHERE d.id = NEW.delivery_id FOR UPDATE OF a;
    IF NOT EXISTS (
        SELECT FROM ledger_delivery d JOIN ledger_agreement a ON a.id = d.agreement_id
            JOIN ledger_coproductionstage s ON s.agreement_id = d.agreement_id
        WHERE d.id = NEW.delivery_id AND s.id = NEW.stage_id AND d.act = 'progress' AND d.state = 'logged'
            AND a.state = 'accepted' AND d.giver_id = s.party_id
    ) OR EXISTS (
        SELECT FROM ledger_stageprogress p JOIN ledger_delivery d ON d.id = p.delivery_id
        WHERE p.stage_id = NEW.stage_id AND d.state IN ('logged', 'confirmed') AND p.percent >= NEW.percent)
    THEN
        PERFORM ledger_refuse('stage_goes_forward');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stage_goes_forward BEFORE INSERT ON ledger_stageprogress
    FOR EACH ROW EXECUTE FUNCTION ledger_stage_goes_forward();
CREATE TRIGGER stageprogress_stays BEFORE UPDATE OR DELETE ON ledger_stageprogress
    FOR EACH ROW EXECUTE FUNCTION ledger_coproduced_stays();
CREATE TRIGGER stageprogress_no_truncate BEFORE TRUNCATE ON ledger_stageprogress
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_coproduced_stays();
-- What concerns all is told while the co-production runs: no more is invoiced than the price, no more collected than
-- was invoiced. The agreement is held, so that two who tell of it come one after the other.
CREATE OR REPLACE FUNCTION ledger_shared_within_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told record;
    invoiced numeric;
    before numeric;
BEGIN
    PERFORM FROM ledger_agreement a JOIN ledger_delivery d ON d.agreement_id = a.id
        WHERE d.id = NEW.delivery_id FOR UPDATE OF a;
    SELECT d.act, d.agreement_id, t.price INTO told
        FROM ledger_delivery d JOIN ledger_agreement a ON a.id = d.agreement_id
            JOIN ledger_coproductionterms t ON t.agreement_id = a.id
        WHERE d.id = NEW.delivery_id AND d.state = 'logged' AND a.state = 'accepted'
            AND (d.act = 'cost' AND d.giver_id IS DISTINCT FROM t.fund_id
                OR d.act IN ('invoice', 'collection') AND d.giver_id = t.lead_id);
    IF NOT FOUND THEN
        PERFORM ledger_refuse('shared_among_all');
    END IF;
    SELECT coalesce(sum(s.amount), 0) INTO before FROM ledger_sharedact s JOIN ledger_delivery d ON d.id = s.delivery_id
        WHERE d.agreement_id = told.agreement_id AND d.act = told.act AND d.state IN ('logged', 'confirmed');
    IF told.act = 'invoice' AND before + NEW.amount > told.price THEN
        PERFORM ledger_refuse('invoiced_within_price');
    END IF;
    SELECT coalesce(sum(s.amount + s.vat), 0) INTO invoiced
        FROM ledger_sharedact s JOIN ledger_delivery d ON d.id = s.delivery_id
        WHERE d.agreement_id = told.agreement_id AND d.act = 'invoice' AND d.state = 'confirmed';
    IF told.act = 'collection' AND before + NEW.amount > invoiced THEN
        PERFORM ledger_refuse('collected_within_invoiced');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER shared_within_agreed BEFORE INSERT ON ledger_sharedact
    FOR EACH ROW EXECUTE FUNCTION ledger_shared_within_agreed();
CREATE TRIGGER sharedact_stays BEFORE UPDATE OR DELETE ON ledger_sharedact
    FOR EACH ROW EXECUTE FUNCTION ledger_coproduced_stays();
CREATE TRIGGER sharedact_no_truncate BEFORE TRUNCATE ON ledger_sharedact
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_coproduced_stays();
CREATE OR REPLACE FUNCTION ledger_part_of_a_party() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM ledger_delivery d JOIN ledger_agreementparty p ON p.agreement_id = d.agreement_id
        WHERE d.id = NEW.act_id AND d.state = 'logged' AND p.organization_id = NEW.organization_id)
    THEN
        PERFORM ledger_refuse('shared_among_all');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER part_of_a_party BEFORE INSERT ON ledger_sharedpart
    FOR EACH ROW EXECUTE FUNCTION ledger_part_of_a_party();
-- What a party has said stays said, and its part stays.
CREATE OR REPLACE FUNCTION ledger_part_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.act_id, NEW.organization_id, NEW.number, NEW.amount, NEW.vat)
            <> (OLD.id, OLD.act_id, OLD.organization_id, OLD.number, OLD.amount, OLD.vat)
        OR OLD.said_by_id IS NOT NULL AND NEW.said_by_id IS DISTINCT FROM OLD.said_by_id
    THEN
        PERFORM ledger_refuse('coproduced_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER part_stays BEFORE UPDATE ON ledger_sharedpart
    FOR EACH ROW EXECUTE FUNCTION ledger_part_stays();
CREATE TRIGGER sharedpart_no_delete BEFORE DELETE ON ledger_sharedpart
    FOR EACH ROW EXECUTE FUNCTION ledger_coproduced_stays();
CREATE TRIGGER sharedpart_no_truncate BEFORE TRUNCATE ON ledger_sharedpart
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_coproduced_stays();
-- What all have said is what the books say: each part as it was split, the parts exactly the whole, nothing hidden in
-- between. Of each party's book the accounts that its part stands in come to it, and the bill or the customer to all.
CREATE OR REPLACE FUNCTION ledger_posted_as_shared() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM ledger_sharedact s WHERE s.delivery_id = NEW.id
            AND (SELECT sum(p.amount) FROM ledger_sharedpart p WHERE p.act_id = NEW.id)
                = CASE NEW.act WHEN 'collection' THEN s.levy ELSE s.amount END
            AND (NEW.act <> 'cost' OR s.vat = (SELECT sum(p.vat) FROM ledger_sharedpart p WHERE p.act_id = NEW.id))
            AND (SELECT coalesce(sum(p.amount), 0) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
                    JOIN ledger_book b ON b.id = a.book_id
                WHERE p.event_id = NEW.event_id AND b.organization_id = NEW.giver_id
                    AND (NEW.act = 'cost' AND a.number = '2101' OR NEW.act <> 'cost' AND a.number = '1201'))
                = CASE NEW.act WHEN 'invoice' THEN s.amount + s.vat ELSE -s.amount - s.vat END
    ) OR EXISTS (
        SELECT FROM ledger_sharedpart r WHERE r.act_id = NEW.id AND (r.said_by_id IS NULL OR r.amount <> (
            SELECT coalesce(sum(p.amount), 0) * CASE NEW.act WHEN 'invoice' THEN -1 ELSE 1 END
            FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id JOIN ledger_book b ON b.id = a.book_id
            WHERE p.event_id = NEW.event_id AND b.organization_id = r.organization_id
                AND (NEW.act = 'cost' AND a.number = '1301' OR NEW.act = 'collection' AND a.number = '5402'
                    OR NEW.act = 'invoice' AND a.number IN ('4101', '5102'))))
    ) THEN
        PERFORM ledger_refuse('posted_as_shared');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER posted_as_shared BEFORE UPDATE ON ledger_delivery
    FOR EACH ROW WHEN (NEW.act IN ('cost', 'invoice', 'collection') AND NEW.state = 'confirmed'
        AND OLD.state <> 'confirmed')
    EXECUTE FUNCTION ledger_posted_as_shared();
-- An invoice that the customer has paid is not undone before that is.
CREATE OR REPLACE FUNCTION ledger_paid_invoice_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT coalesce(sum(CASE WHEN d.act = 'collection' THEN s.amount
                WHEN d.id <> NEW.id AND d.state = 'confirmed' THEN -s.amount - s.vat END), 0)
        FROM ledger_sharedact s JOIN ledger_delivery d ON d.id = s.delivery_id
        WHERE d.agreement_id = NEW.agreement_id AND d.act IN ('invoice', 'collection')
            AND d.state IN ('logged', 'confirmed')) > 0
    THEN
        PERFORM ledger_refuse('collected_within_invoiced');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paid_invoice_stays BEFORE UPDATE ON ledger_delivery
    FOR EACH ROW WHEN (NEW.act = 'invoice' AND NEW.state = 'reversed' AND OLD.state = 'confirmed')
    EXECUTE FUNCTION ledger_paid_invoice_stays();
