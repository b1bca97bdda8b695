-- A customer is shared by whoever proposes it with all others who agree, each with a share; no book names who it is; and
-- the terms stay once all have signed them, but for how a tender comes out, once.
CREATE OR REPLACE FUNCTION ledger_referred_among_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind = 'referral' AND (
        NOT EXISTS (SELECT FROM ledger_referralterms WHERE agreement_id = NEW.id)
        OR EXISTS (SELECT FROM ledger_agreementparty p WHERE p.agreement_id = NEW.id
            AND (p.organization_id = NEW.proposer_id) = EXISTS (
                SELECT FROM ledger_referralshare WHERE terms_id = NEW.id AND taker_id = p.organization_id))
        OR EXISTS (SELECT FROM ledger_referralshare s WHERE s.terms_id = NEW.id AND NOT EXISTS (
            SELECT FROM ledger_agreementparty WHERE agreement_id = NEW.id AND organization_id = s.taker_id)))
    THEN
        PERFORM ledger_refuse('referred_among_all');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER referred_among_all BEFORE UPDATE ON ledger_agreement
    FOR EACH ROW WHEN (NEW.state = 'accepted' AND OLD.state <> 'accepted')
    EXECUTE FUNCTION ledger_referred_among_all();
-- A taker whose fee is beyond the amount that its assembly set signs with a resolution, as for all that one gives.
CREATE OR REPLACE FUNCTION ledger_fee_signed_by_resolution() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT (s.expected * t.fee_rate + 5000) / 10000 FROM ledger_referralshare s
            JOIN ledger_referralterms t ON t.agreement_id = s.terms_id
            WHERE s.terms_id = NEW.agreement_id AND s.taker_id = NEW.organization_id
        ) > (
            SELECT t.amount FROM ledger_approvalthreshold t JOIN ledger_book b ON b.id = t.book_id
            WHERE b.organization_id = NEW.organization_id ORDER BY t.id DESC LIMIT 1)
    THEN
        PERFORM ledger_refuse('signed_by_resolution');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fee_signed_by_resolution BEFORE INSERT OR UPDATE ON ledger_agreementparty
    FOR EACH ROW WHEN (NEW.signed_by_id IS NOT NULL AND NEW.resolution_id IS NULL)
    EXECUTE FUNCTION ledger_fee_signed_by_resolution();
CREATE OR REPLACE FUNCTION ledger_referral_terms() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stands record;
BEGIN
    SELECT kind, state, title INTO stands FROM ledger_agreement WHERE id = NEW.agreement_id;
    IF stands.kind <> 'referral' THEN
        PERFORM ledger_refuse('referred_among_all');
    ELSIF position(lower(NEW.customer) in lower(stands.title)) > 0 THEN
        PERFORM ledger_refuse('customer_in_no_book');
    ELSIF TG_OP = 'INSERT' THEN
        IF stands.state IN ('accepted', 'settled') OR NEW.outcome <> '' THEN
            PERFORM ledger_refuse('referral_stays');
        END IF;
    ELSIF NEW.agreement_id <> OLD.agreement_id OR OLD.outcome <> ''
        OR (NEW.outcome <> '') <> (stands.state = 'accepted') OR stands.state = 'settled'
        OR (stands.state = 'accepted' AND (NEW.form, NEW.customer, NEW.fee_rate, NEW.vat_rate, NEW.papers)
            IS DISTINCT FROM (OLD.form, OLD.customer, OLD.fee_rate, OLD.vat_rate, OLD.papers))
    THEN
        PERFORM ledger_refuse('referral_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER referral_terms BEFORE INSERT OR UPDATE ON ledger_referralterms
    FOR EACH ROW EXECUTE FUNCTION ledger_referral_terms();
CREATE OR REPLACE FUNCTION ledger_referral_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_refuse('referral_stays');
END $$;
CREATE TRIGGER referral_terms_no_delete BEFORE DELETE ON ledger_referralterms
    FOR EACH ROW EXECUTE FUNCTION ledger_referral_stays();
CREATE OR REPLACE FUNCTION ledger_referral_share_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM ledger_agreement WHERE state IN ('accepted', 'settled')
        AND id IN (SELECT NEW.terms_id WHERE TG_OP <> 'DELETE' UNION SELECT OLD.terms_id WHERE TG_OP <> 'INSERT'))
    THEN
        PERFORM ledger_refuse('referral_stays');
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER referral_share_stays BEFORE INSERT OR UPDATE OR DELETE ON ledger_referralshare
    FOR EACH ROW EXECUTE FUNCTION ledger_referral_share_stays();
