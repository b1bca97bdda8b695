-- What a round counted stays; what comes out of it changes until it is in the books.
CREATE TRIGGER round_changes BEFORE UPDATE ON ledger_clearinground
BEGIN
    SELECT RAISE(ABORT, 'round_stays')
    WHERE (NEW.id, NEW."key", NEW.body_id, NEW.unit_id, NEW.peg_id, NEW.consent, NEW.takes_undue, NEW.called_on,
            NEW.cut_off, NEW.join_until, NEW.answer_until, NEW.called_by_id,
            NEW.credit_id, NEW.credit_most, NEW.resolution_id)
        IS NOT (OLD.id, OLD."key", OLD.body_id, OLD.unit_id, OLD.peg_id, OLD.consent, OLD.takes_undue, OLD.called_on,
            OLD.cut_off, OLD.join_until, OLD.answer_until, OLD.called_by_id,
            OLD.credit_id, OLD.credit_most, OLD.resolution_id)
        OR OLD.state || '-' || NEW.state NOT IN ('called-proposed', 'called-cancelled', 'proposed-proposed',
            'proposed-cancelled', 'proposed-posted', 'posted-reversed')
        OR OLD.inputs <> '' AND NEW.inputs <> OLD.inputs
        OR NEW.state <> 'proposed'
            AND (NEW.inputs, NEW.seed, NEW.solved, NEW.total, NEW.lent, NEW.ends)
                IS NOT (OLD.inputs, OLD.seed, OLD.solved, OLD.total, OLD.lent, OLD.ends)
        OR OLD.event_id IS NOT NULL AND (NEW.event_id, NEW.posted_on) IS NOT (OLD.event_id, OLD.posted_on);
    -- The event says what was worked out: of each claim on both sides, and nothing else; of nobody who stayed out.
    SELECT RAISE(ABORT, 'cleared_as_solved')
    WHERE NEW.state = 'posted' AND (
        NOT EXISTS (SELECT 1 FROM ledger_event e WHERE e.id = NEW.event_id AND e.kind = 'clearing_round')
        OR (SELECT count(*) FROM ledger_posting p WHERE p.event_id = NEW.event_id)
            <> 2 * (SELECT count(*) FROM ledger_roundclaim c WHERE c.round_id = NEW.id AND c.cancelled > 0)
            + 4 * (SELECT count(*) FROM ledger_roundparty p WHERE p.round_id = NEW.id AND p.pays + p.takes > 0)
        OR NEW.total <> (SELECT coalesce(sum(c.cancelled), 0) FROM ledger_roundclaim c WHERE c.round_id = NEW.id)
        OR EXISTS (
            SELECT 1 FROM ledger_roundclaim c
                LEFT JOIN ledger_posting p ON p.event_id = NEW.event_id AND p.claim_id = c.claim_id AND p.amount < 0
            WHERE c.round_id = NEW.id AND c.cancelled <> -coalesce(p.amount, 0))
        OR EXISTS (
            SELECT 1 FROM ledger_roundclaim c JOIN ledger_roundparty p ON p.id IN (c.debtor_id, c.creditor_id)
            WHERE c.round_id = NEW.id AND c.cancelled > 0 AND p.stance = 'out')
        -- In credit each goes up or down by what was worked out, as much by all; the other three lines of each follow,
        -- since an entry balances, is mirrored, and credit is at par.
        OR NEW.lent <> (SELECT coalesce(sum(p.pays), 0) FROM ledger_roundparty p WHERE p.round_id = NEW.id)
        OR NEW.lent <> (SELECT coalesce(sum(p.takes), 0) FROM ledger_roundparty p WHERE p.round_id = NEW.id)
        OR EXISTS (
            SELECT 1 FROM ledger_roundparty p
            WHERE p.round_id = NEW.id AND p.pays + p.takes > 0 AND (p.stance = 'out' OR NOT EXISTS (
                SELECT 1 FROM ledger_posting l JOIN ledger_account a ON a.id = l.account_id
                    JOIN ledger_book b ON b.id = a.book_id JOIN ledger_measure m ON m.id = a.peg_id
                WHERE l.event_id = NEW.event_id AND b.organization_id = p.organization_id AND a.number = '1103'
                    AND a.unit_id = NEW.credit_id AND m.thing = '' AND l.amount = p.takes - p.pays))));
    -- A round is reversed as a whole.
    SELECT RAISE(ABORT, 'cleared_as_solved')
    WHERE NEW.state = 'reversed' AND NOT EXISTS (SELECT 1 FROM ledger_event e WHERE e.reverses_id = NEW.event_id);
END;
CREATE TRIGGER round_begins BEFORE INSERT ON ledger_clearinground
BEGIN
    SELECT RAISE(ABORT, 'round_stays') WHERE NEW.state <> 'called'
        OR EXISTS (SELECT 1 FROM ledger_clearinground WHERE id = NEW.id OR "key" = NEW."key");
    -- With a credit that the body issues, at par with the money of the round, by a resolution of its own.
    SELECT RAISE(ABORT, 'round_of_its_credit')
    WHERE NEW.credit_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM ledger_unit u JOIN ledger_book b ON b.id = u.issuer_id JOIN ledger_unit m ON m.id = NEW.unit_id
                JOIN network_resolution s ON s.id = NEW.resolution_id
            WHERE u.id = NEW.credit_id AND b.organization_id = NEW.body_id AND s.organization_id = NEW.body_id
                AND b.unit_id = NEW.unit_id AND u.scale = m.scale);
