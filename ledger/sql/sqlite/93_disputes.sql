-- A confirmed act under an agreement, a gift, an act of a fund or in network credit is contested by one of its two sides,
-- or of those who share it; the other side is whoever told of it, or received it from whoever contests. Somebody of another body mediates, who speaks for it that day and belongs to
-- neither.
CREATE TRIGGER dispute_begins BEFORE INSERT ON ledger_dispute
BEGIN
    SELECT RAISE(ABORT, 'disputed_stays') WHERE NEW.other_version <> '' OR NEW.advice <> '' OR NEW.outcome <> ''
        OR NEW.closed_on IS NOT NULL OR EXISTS (SELECT 1 FROM ledger_dispute WHERE id = NEW.id OR "key" = NEW."key");
    SELECT RAISE(ABORT, 'contested_by_a_side') WHERE NOT (EXISTS (
            SELECT 1 FROM ledger_delivery d
            WHERE d.id = NEW.delivery_id AND d.state = 'confirmed'
                AND NEW.raised_against_id = CASE WHEN NEW.raised_for_id = d.giver_id THEN d.receiver_id ELSE d.giver_id END
                AND (
                    EXISTS (SELECT 1 FROM ledger_sharedpart
                        WHERE act_id = d.id AND organization_id = NEW.raised_for_id)
                    OR (NEW.raised_for_id IN (d.giver_id, d.receiver_id)
                        AND NOT EXISTS (SELECT 1 FROM ledger_sharedact WHERE delivery_id = d.id))))
        OR EXISTS (
            SELECT 1 FROM ledger_contribution c
            WHERE c.id = NEW.contribution_id AND c.state = 'confirmed'
                AND (NEW.raised_for_id, NEW.raised_against_id) IN (
                    VALUES (c.giver_id, c.receiver_id), (c.receiver_id, c.giver_id)))
        OR EXISTS (
            SELECT 1 FROM ledger_fundact f JOIN ledger_book b ON b.id = f.fund_id
            WHERE f.id = NEW.fund_act_id AND f.state = 'confirmed' AND f.asked_id IS NOT NULL
                AND (NEW.raised_for_id, NEW.raised_against_id) IN (
                    VALUES (b.organization_id, f.other_id), (f.other_id, b.organization_id)))
        OR EXISTS (
            SELECT 1 FROM ledger_creditact m
            WHERE m.id = NEW.credit_act_id AND m.state = 'confirmed'
                AND (NEW.raised_for_id, NEW.raised_against_id) IN (
                    VALUES (m.teller_id, m.other_id), (m.other_id, m.teller_id))));
    SELECT RAISE(ABORT, 'mediated_from_above') WHERE NEW.mediator_id IS NOT NULL AND (
        NEW.mediates_for_id IN (NEW.raised_for_id, NEW.raised_against_id)
        OR NOT EXISTS (SELECT 1 FROM network_mandate m
            WHERE m.user_id = NEW.mediator_id AND m.organization_id = NEW.mediates_for_id
                AND m.starts_on <= NEW.raised_on AND coalesce(m.ended_on, m.until) > NEW.raised_on)
        OR EXISTS (SELECT 1 FROM network_membership s
            WHERE s.user_id = NEW.mediator_id AND s.organization_id IN (NEW.raised_for_id, NEW.raised_against_id)
                AND s.starts_on <= NEW.raised_on AND (s.until IS NULL OR s.until > NEW.raised_on)));
END;
-- What each side told stays, and so does how it ended; it ends as one side proposed and an officer of the other agreed,
-- or as whoever contested it lets it stand.
CREATE TRIGGER dispute_goes_on BEFORE UPDATE ON ledger_dispute
BEGIN
    SELECT RAISE(ABORT, 'disputed_stays') WHERE OLD.closed_on IS NOT NULL
        OR (NEW.id, NEW."key", NEW.delivery_id, NEW.contribution_id, NEW.fund_act_id, NEW.credit_act_id,
            NEW.raised_for_id, NEW.raised_against_id, NEW.raised_by_id, NEW.raised_on, NEW.version)
        IS NOT (OLD.id, OLD."key", OLD.delivery_id, OLD.contribution_id, OLD.fund_act_id, OLD.credit_act_id,
            OLD.raised_for_id, OLD.raised_against_id, OLD.raised_by_id, OLD.raised_on, OLD.version)
        OR (OLD.other_version <> '' AND (NEW.other_version, NEW.answered_by_id, NEW.answered_on)
            IS NOT (OLD.other_version, OLD.answered_by_id, OLD.answered_on));
    SELECT RAISE(ABORT, 'dispute_is_agreed') WHERE NEW.closed_on IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM network_mandate m
        WHERE m.user_id = NEW.closed_by_id AND m.organization_id IN (NEW.raised_for_id, NEW.raised_against_id)
            AND NEW.proposed_for_id IN (NEW.raised_for_id, NEW.raised_against_id)
            AND m.starts_on <= NEW.closed_on AND coalesce(m.ended_on, m.until) > NEW.closed_on
            AND (m.organization_id <> NEW.proposed_for_id
                OR (NEW.outcome = 'stands' AND NEW.proposed_for_id = NEW.raised_for_id)));
    SELECT RAISE(ABORT, 'dispute_is_agreed') WHERE NEW.correction_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM ledger_delivery c JOIN ledger_delivery d ON d.agreement_id = c.agreement_id
        WHERE c.id = NEW.correction_id AND d.id = NEW.delivery_id AND c.id <> d.id AND c.state = 'confirmed');
