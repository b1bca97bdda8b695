-- A customer is shared by whoever proposes it with all others who agree, each with a share; no book names who it is; and
-- the terms stay once all have signed them, but for how a tender comes out, once.
CREATE TRIGGER referred_among_all BEFORE UPDATE ON ledger_agreement
    WHEN NEW.kind = 'referral' AND NEW.state = 'accepted' AND OLD.state <> 'accepted'
BEGIN
    SELECT RAISE(ABORT, 'referred_among_all') WHERE NOT EXISTS (
            SELECT 1 FROM ledger_referralterms WHERE agreement_id = NEW.id)
        OR EXISTS (
            SELECT 1 FROM ledger_agreementparty p WHERE p.agreement_id = NEW.id
                AND (p.organization_id = NEW.proposer_id) = EXISTS (
                    SELECT 1 FROM ledger_referralshare WHERE terms_id = NEW.id AND taker_id = p.organization_id))
        OR EXISTS (
            SELECT 1 FROM ledger_referralshare s WHERE s.terms_id = NEW.id AND NOT EXISTS (
                SELECT 1 FROM ledger_agreementparty WHERE agreement_id = NEW.id AND organization_id = s.taker_id));
END;
-- A taker whose fee is beyond the amount that its assembly set signs with a resolution, as for all that one gives.
CREATE TRIGGER fee_signed_by_resolution BEFORE UPDATE ON ledger_agreementparty
    WHEN NEW.signed_by_id IS NOT NULL AND NEW.resolution_id IS NULL
BEGIN
    SELECT RAISE(ABORT, 'signed_by_resolution') WHERE (
            SELECT (s.expected * t.fee_rate + 5000) / 10000 FROM ledger_referralshare s
            JOIN ledger_referralterms t ON t.agreement_id = s.terms_id
            WHERE s.terms_id = NEW.agreement_id AND s.taker_id = NEW.organization_id
        ) > (
            SELECT t.amount FROM ledger_approvalthreshold t JOIN ledger_book b ON b.id = t.book_id
            WHERE b.organization_id = NEW.organization_id ORDER BY t.id DESC LIMIT 1);
END;
CREATE TRIGGER fee_written_with_resolution BEFORE INSERT ON ledger_agreementparty
    WHEN NEW.signed_by_id IS NOT NULL AND NEW.resolution_id IS NULL
BEGIN
    SELECT RAISE(ABORT, 'signed_by_resolution') WHERE (
            SELECT (s.expected * t.fee_rate + 5000) / 10000 FROM ledger_referralshare s
            JOIN ledger_referralterms t ON t.agreement_id = s.terms_id
            WHERE s.terms_id = NEW.agreement_id AND s.taker_id = NEW.organization_id
        ) > (
            SELECT t.amount FROM ledger_approvalthreshold t JOIN ledger_book b ON b.id = t.book_id
            WHERE b.organization_id = NEW.organization_id ORDER BY t.id DESC LIMIT 1);
END;
CREATE TRIGGER referral_terms BEFORE INSERT ON ledger_referralterms
BEGIN
    SELECT RAISE(ABORT, 'referred_among_all') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_agreement WHERE id = NEW.agreement_id AND kind = 'referral');
    SELECT RAISE(ABORT, 'customer_in_no_book') WHERE EXISTS (
        SELECT 1 FROM ledger_agreement WHERE id = NEW.agreement_id AND instr(lower(title), lower(NEW.customer)) > 0);
    SELECT RAISE(ABORT, 'referral_stays') WHERE NEW.outcome <> '' OR EXISTS (
        SELECT 1 FROM ledger_referralterms WHERE agreement_id = NEW.agreement_id
        UNION SELECT 1 FROM ledger_agreement WHERE id = NEW.agreement_id AND state IN ('accepted', 'settled'));
END;
CREATE TRIGGER referral_terms_stay BEFORE UPDATE ON ledger_referralterms
BEGIN
    SELECT RAISE(ABORT, 'customer_in_no_book') WHERE EXISTS (
        SELECT 1 FROM ledger_agreement WHERE id = NEW.agreement_id AND instr(lower(title), lower(NEW.customer)) > 0);
    SELECT RAISE(ABORT, 'referral_stays') WHERE NEW.agreement_id <> OLD.agreement_id OR OLD.outcome <> '' OR EXISTS (
        SELECT 1 FROM ledger_agreement WHERE id = OLD.agreement_id AND (state = 'settled'
            OR (NEW.outcome <> '') <> (state = 'accepted')
            OR (state = 'accepted' AND (NEW.form, NEW.customer, NEW.fee_rate, NEW.vat_rate, NEW.papers)
                IS NOT (OLD.form, OLD.customer, OLD.fee_rate, OLD.vat_rate, OLD.papers))));
END;
CREATE TRIGGER referral_terms_no_delete BEFORE DELETE ON ledger_referralterms
BEGIN
    SELECT RAISE(ABORT, 'referral_stays');