END;
CREATE TRIGGER round_no_delete BEFORE DELETE ON ledger_clearinground
BEGIN
    SELECT RAISE(ABORT, 'round_stays');
END;
CREATE TRIGGER round_party_begins BEFORE INSERT ON ledger_roundparty
BEGIN
    SELECT RAISE(ABORT, 'round_stays')
    WHERE NOT EXISTS (SELECT 1 FROM ledger_clearinground r WHERE r.id = NEW.round_id AND r.state = 'called')
        OR EXISTS (
            SELECT 1 FROM ledger_roundparty WHERE id = NEW.id
                OR round_id = NEW.round_id AND organization_id = NEW.organization_id
                OR round_id = NEW.round_id AND code = NEW.code);
END;
CREATE TRIGGER round_party_changes BEFORE UPDATE ON ledger_roundparty
BEGIN
    SELECT RAISE(ABORT, 'round_stays')
    WHERE (NEW.id, NEW.round_id, NEW.organization_id, NEW.code)
            IS NOT (OLD.id, OLD.round_id, OLD.organization_id, OLD.code)
        -- What it said of credit it said before the debts were counted.
        OR (NEW.pays_most, NEW.takes_most) IS NOT (OLD.pays_most, OLD.takes_most)
            AND NOT EXISTS (SELECT 1 FROM ledger_clearinground r WHERE r.id = NEW.round_id AND r.state = 'called')
        OR NOT EXISTS (
            SELECT 1 FROM ledger_clearinground r WHERE r.id = NEW.round_id AND r.state IN ('called', 'proposed'));
END;
CREATE TRIGGER round_party_no_delete BEFORE DELETE ON ledger_roundparty
BEGIN
    SELECT RAISE(ABORT, 'round_stays');
END;
-- A claim of a round is one of its unit, between two of its parties, and no more than is open; it is counted once.
CREATE TRIGGER round_claim_fits BEFORE INSERT ON ledger_roundclaim
BEGIN
    SELECT RAISE(ABORT, 'round_stays') WHERE EXISTS (
            SELECT 1 FROM ledger_roundclaim WHERE id = NEW.id
                OR round_id = NEW.round_id AND claim_id = NEW.claim_id
                OR round_id = NEW.round_id AND code = NEW.code)
        OR NOT EXISTS (
        SELECT 1 FROM ledger_clearinground r
            JOIN ledger_claim c ON c.id = NEW.claim_id
            JOIN ledger_claimbalance b ON b.claim_id = c.id
            JOIN ledger_roundparty d ON d.id = NEW.debtor_id AND d.round_id = r.id
            JOIN ledger_roundparty o ON o.id = NEW.creditor_id AND o.round_id = r.id
            JOIN ledger_book db ON db.id = c.debtor_id AND db.organization_id = d.organization_id
            JOIN ledger_book cb ON cb.id = c.creditor_id AND cb.organization_id = o.organization_id
        WHERE r.id = NEW.round_id AND r.state = 'called' AND NEW.amount <= b.amount
            AND (NEW.left_out <> '' OR c.unit_id = r.unit_id AND c.peg_id = r.peg_id));
END;
CREATE TRIGGER round_claim_changes BEFORE UPDATE ON ledger_roundclaim
BEGIN
    SELECT RAISE(ABORT, 'round_stays')
    WHERE (NEW.id, NEW.round_id, NEW.claim_id, NEW.debtor_id, NEW.creditor_id, NEW.code, NEW.amount, NEW.age,
            NEW.left_out)
        IS NOT (OLD.id, OLD.round_id, OLD.claim_id, OLD.debtor_id, OLD.creditor_id, OLD.code, OLD.amount, OLD.age,
            OLD.left_out)
        OR NOT EXISTS (
            SELECT 1 FROM ledger_clearinground r WHERE r.id = NEW.round_id AND r.state IN ('called', 'proposed'));
END;
CREATE TRIGGER round_claim_no_delete BEFORE DELETE ON ledger_roundclaim
BEGIN
    SELECT RAISE(ABORT, 'round_stays');
END;
-- While a round waits for answers, what takes part in it is not paid: the result would no longer hold.
CREATE TRIGGER claim_in_round BEFORE UPDATE ON ledger_claimbalance WHEN NEW.amount < OLD.amount
BEGIN
    SELECT RAISE(ABORT, 'claim_in_round') WHERE EXISTS (
        SELECT 1 FROM ledger_roundclaim c JOIN ledger_clearinground r ON r.id = c.round_id
            JOIN ledger_roundparty d ON d.id = c.debtor_id JOIN ledger_roundparty o ON o.id = c.creditor_id
        WHERE c.claim_id = NEW.claim_id AND c.left_out = '' AND r.state = 'proposed'
            AND d.stance <> 'out' AND o.stance <> 'out'
            AND NOT EXISTS (SELECT 1 FROM ledger_event e WHERE e.id = NEW.last_event AND e.kind = 'clearing_round'));
END;
