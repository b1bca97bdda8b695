-- A loan is agreed on by two, until a day: money, which goods of the borrower may give back, or one thing, which is no
-- sale and has no VAT.
CREATE TRIGGER lent_by_two BEFORE UPDATE ON ledger_agreement
    WHEN NEW.kind = 'loan' AND NEW.state = 'accepted' AND OLD.state <> 'accepted'
BEGIN
    SELECT RAISE(ABORT, 'lent_by_two') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_loanterms t WHERE t.agreement_id = NEW.id AND NEW.due_on IS NOT NULL
            AND NEW.is_pegged_to_goods = (t.money IS NULL)
            AND (SELECT count(*) FROM ledger_agreementparty p WHERE p.agreement_id = NEW.id) = 2
            AND (SELECT count(*) FROM ledger_agreementparty p WHERE p.agreement_id = NEW.id
                AND p.organization_id IN (t.lender_id, t.borrower_id)) = 2
            AND (SELECT count(*) FROM ledger_agreementline l WHERE l.agreement_id = NEW.id) <= 1
            AND (SELECT count(*) FROM ledger_agreementline l WHERE l.agreement_id = NEW.id
                AND l.giver_id = t.lender_id AND l.vat_rate IS NULL) = (t.money IS NULL)
            AND (SELECT coalesce(sum(l.value + l.value * coalesce(l.vat_rate, 0) / 10000), 0)
                FROM ledger_agreementline l WHERE l.agreement_id = NEW.id AND l.giver_id = t.borrower_id)
                <= coalesce(t.money, 0));
END;
-- Whoever lends or owes beyond the amount that its assembly set signs with a resolution.
CREATE TRIGGER loan_signed_by_resolution BEFORE UPDATE ON ledger_agreementparty
    WHEN NEW.signed_by_id IS NOT NULL AND NEW.resolution_id IS NULL
BEGIN
    SELECT RAISE(ABORT, 'signed_by_resolution') WHERE (
            SELECT coalesce(t.money, (SELECT sum(l.value) FROM ledger_agreementline l
                WHERE l.agreement_id = t.agreement_id AND l.giver_id = t.lender_id))
            FROM ledger_loanterms t WHERE t.agreement_id = NEW.agreement_id
        ) > (
            SELECT t.amount FROM ledger_approvalthreshold t JOIN ledger_book b ON b.id = t.book_id
            WHERE b.organization_id = NEW.organization_id ORDER BY t.id DESC LIMIT 1);
END;
CREATE TRIGGER loan_written_with_resolution BEFORE INSERT ON ledger_agreementparty
    WHEN NEW.signed_by_id IS NOT NULL AND NEW.resolution_id IS NULL
BEGIN
    SELECT RAISE(ABORT, 'signed_by_resolution') WHERE (
            SELECT coalesce(t.money, (SELECT sum(l.value) FROM ledger_agreementline l
                WHERE l.agreement_id = t.agreement_id AND l.giver_id = t.lender_id))
            FROM ledger_loanterms t WHERE t.agreement_id = NEW.agreement_id
        ) > (
            SELECT t.amount FROM ledger_approvalthreshold t JOIN ledger_book b ON b.id = t.book_id
            WHERE b.organization_id = NEW.organization_id ORDER BY t.id DESC LIMIT 1);
END;
-- The terms stay once both have signed them.
CREATE TRIGGER loan_terms_come_first BEFORE INSERT ON ledger_loanterms
BEGIN
    SELECT RAISE(ABORT, 'lent_by_two') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_agreement WHERE id = NEW.agreement_id AND kind = 'loan');
    SELECT RAISE(ABORT, 'loan_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_loanterms WHERE agreement_id = NEW.agreement_id
        UNION SELECT 1 FROM ledger_agreement WHERE id = NEW.agreement_id AND state IN ('accepted', 'settled'));
END;
CREATE TRIGGER loan_terms_stay BEFORE UPDATE ON ledger_loanterms
BEGIN
    SELECT RAISE(ABORT, 'loan_stays') WHERE NEW.agreement_id <> OLD.agreement_id OR EXISTS (
        SELECT 1 FROM ledger_agreement WHERE id = OLD.agreement_id AND state IN ('accepted', 'settled'));
END;
CREATE TRIGGER loan_terms_no_delete BEFORE DELETE ON ledger_loanterms
BEGIN
    SELECT RAISE(ABORT, 'loan_stays');
END;
-- What is owed is forgiven by whoever lent it, by a resolution of its own assembly.
CREATE TRIGGER forgiven_is_decided BEFORE INSERT ON ledger_delivery WHEN NEW.act = 'forgiven'
BEGIN
    SELECT RAISE(ABORT, 'forgiven_by_resolution') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_loanterms t JOIN network_resolution r ON r.organization_id = t.lender_id
        WHERE t.agreement_id = NEW.agreement_id AND t.lender_id = NEW.giver_id AND r.id = NEW.giver_resolution_id
            AND r.resolved_on <= NEW.happened_on);
