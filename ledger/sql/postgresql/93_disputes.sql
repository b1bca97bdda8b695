-- A confirmed act under an agreement, a gift, an act of a fund or in network credit is contested by one of its two sides,
-- or of those who share it; the other side is whoever told of it, or received it from whoever contests. Somebody of another body mediates, who speaks for it that day and belongs to
-- neither.
CREATE OR REPLACE FUNCTION ledger_dispute_begins() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sides bigint[] := ARRAY[NEW.raised_for_id, NEW.raised_against_id];
BEGIN
    IF NEW.other_version <> '' OR NEW.advice <> '' OR NEW.outcome <> '' OR NEW.closed_on IS NOT NULL THEN
        PERFORM ledger_refuse('disputed_stays');
    ELSIF NOT (EXISTS (
            SELECT FROM ledger_delivery d
            WHERE d.id = NEW.delivery_id AND d.state = 'confirmed'
                AND NEW.raised_against_id = CASE WHEN NEW.raised_for_id = d.giver_id THEN d.receiver_id ELSE d.giver_id END
                AND (
                    EXISTS (SELECT FROM ledger_sharedpart WHERE act_id = d.id AND organization_id = NEW.raised_for_id)
                    OR NEW.raised_for_id IN (d.giver_id, d.receiver_id)
                        AND NOT EXISTS (SELECT FROM ledger_sharedact WHERE delivery_id = d.id)))
        OR EXISTS (
            SELECT FROM ledger_contribution c
            WHERE c.id = NEW.contribution_id AND c.state = 'confirmed'
                AND sides IN (ARRAY[c.giver_id, c.receiver_id], ARRAY[c.receiver_id, c.giver_id]))
        OR EXISTS (
            SELECT FROM ledger_fundact f JOIN ledger_book b ON b.id = f.fund_id
            WHERE f.id = NEW.fund_act_id AND f.state = 'confirmed' AND f.asked_id IS NOT NULL
                AND sides IN (ARRAY[b.organization_id, f.other_id], ARRAY[f.other_id, b.organization_id]))
        OR EXISTS (
            SELECT FROM ledger_creditact m
            WHERE m.id = NEW.credit_act_id AND m.state = 'confirmed'
                AND sides IN (ARRAY[m.teller_id, m.other_id], ARRAY[m.other_id, m.teller_id])))
    THEN
        PERFORM ledger_refuse('contested_by_a_side');
    ELSIF NEW.mediator_id IS NOT NULL AND (
        NEW.mediates_for_id = ANY (sides)
        OR NOT EXISTS (SELECT FROM network_mandate m
            WHERE m.user_id = NEW.mediator_id AND m.organization_id = NEW.mediates_for_id
                AND m.starts_on <= NEW.raised_on AND coalesce(m.ended_on, m.until) > NEW.raised_on)
        OR EXISTS (SELECT FROM network_membership s
            WHERE s.user_id = NEW.mediator_id AND s.organization_id = ANY (sides)
                AND s.starts_on <= NEW.raised_on AND (s.until IS NULL OR s.until > NEW.raised_on)))
    THEN
        PERFORM ledger_refuse('mediated_from_above');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER dispute_begins BEFORE INSERT ON ledger_dispute FOR EACH ROW EXECUTE FUNCTION ledger_dispute_begins();
-- What each side told stays, and so does how it ended; it ends as one side proposed and an officer of the other agreed,
-- or as whoever contested it lets it stand.
CREATE OR REPLACE FUNCTION ledger_dispute_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR OLD.closed_on IS NOT NULL
        OR (NEW.id, NEW.key, NEW.delivery_id, NEW.contribution_id, NEW.fund_act_id, NEW.credit_act_id,
            NEW.raised_for_id, NEW.raised_against_id, NEW.raised_by_id, NEW.raised_on, NEW.version)
        IS DISTINCT FROM (OLD.id, OLD.key, OLD.delivery_id, OLD.contribution_id, OLD.fund_act_id, OLD.credit_act_id,
            OLD.raised_for_id, OLD.raised_against_id, OLD.raised_by_id, OLD.raised_on, OLD.version)
        OR OLD.other_version <> '' AND (NEW.other_version, NEW.answered_by_id, NEW.answered_on) IS DISTINCT FROM
            (OLD.other_version, OLD.answered_by_id, OLD.answered_on)
    THEN
        PERFORM ledger_refuse('disputed_stays');
    ELSIF NEW.closed_on IS NOT NULL AND NOT EXISTS (
        SELECT FROM network_mandate m
        WHERE m.user_id = NEW.closed_by_id AND m.organization_id IN (NEW.raised_for_id, NEW.raised_against_id)
            AND NEW.proposed_for_id IN (NEW.raised_for_id, NEW.raised_against_id)
            AND m.starts_on <= NEW.closed_on AND coalesce(m.ended_on, m.until) > NEW.closed_on
            AND (m.organization_id <> NEW.proposed_for_id
                OR NEW.outcome = 'stands' AND NEW.proposed_for_id = NEW.raised_for_id)
    ) OR NEW.correction_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM ledger_delivery c JOIN ledger_delivery d ON d.agreement_id = c.agreement_id
        WHERE c.id = NEW.correction_id AND d.id = NEW.delivery_id AND c.id <> d.id AND c.state = 'confirmed')
    THEN
        PERFORM ledger_refuse('dispute_is_agreed');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER dispute_goes_on BEFORE UPDATE OR DELETE ON ledger_dispute
    FOR EACH ROW EXECUTE FUNCTION ledger_dispute_goes_on();
