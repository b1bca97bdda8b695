-- The moment of posting: one statement writes all lines of an event, and this looks at them together, once.
--   no_line_added_later       the event is there and has no entry yet: one that was committed always has (70)
--   account_is_open           each line stands on an account that exists and is open
--   entry_balances            debits equal credits in each book and unit
--   period_is_open, entries_in_order_of_days, and numbers without gap within a book's year: the book's row is the lock
--   posting_fits_its_account  a quantity is in the account's peg, and the claim is the one that the account calls for
--   books_mirror              what one book shows as receivable the other shows as payable: pair, unit, peg, claim
--   own_entry_in_one_book     an entry of one's own stays in one book and moves no debt: that takes both to say so, as does
--                             work that was passed on, with its contra, and network credit
--   credit_at_par, fund_holds_it  what is held in network credit stands in money one for one (1104, kept in both), what
--                             is kept of it for members is owed to them (2303), and no fund of it is overdrawn (2301)
--   fund_kept_apart           a solidarity fund in money (2301) moves by its own acts, by co-productions, and what undoes
--                             them (94_funds)
-- Then the entries are written, and the balances of accounts and claims move. The rows of the books, taken in the order
-- of ids, are the locks for all of it: accounts and claims are theirs.
--
-- One trigger and few plain statements, because that is what posting costs (docs/benchmarks.md): each rule as a
-- trigger of its own reads the same lines and accounts again. This also stands in for the foreign keys of lines and
-- entries. Look-ups go by index, from the lines outwards, whatever the tables have grown to: hence the left joins and
-- the settings. A plan made while the tables were small would else read them whole for each line, and a plan made anew
-- each time, for the arrays at hand, costs more than it saves.
CREATE OR REPLACE FUNCTION ledger_event_is_posted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off
    SET enable_hashagg = off SET plan_cache_mode = force_generic_plan
    AS $$
DECLARE
    entry record;
    broken text;
    has_debts boolean := false;
    has_measures boolean := false;
    has_credit boolean := false;
    at_book bigint := 0;
    at_event bigint := 0;
    starts integer;
    last_year integer;
    last_number integer;
    last_day date;
    is_closed boolean;
    written integer;
    n integer := 0;
    events bigint[];
    books bigint[];
    years integer[];
    numbers integer[];
    days date[];
    has_more_days boolean := false;