END;
CREATE TRIGGER dispute_no_delete BEFORE DELETE ON ledger_dispute
BEGIN
    SELECT RAISE(ABORT, 'disputed_stays');
END;
-- What is contested is frozen: it is not undone, and nobody takes over what is owed under its agreement.
CREATE TRIGGER contested_is_frozen BEFORE UPDATE ON ledger_delivery WHEN NEW.state = 'reversed' AND OLD.state <> 'reversed'
BEGIN
    SELECT RAISE(ABORT, 'contested_is_frozen') WHERE EXISTS (
        SELECT 1 FROM ledger_dispute WHERE delivery_id = NEW.id AND closed_on IS NULL);
END;
CREATE TRIGGER contested_contribution_is_frozen BEFORE UPDATE ON ledger_contribution WHEN NEW.state = 'reversed' AND OLD.state <> 'reversed'
BEGIN
    SELECT RAISE(ABORT, 'contested_is_frozen') WHERE EXISTS (
        SELECT 1 FROM ledger_dispute WHERE contribution_id = NEW.id AND closed_on IS NULL);
END;
CREATE TRIGGER contested_fundact_is_frozen BEFORE UPDATE ON ledger_fundact WHEN NEW.state = 'reversed' AND OLD.state <> 'reversed'
BEGIN
    SELECT RAISE(ABORT, 'contested_is_frozen') WHERE EXISTS (
        SELECT 1 FROM ledger_dispute WHERE fund_act_id = NEW.id AND closed_on IS NULL);
END;
CREATE TRIGGER contested_creditact_is_frozen BEFORE UPDATE ON ledger_creditact WHEN NEW.state = 'reversed' AND OLD.state <> 'reversed'
BEGIN
    SELECT RAISE(ABORT, 'contested_is_frozen') WHERE EXISTS (
        SELECT 1 FROM ledger_dispute WHERE credit_act_id = NEW.id AND closed_on IS NULL);
END;
CREATE TRIGGER contested_is_not_handed_over BEFORE UPDATE ON ledger_assignment
    WHEN NEW.event_id IS NOT NULL AND OLD.event_id IS NULL
BEGIN
    SELECT RAISE(ABORT, 'contested_is_frozen') WHERE EXISTS (
        SELECT 1 FROM ledger_dispute s LEFT JOIN ledger_delivery d ON d.id = s.delivery_id
            LEFT JOIN ledger_fundact f ON f.id = s.fund_act_id
            JOIN ledger_claim c ON c.agreement IN ('P-' || d.agreement_id, 'F-' || coalesce(f.levy_id, f.id))
        WHERE s.closed_on IS NULL AND c.id IN (NEW.claim_id, NEW.against_id));
END;
-- Beyond the amount that its assembly set, a side undoes nothing without a resolution, which its history holds.
CREATE TRIGGER undone_by_resolution BEFORE UPDATE ON ledger_delivery WHEN NEW.state = 'reversed' AND OLD.state <> 'reversed'
BEGIN
    SELECT RAISE(ABORT, 'signed_by_resolution') WHERE EXISTS (
        SELECT 1 FROM ledger_book b JOIN ledger_agreement g ON g.id = NEW.agreement_id
        WHERE (b.organization_id IN (NEW.giver_id, NEW.receiver_id) OR b.organization_id IN (
                SELECT organization_id FROM ledger_sharedpart WHERE act_id = NEW.id))
            AND (SELECT coalesce(sum(p.amount), 0) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
                WHERE p.event_id = NEW.event_id AND p.amount > 0 AND a.book_id = b.id AND a.unit_id = g.unit_id
            ) > (
                SELECT t.amount FROM ledger_approvalthreshold t WHERE t.book_id = b.id ORDER BY t.id DESC LIMIT 1)
            AND NOT EXISTS (
                SELECT 1 FROM ledger_agreementstep s JOIN network_resolution r ON r.id = s.resolution_id
                WHERE s.delivery_id = NEW.id AND s.organization_id = b.organization_id
                    AND r.organization_id = b.organization_id));
END;
