-- Who gave what to whom, kept as it is posted: one row for what an event hands from one book to another, so that a page
-- never adds up the journal (docs/flows.md). Which lines say so is told in ledger/core/flows.py, row by row as here; what
-- undoes an event undoes its rows.
CREATE OR REPLACE FUNCTION ledger_flows_kept() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET enable_mergejoin = off SET enable_seqscan = off
    SET plan_cache_mode = force_generic_plan
    AS $$
BEGIN
    INSERT INTO ledger_flow (event_id, giver_id, receiver_id, kind, unit_id, amount, booked_on)
    WITH sides (event, kind, part, gives, number, sign, is_one_way) AS (VALUES
        ('barter_delivery', 'barter', 1, true, '4103', -1, false),
        ('barter_delivery', 'barter', 1, false, '1301', 1, false),
        ('barter_return', 'barter', 1, true, '4103', -1, false),
        ('barter_return', 'barter', 1, false, '1301', 1, false),
        ('barter_shortfall', 'barter', 1, true, '4103', -1, false),
        ('barter_shortfall', 'barter', 1, false, '1301', 1, false),
        ('barter_allowance', 'barter', 1, true, '4103', -1, false),
        ('barter_allowance', 'barter', 1, false, '1301', 1, false),
        ('barter_change', 'barter', 1, true, '4103', -1, false),
        ('barter_change', 'barter', 1, false, '1301', 1, false),
        ('loan_paid_in_goods', 'barter', 1, true, '4103', -1, false),
        ('loan_paid_in_goods', 'barter', 1, false, '1301', 1, false),
        ('toll_work', 'toll_work', 1, true, '4102', -1, false),
        ('toll_work', 'toll_work', 1, false, '1302', 1, false),
        ('toll_goods', 'toll_work', 1, true, '4103', -1, false),
        ('toll_goods', 'toll_work', 1, false, '1301', 1, false),
        ('coproduction_cost', 'coproduction', 1, true, '1301', -1, true),
        ('coproduction_cost', 'coproduction', 1, false, '1301', 1, true),
        ('coproduction_invoice', 'coproduction', 1, true, '4101', -1, false),
        ('coproduction_invoice', 'coproduction', 1, false, '5102', 1, false),
        ('machine_use', 'machine', 1, true, '4102', -1, false),
        ('machine_use', 'machine', 1, false, '5101', 1, false),
        ('machine_use', 'machine', 2, true, '9211', 1, false),
        ('machine_use', 'machine', 2, false, '9213', 1, false),
        ('joint_purchase_share', 'purchase', 1, true, '1301', -1, true),
        ('joint_purchase_share', 'purchase', 1, false, '1301', 1, true),
        ('referred_work', 'referral', 1, true, '4101', -1, false),
        ('referred_work', 'referral', 1, false, '5101', 1, false),
        ('credit_sale', 'credit', 1, true, '4101', -1, false),
        ('credit_sale', 'credit', 1, false, '1301', 1, false),
        ('credit_sale', 'credit', 1, false, '1303', 1, false),
        ('credit_sale', 'credit', 1, false, '2303', 1, false),
        ('loan_lent', 'loan', 1, true, '1301', -1, true),
        ('loan_lent', 'loan', 1, false, '1301', 1, true),
        ('loan_lent', 'loan', 2, true, '1102', -1, true),
        ('loan_lent', 'loan', 2, false, '1102', 1, true),
        ('fund_levy', 'fund', 1, true, '5402', 1, false),
        ('fund_levy', 'fund', 1, false, '2301', -1, false),
        ('fund_gift', 'fund', 1, true, '5402', 1, false),
        ('fund_gift', 'fund', 1, false, '2301', -1, false),
        ('fund_spending', 'fund', 1, true, '2301', 1, false),
        ('fund_spending', 'fund', 1, false, '4204', -1, false),
        ('contribution', 'community', 1, true, '5401', 1, false),
        ('contribution', 'community', 2, true, '9203', 1, false),
        ('contribution', 'mentoring', 3, true, '9207', 1, false),
        ('contribution', 'mentoring', 3, false, '9209', 1, false),
        ('hosted_period', 'community', 1, true, '5401', 1, false),
        ('hosted_period', 'community', 2, true, '9203', 1, false)
    ), moved AS (
        SELECT p.event_id, e.booked_on, s.kind, s.part, s.gives, a.book_id, min(a.unit_id) AS unit_id,
            sum(s.sign * p.amount)::bigint AS amount
        FROM new_postings p JOIN ledger_event e ON e.id = p.event_id JOIN ledger_account a ON a.id = p.account_id
            JOIN sides s ON s.event = e.kind AND s.number = a.number
        WHERE NOT s.is_one_way OR s.sign * p.amount > 0
        GROUP BY p.event_id, e.booked_on, s.kind, s.part, s.gives, a.book_id
    ), told AS (
        SELECT event_id, booked_on, kind, part,
            array_agg(book_id) FILTER (WHERE gives) AS givers, array_agg(unit_id) FILTER (WHERE gives) AS given_in,
            array_agg(amount) FILTER (WHERE gives) AS given, array_agg(book_id) FILTER (WHERE NOT gives) AS takers,
            array_agg(unit_id) FILTER (WHERE NOT gives) AS taken_in, array_agg(amount) FILTER (WHERE NOT gives) AS taken
        FROM moved GROUP BY event_id, booked_on, kind, part
    )
    -- What one gives several is what each receives; else what each gives. Arrays, since a batch of many events that is
    -- joined with itself costs the square of it.
    SELECT t.event_id, g.book, r.book, t.kind, CASE WHEN n.says_taker THEN r.unit ELSE g.unit END,
        CASE WHEN n.says_taker THEN r.amount ELSE g.amount END, t.booked_on
    FROM told t
        CROSS JOIN LATERAL unnest(coalesce(t.givers, ARRAY[NULL::bigint]), coalesce(t.given_in, ARRAY[NULL::bigint]),
            coalesce(t.given, ARRAY[NULL::bigint])) AS g (book, unit, amount)
        CROSS JOIN LATERAL (
            SELECT count(*) AS takers, g.book IS NULL OR count(*) > 1 AS says_taker
            FROM unnest(t.takers) o (book) WHERE o.book IS DISTINCT FROM g.book) n
        LEFT JOIN LATERAL unnest(t.takers, t.taken_in, t.taken) AS r (book, unit, amount)
            ON r.book IS DISTINCT FROM g.book
    WHERE (t.takers IS NULL OR n.takers > 0) AND CASE WHEN n.says_taker THEN r.amount ELSE g.amount END <> 0;
    INSERT INTO ledger_flow (event_id, giver_id, receiver_id, kind, unit_id, amount, booked_on)
    SELECT e.id, f.giver_id, f.receiver_id, f.kind, f.unit_id, -f.amount, e.booked_on
    FROM (SELECT DISTINCT event_id FROM new_postings) p JOIN ledger_event e ON e.id = p.event_id
        JOIN ledger_flow f ON f.event_id = e.reverses_id;
    RETURN NULL;
END $$;
-- By its name it comes after `event_is_posted`: what that refuses makes no flow.
CREATE TRIGGER flows_kept AFTER INSERT ON ledger_posting
    REFERENCING NEW TABLE AS new_postings FOR EACH STATEMENT EXECUTE FUNCTION ledger_flows_kept();
CREATE TRIGGER flow_by_posting_only BEFORE INSERT OR UPDATE OR DELETE ON ledger_flow
    FOR EACH ROW EXECUTE FUNCTION ledger_balance_by_posting_only();
CREATE TRIGGER flow_no_truncate BEFORE TRUNCATE ON ledger_flow
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_balance_by_posting_only();