END;
CREATE TRIGGER forgiven_stays_decided BEFORE UPDATE ON ledger_delivery WHEN NEW.act = 'forgiven'
BEGIN
    SELECT RAISE(ABORT, 'forgiven_by_resolution') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_loanterms t JOIN network_resolution r ON r.organization_id = t.lender_id
        WHERE t.agreement_id = NEW.agreement_id AND t.lender_id = NEW.giver_id AND r.id = NEW.giver_resolution_id
            AND r.resolved_on <= NEW.happened_on);
END;
-- No more is lent than was agreed, and what is confirmed is in the lender's book as it was told: the borrower's mirrors
-- it.
CREATE TRIGGER lent_as_told BEFORE UPDATE ON ledger_delivery
    WHEN NEW.state = 'confirmed' AND OLD.state <> 'confirmed'
BEGIN
    SELECT RAISE(ABORT, 'lent_as_agreed') FROM ledger_loanterms t
    WHERE t.agreement_id = NEW.agreement_id AND t.lender_id = NEW.giver_id AND NEW.act IN ('money', 'goods')
        AND CASE WHEN t.money IS NULL THEN (
            SELECT coalesce(sum(i.quantity), 0)
                - (SELECT l.quantity FROM ledger_agreementline l
                    WHERE l.agreement_id = NEW.agreement_id AND l.giver_id = t.lender_id)
            FROM ledger_delivery d JOIN ledger_deliveryitem i ON i.delivery_id = d.id
            WHERE d.agreement_id = NEW.agreement_id AND d.giver_id = t.lender_id AND d.act = 'goods'
                AND (d.state = 'confirmed' OR d.id = NEW.id))
        ELSE (
            SELECT coalesce(sum(d.money), 0) + coalesce(NEW.money, 0) - t.money FROM ledger_delivery d
            WHERE d.agreement_id = NEW.agreement_id AND d.giver_id = t.lender_id AND d.act = 'money'
                AND d.state = 'confirmed' AND d.id <> NEW.id)
        END > 0;
    SELECT RAISE(ABORT, 'lent_as_told') WHERE NEW.act IN ('forgiven', 'in_money') AND NOT EXISTS (
        SELECT 1 FROM ledger_loanterms WHERE agreement_id = NEW.agreement_id);
    SELECT RAISE(ABORT, 'lent_as_told') FROM ledger_loanterms t JOIN ledger_book b ON b.organization_id = t.lender_id
    WHERE t.agreement_id = NEW.agreement_id AND (
        NEW.act NOT IN ('money', 'goods', 'return', 'forgiven', 'in_money', 'revaluation') OR NOT EXISTS (
            SELECT 1 FROM (
                SELECT coalesce(sum(g.amount), 0) AS amount, coalesce(sum(g.quantity), 0) AS quantity
                FROM ledger_posting g JOIN ledger_account a ON a.id = g.account_id
                WHERE g.event_id = NEW.event_id AND a.book_id = b.id AND a.number = '1202') AS p, (
                SELECT coalesce(sum(quantity), 0) AS quantity, coalesce(sum(value), 0) AS value,
                    coalesce(sum(vat), 0) AS vat
                FROM ledger_deliveryitem WHERE delivery_id = NEW.id) AS i
            WHERE p.amount = coalesce(NEW.money, i.value + i.vat) * CASE WHEN NEW.act = 'in_money' THEN 0
                    WHEN NEW.act = 'revaluation' OR NEW.giver_id = t.lender_id AND NEW.act IN ('money', 'goods') THEN 1
                    ELSE -1 END
                AND p.quantity = CASE WHEN NEW.giver_id = t.lender_id AND NEW.act = 'goods' THEN i.quantity
                    WHEN NEW.act IN ('return', 'forgiven', 'in_money') THEN -i.quantity ELSE 0 END));
END;
-- Under a loan the borrower owes, and nobody else: what is given back goes as far as what is owed.
CREATE TRIGGER owed_by_the_borrower BEFORE INSERT ON ledger_claim WHEN NEW.agreement LIKE 'P-%'
BEGIN
    SELECT RAISE(ABORT, 'owed_by_the_borrower') WHERE EXISTS (
        SELECT 1 FROM ledger_loanterms t JOIN ledger_book b ON b.organization_id = t.borrower_id
        WHERE t.agreement_id = CAST(substr(NEW.agreement, 3) AS integer) AND b.id <> NEW.debtor_id);
END;
-- A loan ends with nothing owed.
CREATE TRIGGER loan_ends_clear BEFORE UPDATE ON ledger_agreement
    WHEN NEW.kind = 'loan' AND NEW.state = 'settled' AND OLD.state <> 'settled'
BEGIN
    SELECT RAISE(ABORT, 'loan_ends_clear') WHERE EXISTS (
        SELECT 1 FROM ledger_claim c JOIN ledger_claimbalance b ON b.claim_id = c.id
        WHERE c.agreement = 'P-' || NEW.id AND (b.amount > 0 OR b.quantity > 0));
END;