BEGIN
    FOR entry IN
        SELECT a.book_id AS book, p.event_id AS event, min(e.booked_on) AS day, sum(p.amount) AS left_over,
            bool_or(coalesce(a.is_closed, true)) AS is_closed, count(e.id) < count(*) AS is_late,
            bool_or(a.counterparty_id IS NOT NULL OR p.claim_id IS NOT NULL OR a.number IN ('1104', '2303', '9502', '9504'))
                AS has_debts,
            bool_or(a.number IN ('1104', '2301', '2303')) AS has_credit,
            bool_or(e.kind = 'own_entry') AS is_own, bool_or(p.measure_id IS NOT NULL) AS has_measures
        FROM new_postings p LEFT JOIN ledger_account a ON a.id = p.account_id
            LEFT JOIN ledger_event e ON e.id = p.event_id
        GROUP BY a.book_id, p.event_id, a.unit_id ORDER BY a.book_id, p.event_id
    LOOP
        IF entry.is_late THEN
            PERFORM ledger_refuse('no_line_added_later');
        ELSIF entry.is_closed THEN
            PERFORM ledger_refuse('account_is_open');
        ELSIF entry.left_over <> 0 THEN
            PERFORM ledger_refuse('entry_balances');
        ELSIF entry.is_own AND entry.has_debts THEN
            PERFORM ledger_refuse('own_entry_in_one_book');
        END IF;
        has_debts := has_debts OR entry.has_debts;
        has_measures := has_measures OR entry.has_measures;
        has_credit := has_credit OR entry.has_credit;
        IF entry.book <> at_book THEN
            at_book := entry.book;
            at_event := 0;
            SELECT year_starts_month INTO starts FROM ledger_book WHERE id = at_book FOR NO KEY UPDATE;
            -- Once the lock is held, by a statement of its own: it sees what the one before has written.
            SELECT n.year, n.number, n.booked_on, c.is_closed INTO last_year, last_number, last_day, is_closed
                FROM (
                    SELECT EXISTS (SELECT FROM ledger_closing WHERE book_id = at_book AND through >= entry.day)
                ) c (is_closed) LEFT JOIN (
                    SELECT year, number, booked_on FROM ledger_entry
                    WHERE book_id = at_book ORDER BY year DESC, number DESC LIMIT 1
                ) n ON true;
            IF is_closed THEN
                PERFORM ledger_refuse('period_is_open');
            END IF;
        END IF;
        IF entry.event <> at_event THEN
            IF entry.day < last_day THEN
                PERFORM ledger_refuse('entries_in_order_of_days');
            ELSIF entry.is_own AND entry.event = ANY (events) THEN
                PERFORM ledger_refuse('own_entry_in_one_book');
            END IF;
            at_event := entry.event;
            n := n + 1;
            events[n] := at_event;
            books[n] := at_book;
            days[n] := entry.day;
            has_more_days := has_more_days OR entry.day <> days[1];
            years[n] := date_part('year', entry.day) - (date_part('month', entry.day) < starts)::integer;
            numbers[n] := CASE WHEN years[n] = last_year THEN last_number + 1 ELSE 1 END;
            last_year := years[n];
            last_number := numbers[n];
            last_day := entry.day;
        END IF;
    END LOOP;
    IF has_measures AND EXISTS (
        SELECT FROM new_postings p LEFT JOIN ledger_account a ON a.id = p.account_id
            LEFT JOIN ledger_measure m ON m.id = p.measure_id
        WHERE p.measure_id IS NOT NULL
            AND (m.id IS NULL OR (a.peg_id IS NOT NULL AND (a.peg_id <> m.id OR m.unit_id = a.unit_id)))
    ) THEN
        PERFORM ledger_refuse('posting_fits_its_account');
    END IF;
    IF has_debts THEN
        SELECT CASE WHEN NOT bool_and(debt.fits) THEN 'posting_fits_its_account'
            WHEN bool_or(debt.left_over <> 0 OR debt.quantity_left_over <> 0) THEN 'books_mirror' END INTO broken
        FROM (
            SELECT sum(p.amount) AS left_over, sum(p.quantity) AS quantity_left_over,
                bool_and(coalesce(CASE WHEN p.claim_id IS NULL THEN a.number NOT IN ('1202', '2102')
                    ELSE c.unit_id = a.unit_id AND c.peg_id = a.peg_id AND CASE a.role
                        WHEN 'receivable' THEN c.creditor_id = a.book_id AND c.debtor_id = a.counterparty_id
                        ELSE c.debtor_id = a.book_id AND c.creditor_id = a.counterparty_id END END, false)) AS fits
            FROM new_postings p LEFT JOIN ledger_account a ON a.id = p.account_id
                LEFT JOIN ledger_claim c ON c.id = p.claim_id
            WHERE coalesce(a.counterparty_id, p.claim_id) IS NOT NULL
            GROUP BY p.event_id, a.unit_id, a.peg_id, p.claim_id,
                least(a.book_id, a.counterparty_id), greatest(a.book_id, a.counterparty_id),
                (a.role = 'receivable') = (a.book_id < a.counterparty_id)
        ) debt;
        IF broken IS NOT NULL THEN
            PERFORM ledger_refuse(broken);
        END IF;
    END IF;
    IF has_credit THEN
        SELECT CASE WHEN bool_or(side.in_all <> 0) THEN 'credit_at_par' END INTO broken
        FROM (
            SELECT sum(p.amount) AS in_all FROM new_postings p LEFT JOIN ledger_account a ON a.id = p.account_id
            WHERE a.number = '1104' GROUP BY p.event_id, a.book_id
            UNION ALL
            SELECT unnest(ARRAY[
                sum(p.amount) FILTER (WHERE a.number = '1104' OR (a.number = '1103' AND m.thing = '')),
                sum(p.amount) FILTER (WHERE a.number = '2303' OR (a.number = '1103' AND m.thing <> ''))])
            FROM new_postings p LEFT JOIN ledger_account a ON a.id = p.account_id
                LEFT JOIN ledger_unit u ON u.id = a.unit_id LEFT JOIN ledger_measure m ON m.id = a.peg_id
            WHERE u.kind = 'credit' AND a.number IN ('1103', '1104', '2303')
            GROUP BY p.event_id, a.book_id, a.unit_id HAVING bool_or(a.number <> '1103')
        ) side;
        IF broken IS NOT NULL THEN
            PERFORM ledger_refuse(broken);
        END IF;
        IF EXISTS (
            SELECT FROM new_postings p LEFT JOIN ledger_account a ON a.id = p.account_id
                LEFT JOIN ledger_unit u ON u.id = a.unit_id LEFT JOIN ledger_accountbalance b ON b.account_id = a.id
            WHERE a.number = '2301' AND u.kind = 'credit' GROUP BY b.account_id, b.amount
            HAVING sum(p.amount) > 0 AND b.amount + sum(p.amount) > 0)
        THEN
            PERFORM ledger_refuse('fund_holds_it');
        END IF;
        IF EXISTS (
            SELECT FROM new_postings p LEFT JOIN ledger_account a ON a.id = p.account_id
                LEFT JOIN ledger_book b ON b.id = a.book_id LEFT JOIN ledger_fund f ON f.book_id = b.id
                LEFT JOIN ledger_event e ON e.id = p.event_id
            WHERE a.number = '2301' AND a.unit_id = b.unit_id AND f.book_id IS NOT NULL AND e.kind NOT IN (
                'fund_levy', 'fund_gift', 'fund_spending', 'coproduction_collection', 'reversal'))
        THEN
            PERFORM ledger_refuse('fund_kept_apart');
        END IF;
    END IF;
    INSERT INTO ledger_entry (event_id, book_id, year, number, booked_on)
        SELECT event, book, year, number, day FROM unnest(events, books, years, numbers, days)
            AS e (event, book, year, number, day)
        WHERE NOT EXISTS (SELECT FROM ledger_entry n WHERE n.event_id = e.event);
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written < n THEN
        PERFORM ledger_refuse('no_line_added_later');
    END IF;
    -- Of a batch of several days each leaves its balance, but the last, which is the present one.
    IF has_more_days THEN
        INSERT INTO ledger_daybalance (account_id, day, amount, quantity)
        SELECT d.account, d.day, b.amount + d.amount, b.quantity + d.quantity
        FROM (
            SELECT p.account_id AS account, e.booked_on AS day,
                lead(e.booked_on) OVER until_then IS NULL AS is_last,
                sum(sum(p.amount)) OVER until_then AS amount,
                sum(sum(CASE WHEN p.measure_id = a.peg_id THEN p.quantity ELSE 0 END)) OVER until_then AS quantity
            FROM new_postings p LEFT JOIN ledger_account a ON a.id = p.account_id
                LEFT JOIN ledger_event e ON e.id = p.event_id
            GROUP BY p.account_id, e.booked_on
            WINDOW until_then AS (PARTITION BY p.account_id ORDER BY e.booked_on)
        ) d LEFT JOIN ledger_accountbalance b ON b.account_id = d.account
        WHERE NOT d.is_last;
    END IF;
    UPDATE ledger_accountbalance b SET amount = b.amount + moved.amount, quantity = b.quantity + moved.quantity,
        postings = b.postings + moved.postings, last_event = greatest(b.last_event, moved.event), day = moved.day
    FROM (
        SELECT p.account_id AS account, max(e.booked_on) AS day, sum(p.amount)::bigint AS amount,
            count(*) AS postings, max(p.event_id) AS event,
            sum(CASE WHEN p.measure_id = a.peg_id THEN p.quantity ELSE 0 END)::bigint AS quantity
        FROM new_postings p LEFT JOIN ledger_account a ON a.id = p.account_id
            LEFT JOIN ledger_event e ON e.id = p.event_id
        GROUP BY 1
    ) moved
    WHERE b.account_id = moved.account;
    IF has_debts THEN
        UPDATE ledger_claimbalance b SET amount = b.amount + moved.amount, quantity = b.quantity + moved.quantity,
            last_event = greatest(b.last_event, moved.event)
        FROM (
            SELECT p.claim_id AS claim, sum(p.amount)::bigint AS amount, max(p.event_id) AS event,
                sum(CASE WHEN p.measure_id = a.peg_id THEN p.quantity ELSE 0 END)::bigint AS quantity
            FROM new_postings p LEFT JOIN ledger_account a ON a.id = p.account_id
            WHERE p.claim_id IS NOT NULL AND a.role = 'receivable'
            GROUP BY 1
        ) moved
        WHERE b.claim_id = moved.claim;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER event_is_posted AFTER INSERT ON ledger_posting
    REFERENCING NEW TABLE AS new_postings FOR EACH STATEMENT EXECUTE FUNCTION ledger_event_is_posted();