END;
CREATE TRIGGER referral_share_stays_alone BEFORE INSERT ON ledger_referralshare
BEGIN
    SELECT RAISE(ABORT, 'referral_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_agreement WHERE id = NEW.terms_id AND state IN ('accepted', 'settled')
        UNION SELECT 1 FROM ledger_referralshare WHERE id = NEW.id
            OR (terms_id = NEW.terms_id AND (taker_id = NEW.taker_id OR number = NEW.number)));
END;
CREATE TRIGGER referral_share_stays_as_it_is BEFORE UPDATE ON ledger_referralshare
BEGIN
    SELECT RAISE(ABORT, 'referral_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_agreement WHERE id IN (NEW.terms_id, OLD.terms_id) AND state IN ('accepted', 'settled'));
END;
CREATE TRIGGER referral_share_stays BEFORE DELETE ON ledger_referralshare
BEGIN
    SELECT RAISE(ABORT, 'referral_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_agreement WHERE id = OLD.terms_id AND state IN ('accepted', 'settled'));
END;
-- Work is told by one of those who took it on, while the agreement runs and, of a tender, once it is won; one invoice of
-- a cooperative counts once.
CREATE TRIGGER referred_while_it_runs BEFORE INSERT ON ledger_referredwork
BEGIN
    SELECT RAISE(ABORT, 'referral_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_referredwork WHERE delivery_id = NEW.delivery_id);
    SELECT RAISE(ABORT, 'referred_while_it_runs') WHERE NEW.fee IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM ledger_delivery d JOIN ledger_agreement a ON a.id = d.agreement_id
            JOIN ledger_referralterms t ON t.agreement_id = a.id
            JOIN ledger_referralshare s ON s.terms_id = a.id AND s.taker_id = d.giver_id
        WHERE d.id = NEW.delivery_id AND d.act = 'work' AND d.state = 'logged' AND d.receiver_id = a.proposer_id
            AND a.state = 'accepted' AND (t.form <> 'tender' OR t.outcome = 'won'));
    SELECT RAISE(ABORT, 'invoice_told_once') WHERE EXISTS (
        SELECT 1 FROM ledger_referredwork w JOIN ledger_delivery d ON d.id = w.delivery_id
            JOIN ledger_delivery n ON n.giver_id = d.giver_id
        WHERE w.invoice = NEW.invoice AND n.id = NEW.delivery_id AND d.state IN ('logged', 'confirmed'));
END;
CREATE TRIGGER referredwork_stays BEFORE UPDATE ON ledger_referredwork
BEGIN
    SELECT RAISE(ABORT, 'referral_stays') WHERE
        (NEW.delivery_id, NEW.amount, NEW.invoice) <> (OLD.delivery_id, OLD.amount, OLD.invoice)
        OR OLD.fee IS NOT NULL
        OR NOT EXISTS (SELECT 1 FROM ledger_delivery WHERE id = OLD.delivery_id AND state = 'logged');
END;
CREATE TRIGGER referredwork_no_delete BEFORE DELETE ON ledger_referredwork
BEGIN
    SELECT RAISE(ABORT, 'referral_stays');
END;
-- What is confirmed is in both books as it was told: the work in full, the fee as a share of it to the cent, its VAT.
CREATE TRIGGER referred_as_told BEFORE UPDATE ON ledger_delivery
    WHEN NEW.act = 'work' AND NEW.state = 'confirmed' AND OLD.state <> 'confirmed'
BEGIN
    SELECT RAISE(ABORT, 'referred_as_told') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_referredwork w JOIN ledger_referralterms t ON t.agreement_id = NEW.agreement_id
            JOIN ledger_book g ON g.organization_id = NEW.receiver_id
            JOIN ledger_book r ON r.organization_id = NEW.giver_id
        WHERE w.delivery_id = NEW.id
            AND abs(w.fee * 10000 - w.amount * t.fee_rate) < 10000
            AND abs(w.vat * 10000 - w.fee * coalesce(t.vat_rate, 0)) < 10000
            AND w.amount = (
                SELECT sum(p.amount) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
                WHERE p.event_id = NEW.event_id AND a.number = '9501' AND a.book_id = g.id AND a.counterparty_id = r.id)
            AND w.fee = (
                SELECT coalesce(-sum(p.amount), 0) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
                WHERE p.event_id = NEW.event_id AND a.book_id = g.id AND a.number = '4101')
            AND w.vat = (
                SELECT coalesce(-sum(p.amount), 0) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
                WHERE p.event_id = NEW.event_id AND a.book_id = g.id AND a.number = '2103'));
END;
-- Nothing waits and nothing is owed under a referral that has ended.
CREATE TRIGGER referral_ends_clear BEFORE UPDATE ON ledger_agreement
    WHEN NEW.kind = 'referral' AND NEW.state = 'settled' AND OLD.state <> 'settled'
BEGIN
    SELECT RAISE(ABORT, 'referral_ends_clear') WHERE EXISTS (
            SELECT 1 FROM ledger_delivery WHERE agreement_id = NEW.id AND state = 'logged')
        OR EXISTS (
            SELECT 1 FROM ledger_claim c JOIN ledger_claimbalance b ON b.claim_id = c.id
            WHERE c.agreement = 'P-' || NEW.id AND b.amount > 0);
END;
