"""The scenarios that write: one event, many clients, one hot account, a confirmed delivery, batches."""

from tests.benchmarks.outcome import Goal, Outcome
from tests.benchmarks.session import OURS, Session

CLIENTS = 8
BATCH = 1_000


def post(session: Session) -> Outcome:
    """One client posts one event after the other on PostgreSQL."""
    told = {"job": "post"}
    series = session.measure(
        [*session.ours(**told), *session.hordak(**told), *session.pgledger(**told), *session.floor(**told)]
    )
    what = "posting one event, 1 client, PostgreSQL"
    goals = [
        Goal.times(what, series, OURS, "hordak", at_least=3),
        Goal.times(what, series, OURS, "pgledger", at_least=1.2),
        Goal.times(what, series, OURS, "bare SQL", at_least=0.6),
    ]
    return Outcome("post", "One event, one client, PostgreSQL", series=series, goals=goals)


def clients(session: Session) -> Outcome:
    """Eight clients post together over a thousand accounts."""
    told = {"job": "post"}
    series = session.measure(
        [*session.ours(**told), *session.hordak(**told), *session.pgledger(**told), *session.floor(**told)],
        clients=CLIENTS,
    )
    what = f"the same, {CLIENTS} clients over 1,000 accounts"
    goals = [
        Goal.times(what, series, OURS, "hordak", at_least=4),
        Goal.times(what, series, OURS, "pgledger", at_least=1.2),
        _no_error(what, series.failures(OURS)[0]),
    ]
    return Outcome("clients", f"One event each, {CLIENTS} clients over 1,000 accounts", series=series, goals=goals)


def hot(session: Session) -> Outcome:
    """Eight clients post together, and the same account moves every time."""
    told = {"job": "post", "world": "hot"}
    series = session.measure(
        [*session.ours(**told), *session.hordak(**told), *session.pgledger(**told), *session.floor(**told)],
        clients=CLIENTS,
    )
    what = f"{CLIENTS} clients on one hot account"
    goals = [
        _no_error(what, series.failures(OURS)[0]),
        Goal.times(what, series, OURS, "hordak", at_least=2),
    ]
    return Outcome("hot", f"One event each, {CLIENTS} clients on one hot account", series=series, goals=goals)


def _no_error(what: str, failed: int) -> Goal:
    return Goal(what, "no error", [failed], is_met=not failed, unit="errors")


def confirm(session: Session) -> Outcome:
    """One client confirms deliveries that wait: the public action with all that belongs to it."""
    series = session.measure(
        [
            *session.ours(module="deliveries", name=f"{OURS}, a confirmed delivery", job="confirm"),
            *session.hordak(name="hordak", job="post"),
        ]
    )
    what = "confirming a delivery (permission, workflow, history, posting), 1 client"
    goals = [Goal.times(what, series, f"{OURS}, a confirmed delivery", "hordak", at_least=1)]
    return Outcome("confirm", "Confirming a delivery beside hordak's bare posting", series=series, goals=goals)


def bulk(session: Session) -> Outcome:
    """One client writes batches of a thousand events, each batch a transaction."""
    many = {"size": BATCH, "warm_up": 1}
    name = f"{OURS}, batches"
    series = session.measure(
        [
            *session.ours(name=name, job="batch", **many),
            *session.hordak(name="hordak, one by one", job="post"),
            *session.pgledger(name="pgledger, one by one", job="post"),
            *session.pgledger(name="pgledger, batches", job="batch", **many),
            *session.floor(name="bare unnest", job="unnest", **many),
            *session.floor(name="bare COPY", job="copy", **many, client=1),
        ]
    )
    what = f"batches of {BATCH:,} events"
    goals = [
        Goal.times(what, series, name, "hordak, one by one", at_least=40),
        # Not its batches: ten times those is more than the bare rows need.
        Goal.times(what, series, name, "pgledger, one by one", at_least=10),
        Goal.times(what, series, name, "bare unnest", at_least=0.4),
        Goal.times(what, series, name, "bare COPY", at_least=0.4),
    ]
    return Outcome("bulk", f"Batches of {BATCH:,} events, one client, PostgreSQL", series=series, goals=goals)


def sqlite(session: Session) -> Outcome:
    """One client posts one durable event after the other on SQLite."""
    series = session.measure([*session.ours_on_sqlite(job="post"), *session.floor_on_sqlite()], on_postgresql=False)
    goals = [Goal.times("SQLite, one durable event", series, OURS, "bare SQLite", at_least=0.5)]
    return Outcome("sqlite", "One event, one client, SQLite (WAL, FULL)", series=series, goals=goals)


def sqlite_bulk(session: Session) -> Outcome:
    """One client writes batches of a thousand events on SQLite."""
    many = {"size": BATCH, "warm_up": 1}
    series = session.measure(
        [*session.ours_on_sqlite(job="batch", **many), *session.floor_on_sqlite(**many)], on_postgresql=False
    )
    goals = [Goal.times(f"SQLite, batches of {BATCH:,}", series, OURS, "bare SQLite", at_least=0.12)]
    return Outcome("sqlite-bulk", f"Batches of {BATCH:,} events, SQLite (WAL, FULL)", series=series, goals=goals)
