-- Posting in one round trip. These functions are a convenience and no guarantee: they run with the rights of whoever
-- calls them, and the rules above hold for whatever writes.

-- The day under which an event of some books stands: that of the fact where every journal allows it, else today.
CREATE OR REPLACE FUNCTION ledger_booking_day(books bigint[], happened_on date, today date) RETURNS date
    LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN (SELECT CASE WHEN bool_and(happened_on >= coalesce((
            SELECT n.booked_on FROM ledger_entry n WHERE n.book_id = book ORDER BY n.year DESC, n.number DESC LIMIT 1
        ), happened_on) AND NOT EXISTS (
            SELECT FROM ledger_closing c WHERE c.book_id = book AND c.through >= happened_on
        )) THEN happened_on ELSE today END
    FROM unnest(books) book);
END $$;

-- One event. No event is answered where its key was written before: by whom, and whether it says the same, the caller
-- looks up.
DROP FUNCTION IF EXISTS ledger_post;
CREATE OR REPLACE FUNCTION ledger_post(
    p_key uuid, p_digest text, p_kind text, p_happened_on date, p_today date, p_recorded_at timestamptz,
    p_recorded_by bigint, p_confirmed_by bigint, p_memo text, p_papers text, p_agreement text, p_resolution text,
    p_reverses bigint, p_books bigint[], p_accounts bigint[], p_amounts bigint[], p_quantities bigint[],
    p_measures bigint[], p_claims bigint[],
    OUT event bigint, OUT stands_under date
) LANGUAGE plpgsql AS $$
BEGIN
    stands_under := CASE WHEN p_happened_on = p_today THEN p_today
        ELSE ledger_booking_day(p_books, p_happened_on, p_today) END;
    INSERT INTO ledger_event (key, digest, kind, happened_on, booked_on, recorded_at, recorded_by_id, confirmed_by_id,
        memo, papers, agreement, resolution, reverses_id)
    VALUES (p_key, p_digest, p_kind, p_happened_on, stands_under, p_recorded_at, p_recorded_by, p_confirmed_by,
        p_memo, p_papers, p_agreement, p_resolution, p_reverses)
    ON CONFLICT (key) DO NOTHING RETURNING id INTO event;
    IF event IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO ledger_posting (event_id, line, account_id, amount, quantity, measure_id, claim_id)
    SELECT event, line, account, amount, quantity, measure, claim
    FROM unnest(p_accounts, p_amounts, p_quantities, p_measures, p_claims)
        WITH ORDINALITY AS l (account, amount, quantity, measure, claim, line);
    IF p_reverses IS NOT NULL THEN
        SET CONSTRAINTS reversal_is_exact IMMEDIATE;
        SET CONSTRAINTS reversal_is_exact DEFERRED;
    END IF;
END $$;

-- The same inside a transaction that has to go on when a rule refuses: what was written is undone, and the rule named.
CREATE OR REPLACE FUNCTION ledger_try_post(
    p_key uuid, p_digest text, p_kind text, p_happened_on date, p_today date, p_recorded_at timestamptz,
    p_recorded_by bigint, p_confirmed_by bigint, p_memo text, p_papers text, p_agreement text, p_resolution text,
    p_reverses bigint, p_books bigint[], p_accounts bigint[], p_amounts bigint[], p_quantities bigint[],
    p_measures bigint[], p_claims bigint[],
    OUT event bigint, OUT stands_under date, OUT refused text
) LANGUAGE plpgsql AS $$
BEGIN
    SELECT p.event, p.stands_under INTO event, stands_under FROM ledger_post(
        p_key, p_digest, p_kind, p_happened_on, p_today, p_recorded_at, p_recorded_by, p_confirmed_by, p_memo, p_papers,
        p_agreement, p_resolution, p_reverses, p_books, p_accounts, p_amounts, p_quantities, p_measures, p_claims) p;
EXCEPTION WHEN integrity_constraint_violation OR numeric_value_out_of_range THEN
    GET STACKED DIAGNOSTICS refused = CONSTRAINT_NAME;
    refused := coalesce(nullif(refused, ''), SQLSTATE);
    event := NULL;
END $$;

-- Many events, all of them or none, told column by column. Lines say to which event they belong by its place in the
-- batch. Keys that were written before the caller has left out.
CREATE OR REPLACE FUNCTION ledger_post_many(
    p_keys uuid[], p_digests text[], p_kinds text[], p_happened_on date[], p_booked_on date[],
    p_recorded_at timestamptz, p_recorded_by bigint, p_memos text[], p_papers text[], p_agreements text[],
    p_resolutions text[],
    p_places integer[], p_lines smallint[], p_accounts bigint[], p_amounts bigint[], p_quantities bigint[],
    p_measures bigint[], p_claims bigint[],
    OUT events bigint[], OUT refused text
) LANGUAGE plpgsql AS $$
DECLARE
    numbers regclass := pg_get_serial_sequence('ledger_event', 'id');
    written integer;
BEGIN
    events := ARRAY(SELECT nextval(numbers) FROM generate_subscripts(p_keys, 1));
    INSERT INTO ledger_event (id, key, digest, kind, happened_on, booked_on, recorded_at, recorded_by_id, memo, papers,
        agreement, resolution)
    SELECT id, key, digest, kind, happened_on, booked_on, p_recorded_at, p_recorded_by, memo, papers, agreement,
        resolution
    FROM unnest(events, p_keys, p_digests, p_kinds, p_happened_on, p_booked_on, p_memos, p_papers, p_agreements,
        p_resolutions) AS e (id, key, digest, kind, happened_on, booked_on, memo, papers, agreement, resolution)
    ON CONFLICT (key) DO NOTHING;
    GET DIAGNOSTICS written = ROW_COUNT;
    -- Somebody else wrote one of the keys at this very moment.
    IF written < cardinality(p_keys) THEN
        refused := 'key_was_used';
        RETURN;
    END IF;
    INSERT INTO ledger_posting (event_id, line, account_id, amount, quantity, measure_id, claim_id)
    SELECT events[place], line, account, amount, quantity, measure, claim
    FROM unnest(p_places, p_lines, p_accounts, p_amounts, p_quantities, p_measures, p_claims)
        AS l (place, line, account, amount, quantity, measure, claim);
EXCEPTION WHEN integrity_constraint_violation OR numeric_value_out_of_range THEN
    GET STACKED DIAGNOSTICS refused = CONSTRAINT_NAME;
    refused := coalesce(nullif(refused, ''), SQLSTATE);
    events := NULL;
END $$;