CREATE TRIGGER dispute_no_truncate BEFORE TRUNCATE ON ledger_dispute
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_dispute_goes_on();
-- What is contested is frozen: it is not undone, and nobody takes over what is owed under its agreement.
CREATE OR REPLACE FUNCTION ledger_contested_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM ledger_dispute
        WHERE closed_on IS NULL AND NEW.id = CASE TG_TABLE_NAME
            WHEN 'ledger_delivery' THEN delivery_id
            WHEN 'ledger_contribution' THEN contribution_id
            WHEN 'ledger_fundact' THEN fund_act_id
            ELSE credit_act_id
        END)
    THEN
        PERFORM ledger_refuse('contested_is_frozen');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER contested_is_frozen BEFORE UPDATE ON ledger_delivery
    FOR EACH ROW WHEN (NEW.state = 'reversed' AND OLD.state <> 'reversed')
    EXECUTE FUNCTION ledger_contested_is_frozen();
CREATE TRIGGER contested_contribution_is_frozen BEFORE UPDATE ON ledger_contribution
    FOR EACH ROW WHEN (NEW.state = 'reversed' AND OLD.state <> 'reversed')
    EXECUTE FUNCTION ledger_contested_is_frozen();
CREATE TRIGGER contested_fundact_is_frozen BEFORE UPDATE ON ledger_fundact
    FOR EACH ROW WHEN (NEW.state = 'reversed' AND OLD.state <> 'reversed')
    EXECUTE FUNCTION ledger_contested_is_frozen();
CREATE TRIGGER contested_creditact_is_frozen BEFORE UPDATE ON ledger_creditact
    FOR EACH ROW WHEN (NEW.state = 'reversed' AND OLD.state <> 'reversed')
    EXECUTE FUNCTION ledger_contested_is_frozen();
CREATE OR REPLACE FUNCTION ledger_contested_is_not_handed_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM ledger_dispute s LEFT JOIN ledger_delivery d ON d.id = s.delivery_id
            LEFT JOIN ledger_fundact f ON f.id = s.fund_act_id
            JOIN ledger_claim c ON c.agreement IN ('P-' || d.agreement_id, 'F-' || coalesce(f.levy_id, f.id))
        WHERE s.closed_on IS NULL AND c.id IN (NEW.claim_id, NEW.against_id))
    THEN
        PERFORM ledger_refuse('contested_is_frozen');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER contested_is_not_handed_over BEFORE UPDATE ON ledger_assignment
    FOR EACH ROW WHEN (NEW.event_id IS NOT NULL AND OLD.event_id IS NULL)
    EXECUTE FUNCTION ledger_contested_is_not_handed_over();
-- Beyond the amount that its assembly set, a side undoes nothing without a resolution, which its history holds.
CREATE OR REPLACE FUNCTION ledger_undone_by_resolution() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM ledger_book b JOIN ledger_agreement g ON g.id = NEW.agreement_id
        WHERE (b.organization_id IN (NEW.giver_id, NEW.receiver_id) OR b.organization_id IN (
                SELECT organization_id FROM ledger_sharedpart WHERE act_id = NEW.id))
            AND (SELECT coalesce(sum(p.amount), 0) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
                WHERE p.event_id = NEW.event_id AND p.amount > 0 AND a.book_id = b.id AND a.unit_id = g.unit_id
            ) > (
                SELECT t.amount FROM ledger_approvalthreshold t WHERE t.book_id = b.id ORDER BY t.id DESC LIMIT 1)
            AND NOT EXISTS (
                SELECT FROM ledger_agreementstep s JOIN network_resolution r ON r.id = s.resolution_id
                WHERE s.delivery_id = NEW.id AND s.organization_id = b.organization_id
                    AND r.organization_id = b.organization_id))
    THEN
        PERFORM ledger_refuse('signed_by_resolution');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER undone_by_resolution BEFORE UPDATE ON ledger_delivery
    FOR EACH ROW WHEN (NEW.state = 'reversed' AND OLD.state <> 'reversed')
    EXECUTE FUNCTION ledger_undone_by_resolution();
