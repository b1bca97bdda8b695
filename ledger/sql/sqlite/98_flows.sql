-- Who gave what to whom, kept as it is posted: one row for what an event hands from one book to another, so that a page
-- never adds up the journal (docs/flows.md). Which lines say so is told in ledger/core/flows.py, row by row as here; what
-- undoes an event undoes its rows.
CREATE TRIGGER flows_kept AFTER INSERT ON ledger_event WHEN NEW.reverses_id IS NULL
BEGIN
    INSERT INTO ledger_flow (event_id, giver_id, receiver_id, kind, unit_id, amount, booked_on)
    SELECT NEW.id, f.giver, f.receiver, f.kind, f.unit, f.amount, NEW.booked_on FROM (
        WITH sides (event, kind, part, gives, number, sign, is_one_way) AS (VALUES
            ('barter_delivery', 'barter', 1, 1, '4103', -1, 0),
            ('barter_delivery', 'barter', 1, 0, '1301', 1, 0),
            ('barter_return', 'barter', 1, 1, '4103', -1, 0),
            ('barter_return', 'barter', 1, 0, '1301', 1, 0),
            ('barter_shortfall', 'barter', 1, 1, '4103', -1, 0),
            ('barter_shortfall', 'barter', 1, 0, '1301', 1, 0),
            ('barter_allowance', 'barter', 1, 1, '4103', -1, 0),
            ('barter_allowance', 'barter', 1, 0, '1301', 1, 0),
            ('barter_change', 'barter', 1, 1, '4103', -1, 0),
            ('barter_change', 'barter', 1, 0, '1301', 1, 0),
            ('loan_paid_in_goods', 'barter', 1, 1, '4103', -1, 0),
            ('loan_paid_in_goods', 'barter', 1, 0, '1301', 1, 0),
            ('toll_work', 'toll_work', 1, 1, '4102', -1, 0),
            ('toll_work', 'toll_work', 1, 0, '1302', 1, 0),
            ('toll_goods', 'toll_work', 1, 1, '4103', -1, 0),
            ('toll_goods', 'toll_work', 1, 0, '1301', 1, 0),
            ('coproduction_cost', 'coproduction', 1, 1, '1301', -1, 1),
            ('coproduction_cost', 'coproduction', 1, 0, '1301', 1, 1),
            ('coproduction_invoice', 'coproduction', 1, 1, '4101', -1, 0),
            ('coproduction_invoice', 'coproduction', 1, 0, '5102', 1, 0),
            ('machine_use', 'machine', 1, 1, '4102', -1, 0),
            ('machine_use', 'machine', 1, 0, '5101', 1, 0),
            ('machine_use', 'machine', 2, 1, '9211', 1, 0),
            ('machine_use', 'machine', 2, 0, '9213', 1, 0),
            ('joint_purchase_share', 'purchase', 1, 1, '1301', -1, 1),
            ('joint_purchase_share', 'purchase', 1, 0, '1301', 1, 1),
            ('referred_work', 'referral', 1, 1, '4101', -1, 0),
            ('referred_work', 'referral', 1, 0, '5101', 1, 0),
            ('credit_sale', 'credit', 1, 1, '4101', -1, 0),
            ('credit_sale', 'credit', 1, 0, '1301', 1, 0),
            ('credit_sale', 'credit', 1, 0, '1303', 1, 0),
            ('credit_sale', 'credit', 1, 0, '2303', 1, 0),
            ('loan_lent', 'loan', 1, 1, '1301', -1, 1),
            ('loan_lent', 'loan', 1, 0, '1301', 1, 1),
            ('loan_lent', 'loan', 2, 1, '1102', -1, 1),
            ('loan_lent', 'loan', 2, 0, '1102', 1, 1),
            ('fund_levy', 'fund', 1, 1, '5402', 1, 0),
            ('fund_levy', 'fund', 1, 0, '2301', -1, 0),
            ('fund_gift', 'fund', 1, 1, '5402', 1, 0),
            ('fund_gift', 'fund', 1, 0, '2301', -1, 0),
            ('fund_spending', 'fund', 1, 1, '2301', 1, 0),
            ('fund_spending', 'fund', 1, 0, '4204', -1, 0),
            ('contribution', 'community', 1, 1, '5401', 1, 0),
            ('contribution', 'community', 2, 1, '9203', 1, 0),
            ('contribution', 'mentoring', 3, 1, '9207', 1, 0),
            ('contribution', 'mentoring', 3, 0, '9209', 1, 0),
            ('hosted_period', 'community', 1, 1, '5401', 1, 0),
            ('hosted_period', 'community', 2, 1, '9203', 1, 0)
        ), moved AS (
            SELECT s.kind, s.part, s.gives, a.book_id, min(a.unit_id) AS unit_id, sum(s.sign * p.amount) AS amount
            FROM sides s JOIN ledger_posting p ON p.event_id = NEW.id
                JOIN ledger_account a ON a.id = p.account_id AND a.number = s.number
            WHERE s.event = NEW.kind AND (NOT s.is_one_way OR s.sign * p.amount > 0)
            GROUP BY s.kind, s.part, s.gives, a.book_id
        ), counted AS (
            SELECT g.*, (SELECT count(*) FROM moved o WHERE o.part = g.part AND NOT o.gives) AS sides,
                (SELECT count(*) FROM moved o WHERE o.part = g.part AND NOT o.gives AND o.book_id <> g.book_id)
                    AS receivers
            FROM moved g WHERE g.gives
        )
        -- What one gives several is what each receives; else what each gives.
        SELECT g.book_id AS giver, r.book_id AS receiver, g.kind AS kind,
            CASE WHEN g.receivers > 1 THEN r.unit_id ELSE g.unit_id END AS unit,
            CASE WHEN g.receivers > 1 THEN r.amount ELSE g.amount END AS amount
        FROM counted g LEFT JOIN moved r ON r.part = g.part AND NOT r.gives AND r.book_id <> g.book_id
        WHERE g.sides = 0 OR g.receivers > 0
        UNION ALL
        SELECT NULL, r.book_id, r.kind, r.unit_id, r.amount FROM moved r
        WHERE NOT r.gives AND NOT EXISTS (SELECT 1 FROM moved g WHERE g.part = r.part AND g.gives)
    ) f WHERE f.amount <> 0;
