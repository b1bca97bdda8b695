-- What is given is written once, by a resolution of the giver's own assembly where one is needed; then only the answer
-- to it moves.
CREATE TRIGGER contribution_is_begun BEFORE INSERT ON ledger_contribution
BEGIN
    SELECT RAISE(ABORT, 'given_stays') WHERE NEW.state <> 'logged' OR EXISTS (
        SELECT 1 FROM ledger_contribution WHERE id = NEW.id OR "key" = NEW."key");
    SELECT RAISE(ABORT, 'decided_by_its_own_assembly') WHERE NEW.resolution_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM network_resolution
        WHERE id = NEW.resolution_id AND organization_id = NEW.giver_id AND resolved_on <= NEW.happened_on);
    SELECT RAISE(ABORT, 'passed_on_once_received') WHERE NEW.passes_on_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM ledger_contribution
        WHERE id = NEW.passes_on_id AND kind = 'mentoring' AND state = 'confirmed' AND receiver_id = NEW.giver_id
            AND giver_id <> NEW.receiver_id AND happened_on <= NEW.happened_on);
END;
CREATE TRIGGER contribution_stays BEFORE UPDATE ON ledger_contribution
BEGIN
    SELECT RAISE(ABORT, 'given_stays') WHERE (OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
            VALUES ('logged', 'confirmed'), ('logged', 'rejected'), ('confirmed', 'reversed')))
        OR (OLD.event_id IS NOT NULL AND NEW.event_id IS NOT OLD.event_id)
        OR (NEW.id, NEW."key", NEW.giver_id, NEW.kind, NEW.what, NEW.receiver_id, NEW.receiver_name, NEW.happened_on,
            NEW.amount, NEW.charged_to, NEW.paid_from, NEW.hours, NEW.people, NEW.trainees, NEW.manuals,
            NEW.attendances, NEW.counted, NEW.passes_on_id, NEW.resolution_id, NEW.logged_by_id)
        IS NOT (OLD.id, OLD."key", OLD.giver_id, OLD.kind, OLD.what, OLD.receiver_id, OLD.receiver_name, OLD.happened_on,
            OLD.amount, OLD.charged_to, OLD.paid_from, OLD.hours, OLD.people, OLD.trainees, OLD.manuals,
            OLD.attendances, OLD.counted, OLD.passes_on_id, OLD.resolution_id, OLD.logged_by_id);
END;
CREATE TRIGGER contribution_no_delete BEFORE DELETE ON ledger_contribution
BEGIN
    SELECT RAISE(ABORT, 'given_stays');
END;
-- What is counter-signed is in the giver's book as it was told, mentoring in the receiver's too; no more comes out of a fund, the cash or the stock than
-- it has. A bank may lend.
CREATE TRIGGER given_as_told BEFORE UPDATE ON ledger_contribution
    WHEN NEW.state = 'confirmed' AND OLD.state <> 'confirmed'
BEGIN
    SELECT RAISE(ABORT, 'given_as_told') WHERE NOT EXISTS (
        SELECT 1 FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
            JOIN ledger_book b ON b.id = a.book_id
        WHERE p.event_id = NEW.event_id AND b.organization_id = NEW.giver_id
            AND p.amount = coalesce(NEW.amount, NEW.hours)
            AND a.number = coalesce(nullif(NEW.charged_to, ''), iif(NEW.kind = 'mentoring', '9207', '9203')));
    SELECT RAISE(ABORT, 'given_as_told') WHERE NEW.kind = 'mentoring'
        AND EXISTS (SELECT 1 FROM ledger_book WHERE organization_id = NEW.receiver_id)
        AND NOT EXISTS (
            SELECT 1 FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
                JOIN ledger_book b ON b.id = a.book_id
            WHERE p.event_id = NEW.event_id AND b.organization_id = NEW.receiver_id AND a.number = '9209'
                AND p.amount = NEW.hours);
    SELECT RAISE(ABORT, 'fund_holds_it') WHERE EXISTS (
        SELECT 1 FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
            JOIN ledger_accountbalance b ON b.account_id = a.id
        WHERE p.event_id = NEW.event_id AND a.number IN ('2201', '2202') AND p.amount > 0 AND b.amount > 0);
    SELECT RAISE(ABORT, 'really_borne') WHERE EXISTS (
        SELECT 1 FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
            JOIN ledger_accountbalance b ON b.account_id = a.id
        WHERE p.event_id = NEW.event_id AND a.number IN ('1101', '1301', '1303') AND p.amount < 0 AND b.amount < 0);
END;
