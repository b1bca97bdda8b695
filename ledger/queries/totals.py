"""Add everything up at once, for a full verification: each question is one statement over all rows, so one snapshot.

Reconciliation (`ledger/queries/reconciliation.py`) asks the same of what has moved, account by account.
"""

from collections.abc import Callable, Iterable, Iterator

from ledger.core import fiscal
from ledger.core.chart import CHART, Role
from ledger.models.years import YearClosing
from ledger.queries import years
from ledger.queries.contents import Reader
from ledger.queries.seals import rows
from ledger.queries.verification import Problem

#: account, day → what moved. Lines of one account are of one measure, or few: they are told apart after adding up.
_MOVED = """
WITH grouped AS (
    SELECT p.account_id, p.measure_id, e.booked_on AS day, sum(p.amount) AS amount, sum(p.quantity) AS quantity,
        count(*) AS postings, max(p.event_id) AS event
    FROM ledger_posting p LEFT JOIN ledger_event e ON e.id = p.event_id
    GROUP BY p.account_id, p.measure_id, e.booked_on
), moved AS (
    SELECT g.account_id, g.day, sum(g.amount) AS amount, sum(g.postings) AS postings, max(g.event) AS event,
        sum(CASE WHEN g.measure_id = a.peg_id THEN g.quantity ELSE 0 END) AS quantity
    FROM grouped g JOIN ledger_account a ON a.id = g.account_id
    GROUP BY g.account_id, g.day
)"""
_BALANCES = """, total AS (
    SELECT account_id, sum(amount) AS amount, sum(quantity) AS quantity, sum(postings) AS postings,
        max(event) AS event, max(day) AS day
    FROM moved GROUP BY account_id
), expected AS (
    SELECT account_id, day, sum(amount) OVER until_then AS amount, sum(quantity) OVER until_then AS quantity,
        lead(day) OVER until_then AS later
    FROM moved WHERE day IS NOT NULL WINDOW until_then AS (PARTITION BY account_id ORDER BY day)
), days AS (
    SELECT account_id, day FROM (
        SELECT account_id, day, amount, quantity FROM expected WHERE later IS NOT NULL
        UNION ALL SELECT account_id, day, -amount, -quantity FROM ledger_daybalance
    ) both_sides
    GROUP BY account_id, day HAVING sum(amount) <> 0 OR sum(quantity) <> 0 OR count(*) <> 2
)
SELECT a.book_id, a.id, '', b.amount, coalesce(t.amount, 0)
FROM ledger_account a LEFT JOIN ledger_accountbalance b ON b.account_id = a.id LEFT JOIN total t ON t.account_id = a.id
WHERE b.account_id IS NULL OR b.amount <> coalesce(t.amount, 0) OR b.quantity <> coalesce(t.quantity, 0)
    OR b.postings <> coalesce(t.postings, 0) OR b.last_event <> coalesce(t.event, 0)
    OR coalesce({day:b.day}, '') <> coalesce({day:t.day}, '')
    OR (CASE WHEN b.is_limited THEN 1 ELSE 0 END) <> (CASE a.number WHEN '1103' THEN 1 ELSE 0 END)
UNION ALL SELECT coalesce(a.book_id, 0), d.account_id, ' on ' || {day:d.day}, NULL, NULL
FROM days d LEFT JOIN ledger_account a ON a.id = d.account_id
UNION ALL SELECT 0, b.account_id, '', b.amount, NULL
FROM ledger_accountbalance b LEFT JOIN ledger_account a ON a.id = b.account_id WHERE a.id IS NULL"""
_CLAIMS = """
WITH grouped AS (
    SELECT claim_id, account_id, sum(amount) AS amount, sum(quantity) AS quantity, max(event_id) AS event
    FROM ledger_posting WHERE claim_id IS NOT NULL GROUP BY claim_id, account_id
), side AS (
    SELECT g.claim_id, sum(g.amount) AS amount, sum(g.quantity) AS quantity, max(g.event) AS event
    FROM grouped g JOIN ledger_account a ON a.id = g.account_id WHERE a.role = %s GROUP BY g.claim_id
)
SELECT c.creditor_id, c.id, b.amount, coalesce(s.amount, 0)
FROM ledger_claim c LEFT JOIN ledger_claimbalance b ON b.claim_id = c.id LEFT JOIN side s ON s.claim_id = c.id
WHERE b.claim_id IS NULL OR b.amount <> coalesce(s.amount, 0) OR b.quantity <> coalesce(s.quantity, 0)
    OR b.last_event <> coalesce(s.event, 0)
UNION ALL SELECT 0, b.claim_id, b.amount, NULL
FROM ledger_claimbalance b LEFT JOIN ledger_claim c ON c.id = b.claim_id WHERE c.id IS NULL"""
_ENTRIES = """
WITH side AS (
    SELECT p.event_id, a.book_id, a.unit_id, sum(p.amount) AS amount
    FROM ledger_posting p LEFT JOIN ledger_account a ON a.id = p.account_id
    GROUP BY p.event_id, a.book_id, a.unit_id
)
SELECT coalesce(s.event_id, n.event_id), coalesce(s.book_id, n.book_id, 0), coalesce(s.unit_id, 0), s.amount, n.event_id
FROM side s FULL JOIN ledger_entry n ON n.event_id = s.event_id AND n.book_id = s.book_id
WHERE s.amount <> 0 OR s.amount IS NULL OR n.event_id IS NULL"""
_MIRRORS = """
SELECT a.book_id, a.id, b.amount, -coalesce(ob.amount, 0)
FROM ledger_account a JOIN ledger_accountbalance b ON b.account_id = a.id
LEFT JOIN ledger_account o ON o.book_id = a.counterparty_id AND o.counterparty_id = a.book_id AND o.number = %s
    AND o.unit_id = a.unit_id AND o.peg_id = a.peg_id
LEFT JOIN ledger_accountbalance ob ON ob.account_id = o.id
WHERE a.number = %s AND a.counterparty_id IS NOT NULL
    AND (b.amount <> -coalesce(ob.amount, 0) OR b.quantity <> -coalesce(ob.quantity, 0))"""