END;
CREATE TRIGGER flows_undone AFTER INSERT ON ledger_event WHEN NEW.reverses_id IS NOT NULL
BEGIN
    INSERT INTO ledger_flow (event_id, giver_id, receiver_id, kind, unit_id, amount, booked_on)
    SELECT NEW.id, giver_id, receiver_id, kind, unit_id, -amount, NEW.booked_on FROM ledger_flow
    WHERE event_id = NEW.reverses_id;
END;
-- A flow is of the event that was posted last, on its day, and of a book that the event entered.
CREATE TRIGGER flow_by_posting_only BEFORE INSERT ON ledger_flow
BEGIN
    SELECT RAISE(ABORT, 'amount_is_whole') WHERE typeof(NEW.amount) <> 'integer';
    SELECT RAISE(ABORT, 'balance_by_posting_only') WHERE NEW.event_id <> (SELECT max(id) FROM ledger_event)
        OR NEW.booked_on <> (SELECT booked_on FROM ledger_event WHERE id = NEW.event_id)
        OR EXISTS (
            SELECT 1 FROM ledger_flow WHERE id = NEW.id OR (event_id = NEW.event_id AND giver_id IS NEW.giver_id
                AND receiver_id IS NEW.receiver_id AND kind = NEW.kind AND unit_id = NEW.unit_id))
        OR NOT EXISTS (
            SELECT 1 FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
            WHERE p.event_id = NEW.event_id AND a.book_id = coalesce(NEW.giver_id, NEW.receiver_id)
            GROUP BY p.event_id HAVING sum(abs(p.amount)) >= abs(NEW.amount));
END;
CREATE TRIGGER flow_no_update BEFORE UPDATE ON ledger_flow
BEGIN
    SELECT RAISE(ABORT, 'balance_by_posting_only');
END;
CREATE TRIGGER flow_no_delete BEFORE DELETE ON ledger_flow
BEGIN
    SELECT RAISE(ABORT, 'balance_by_posting_only');
END;