-- Work is told by one of those who took it on, while the agreement runs and, of a tender, once it is won; one invoice of
-- a cooperative counts once. The taker's book is held, so that nobody tells of the same invoice elsewhere meanwhile.
CREATE OR REPLACE FUNCTION ledger_referred_while_it_runs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM ledger_agreement a JOIN ledger_delivery d ON d.agreement_id = a.id
        WHERE d.id = NEW.delivery_id FOR UPDATE OF a;
    PERFORM FROM ledger_book b JOIN ledger_delivery d ON d.giver_id = b.organization_id
        WHERE d.id = NEW.delivery_id FOR NO KEY UPDATE OF b;
    IF NEW.fee IS NOT NULL OR NOT EXISTS (
        SELECT FROM ledger_delivery d JOIN ledger_agreement a ON a.id = d.agreement_id
            JOIN ledger_referralterms t ON t.agreement_id = a.id
            JOIN ledger_referralshare s ON s.terms_id = a.id AND s.taker_id = d.giver_id
        WHERE d.id = NEW.delivery_id AND d.act = 'work' AND d.state = 'logged' AND d.receiver_id = a.proposer_id
            AND a.state = 'accepted' AND (t.form <> 'tender' OR t.outcome = 'won')
    ) THEN
        PERFORM ledger_refuse('referred_while_it_runs');
    END IF;
    IF EXISTS (
        SELECT FROM ledger_referredwork w JOIN ledger_delivery d ON d.id = w.delivery_id
            JOIN ledger_delivery n ON n.giver_id = d.giver_id
        WHERE w.invoice = NEW.invoice AND n.id = NEW.delivery_id AND d.state IN ('logged', 'confirmed')
    ) THEN
        PERFORM ledger_refuse('invoice_told_once');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER referred_while_it_runs BEFORE INSERT ON ledger_referredwork
    FOR EACH ROW EXECUTE FUNCTION ledger_referred_while_it_runs();
CREATE OR REPLACE FUNCTION ledger_referred_work_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.delivery_id, NEW.amount, NEW.invoice) <> (OLD.delivery_id, OLD.amount, OLD.invoice)
        OR OLD.fee IS NOT NULL
        OR NOT EXISTS (SELECT FROM ledger_delivery WHERE id = OLD.delivery_id AND state = 'logged')
    THEN
        PERFORM ledger_refuse('referral_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER referredwork_stays BEFORE UPDATE OR DELETE ON ledger_referredwork
    FOR EACH ROW EXECUTE FUNCTION ledger_referred_work_stays();
CREATE TRIGGER referredwork_no_truncate BEFORE TRUNCATE ON ledger_referredwork
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_referral_stays();
-- What is confirmed is in both books as it was told: the work in full, the fee as a share of it to the cent, its VAT.
CREATE OR REPLACE FUNCTION ledger_referred_as_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM ledger_referredwork w JOIN ledger_referralterms t ON t.agreement_id = NEW.agreement_id
            JOIN ledger_book g ON g.organization_id = NEW.receiver_id
            JOIN ledger_book r ON r.organization_id = NEW.giver_id
        WHERE w.delivery_id = NEW.id
            AND abs(w.fee * 10000 - w.amount * t.fee_rate) < 10000
            AND abs(w.vat * 10000 - w.fee * coalesce(t.vat_rate, 0)) < 10000
            AND w.amount = (
                SELECT sum(p.amount) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
                WHERE p.event_id = NEW.event_id AND a.number = '9501' AND a.book_id = g.id AND a.counterparty_id = r.id)
            AND (w.fee, w.vat) = (
                SELECT coalesce(-sum(p.amount) FILTER (WHERE a.number = '4101'), 0),
                    coalesce(-sum(p.amount) FILTER (WHERE a.number = '2103'), 0)
                FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
                WHERE p.event_id = NEW.event_id AND a.book_id = g.id)
    ) THEN
        PERFORM ledger_refuse('referred_as_told');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER referred_as_told BEFORE UPDATE ON ledger_delivery
    FOR EACH ROW WHEN (NEW.act = 'work' AND NEW.state = 'confirmed' AND OLD.state <> 'confirmed')
    EXECUTE FUNCTION ledger_referred_as_told();
-- Nothing waits and nothing is owed under a referral that has ended.
CREATE OR REPLACE FUNCTION ledger_referral_ends_clear() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM ledger_delivery WHERE agreement_id = NEW.id AND state = 'logged')
        OR EXISTS (SELECT FROM ledger_claim c JOIN ledger_claimbalance b ON b.claim_id = c.id
            WHERE c.agreement = 'P-' || NEW.id AND b.amount > 0)
    THEN
        PERFORM ledger_refuse('referral_ends_clear');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER referral_ends_clear BEFORE UPDATE ON ledger_agreement
    FOR EACH ROW WHEN (NEW.kind = 'referral' AND NEW.state = 'settled' AND OLD.state <> 'settled')
    EXECUTE FUNCTION ledger_referral_ends_clear();