#: What belongs to no event or block: (sentence, SQL that finds event and book).
_STRAYS = (
    (
        "an entry without its event",
        "SELECT n.event_id, n.book_id FROM ledger_entry n LEFT JOIN ledger_event e ON e.id = n.event_id"
        " WHERE e.id IS NULL",
    ),
    (
        "an event without entries",
        "SELECT e.id, 0 FROM ledger_event e WHERE NOT EXISTS (SELECT 1 FROM ledger_entry n WHERE n.event_id = e.id)",
    ),
    (
        "a mark of a sealed event without its block",
        "SELECT s.event_id, 0 FROM ledger_sealedevent s LEFT JOIN ledger_seal b ON b.height = s.seal_id"
        " WHERE b.height IS NULL",
    ),
    (
        "a mark of no event",
        "SELECT s.event_id, 0 FROM ledger_sealedevent s WHERE s.event_id < 1",
    ),
    (
        "an event before the first block",
        "SELECT e.id, 0 FROM ledger_event e WHERE e.id < 1",
    ),
)
#: What is wrong with closed years beside their amounts: (sentence, SQL that finds event and book, given the kind).
_OF_YEARS = (
    (
        "a year is closed by an entry that closes another",
        "SELECT c.event_id, c.book_id FROM ledger_yearclosing c LEFT JOIN ledger_event e ON e.id = c.event_id"
        " LEFT JOIN ledger_entry n ON n.event_id = c.event_id AND n.book_id = c.book_id"
        " WHERE c.event_id IS NOT NULL"
        " AND (n.event_id IS NULL OR e.id IS NULL OR e.kind <> %s OR e.happened_on <> c.ends_on)",
    ),
    (
        "an entry closes a year that is not closed",
        "SELECT e.id, coalesce(n.book_id, 0) FROM ledger_event e LEFT JOIN ledger_entry n ON n.event_id = e.id"
        " LEFT JOIN ledger_yearclosing c ON c.event_id = e.id WHERE e.kind = %s AND c.id IS NULL",
    ),
    (
        "a closing balance without its year, or with another quantity than its account had",
        "SELECT DISTINCT 0, coalesce(a.book_id, 0) FROM ledger_yearbalance y"
        " LEFT JOIN ledger_account a ON a.id = y.account_id LEFT JOIN ledger_yearclosing c ON c.id = y.closing_id"
        " LEFT JOIN ledger_accountbalance b ON b.account_id = y.account_id"
        " WHERE %s <> '' AND (c.id IS NULL OR b.account_id IS NULL OR c.book_id <> a.book_id"
        " OR y.quantity <> CASE WHEN b.day <= c.ends_on THEN b.quantity ELSE coalesce((SELECT d.quantity"
        " FROM ledger_daybalance d WHERE d.account_id = y.account_id AND d.day <= c.ends_on"
        " ORDER BY d.day DESC LIMIT 1), 0) END)",
    ),
)


