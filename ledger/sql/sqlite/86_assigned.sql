-- A claim is handed over by one of its two to a third, no more of it than is open, in money; what is set off against it
-- is owed the other way between the two who change places.
CREATE TRIGGER assigned_among_three BEFORE INSERT ON ledger_assignment
BEGIN
    SELECT RAISE(ABORT, 'assigned_stays') WHERE NEW.event_id IS NOT NULL OR EXISTS (
        SELECT 1 FROM ledger_assignment WHERE agreement_id = NEW.agreement_id);
    SELECT RAISE(ABORT, 'assigned_among_three') WHERE NEW.taker_id = NEW.other_id OR NOT EXISTS (
        SELECT 1 FROM ledger_agreement a
            JOIN ledger_claim c ON c.id = NEW.claim_id AND c.unit_id = a.unit_id
            JOIN ledger_measure m ON m.id = c.peg_id AND m.unit_id = c.unit_id
            JOIN ledger_claimbalance o ON o.claim_id = c.id AND o.amount >= NEW.amount
            JOIN ledger_book mine ON mine.id = CASE NEW.side WHEN 'credit' THEN c.creditor_id ELSE c.debtor_id END
            JOIN ledger_book theirs ON theirs.id = CASE NEW.side WHEN 'credit' THEN c.debtor_id ELSE c.creditor_id END
        WHERE a.id = NEW.agreement_id AND a.kind = 'assignment' AND mine.organization_id = a.proposer_id
            AND theirs.organization_id = NEW.other_id AND NEW.taker_id <> a.proposer_id
            AND 3 = (SELECT count(*) FROM ledger_agreementparty p WHERE p.agreement_id = a.id
                AND p.organization_id IN (a.proposer_id, NEW.taker_id, NEW.other_id))
            AND 3 = (SELECT count(*) FROM ledger_agreementparty p WHERE p.agreement_id = a.id)
            AND (NEW.against_id IS NULL OR EXISTS (
                SELECT 1 FROM ledger_claim s
                    JOIN ledger_measure n ON n.id = s.peg_id AND n.unit_id = s.unit_id
                    JOIN ledger_claimbalance b ON b.claim_id = s.id AND b.amount >= NEW.amount
                    JOIN ledger_book t ON t.organization_id = NEW.taker_id
                WHERE s.id = NEW.against_id AND s.unit_id = c.unit_id
                    AND s.creditor_id = CASE NEW.side WHEN 'credit' THEN t.id ELSE mine.id END
                    AND s.debtor_id = CASE NEW.side WHEN 'credit' THEN mine.id ELSE t.id END)));
END;
-- Once all three have signed, what is posted is what they signed; nothing else of it changes.
CREATE TRIGGER assigned_as_signed BEFORE UPDATE ON ledger_assignment
BEGIN
    SELECT RAISE(ABORT, 'assigned_stays') WHERE OLD.event_id IS NOT NULL
        OR (NEW.agreement_id, NEW.claim_id, NEW.side, NEW.taker_id, NEW.other_id, NEW.amount, NEW.against_id)
            IS NOT (OLD.agreement_id, OLD.claim_id, OLD.side, OLD.taker_id, OLD.other_id, OLD.amount, OLD.against_id);
    SELECT RAISE(ABORT, 'assigned_as_signed') WHERE NEW.event_id IS NOT NULL AND (
        NOT EXISTS (SELECT 1 FROM ledger_agreement WHERE id = NEW.agreement_id AND state = 'accepted')
        OR (SELECT sum(p.amount) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
            WHERE p.event_id = NEW.event_id AND p.claim_id = NEW.claim_id AND a.number = '1202') IS NOT -NEW.amount
        OR (NEW.against_id IS NOT NULL AND (
            SELECT sum(p.amount) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
            WHERE p.event_id = NEW.event_id AND p.claim_id = NEW.against_id AND a.number = '1202') IS NOT -NEW.amount)
        OR (SELECT sum(p.amount) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
                JOIN ledger_claim c ON c.id = p.claim_id AND c.agreement = 'P-' || NEW.agreement_id
                JOIN ledger_book mine ON mine.id = CASE NEW.side WHEN 'credit' THEN c.creditor_id ELSE c.debtor_id END
                JOIN ledger_book theirs
                    ON theirs.id = CASE NEW.side WHEN 'credit' THEN c.debtor_id ELSE c.creditor_id END
            WHERE p.event_id = NEW.event_id AND a.number = '1202'
                AND mine.organization_id = NEW.taker_id AND theirs.organization_id = NEW.other_id)
            IS NOT NEW.amount);
END;
-- Beyond the amount that its assembly set, whoever hands over or takes over signs with a resolution of its own.
CREATE TRIGGER assigned_by_resolution BEFORE UPDATE ON ledger_agreementparty
    WHEN NEW.signed_by_id IS NOT NULL AND NEW.resolution_id IS NULL
BEGIN
    SELECT RAISE(ABORT, 'signed_by_resolution') WHERE (
            SELECT s.amount FROM ledger_assignment s JOIN ledger_agreement a ON a.id = s.agreement_id
            WHERE s.agreement_id = NEW.agreement_id AND NEW.organization_id IN (a.proposer_id, s.taker_id)
        ) > (
            SELECT t.amount FROM ledger_approvalthreshold t JOIN ledger_book b ON b.id = t.book_id
            WHERE b.organization_id = NEW.organization_id ORDER BY t.id DESC LIMIT 1);
END;
CREATE TRIGGER assignment_no_delete BEFORE DELETE ON ledger_assignment
BEGIN
    SELECT RAISE(ABORT, 'assigned_stays');
END;