def checks() -> list[Callable[[Reader], Iterable[Problem]]]:
    """Return what a full verification adds up, the longest first."""
    return [check_entries, check_balances, check_claims, check_strays, check_mirrors, check_years]


def check_balances(_: Reader) -> Iterator[Problem]:
    """Compare what is kept of each account, now and at the end of each day, with the sums of its lines."""
    for book, account, when, kept, summed in rows(_MOVED + _BALANCES):
        said = "" if when else f": {kept} instead of {summed}"
        yield Problem("balance", f"account:{account}{when}{said}", book=book)


def check_claims(_: Reader) -> Iterator[Problem]:
    """Compare what is kept as open of each claim with the sums of the creditor's lines."""
    for book, claim, kept, summed in rows(_CLAIMS, [Role.RECEIVABLE]):
        yield Problem("claim", f"claim:{claim}: {kept} instead of {summed}", book=book)


def check_entries(_: Reader) -> Iterator[Problem]:
    """Name the entries whose debits and credits differ, those without lines, and the lines without an entry."""
    for event, book, unit, left, entry in rows(_ENTRIES):
        if left is None:
            yield Problem("stray", "an entry without lines", event=event, book=book)
        elif entry is None:
            yield Problem("stray", "lines in a book that has no entry of the event", event=event, book=book)
        if left:
            yield Problem("entry", f"entry:{event}:{book}:{unit}: {left} instead of 0", event=event, book=book)


def check_mirrors(_: Reader) -> Iterator[Problem]:
    """Compare what each book shows of another with what that one shows."""
    for line in CHART:
        if line.mirror:
            for book, account, kept, other in rows(_MIRRORS, [line.mirror, line.number]):
                yield Problem("mirror", f"mirror:{account}: {kept} instead of {other}", book=book)


def check_strays(_: Reader) -> Iterator[Problem]:
    """Name the rows that belong to no event or block, and the events that have no rows."""
    for sentence, sql in _STRAYS:
        for event, book in rows(sql):
            yield Problem("stray", sentence, event=event, book=book)


def check_years(_: Reader) -> Iterator[Problem]:
    """Compare each closed year with the one before it, with its own days, and with the entry that closed it."""
    for sentence, sql in _OF_YEARS:
        for event, book in rows(sql, [years.KIND]):
            yield Problem("year", sentence, event=event, book=book)
    before: dict[int, int] = dict(rows("SELECT book_id, min(year) - 1 FROM ledger_entry GROUP BY book_id"))
    for closing in YearClosing.objects.select_related("book").order_by("book", "year"):
        year, month = closing.year, closing.book.year_starts_month
        if year != before.get(closing.book_id, year - 1) + 1:
            yield Problem("year", f"year:{year}: the years before it are not closed", book=closing.book_id)
        before[closing.book_id] = year
        days = fiscal.first_day(year, starts_month=month), fiscal.last_day(year, starts_month=month)
        if (closing.starts_on, closing.ends_on) != days:
            yield Problem("year", f"year:{year}: its days are others", book=closing.book_id)
        for wrong in years.differences(closing=closing):
            what = f"year:{year}:{wrong.account}: {wrong.found} instead of {wrong.expected}"
            yield Problem("year", what, book=closing.book_id)
