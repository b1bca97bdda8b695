"""The scenarios that read: a balance, who owes whom, the trial balance, in a small and in a large ledger."""

from dataclasses import replace
from statistics import median

from tests.benchmarks.outcome import Goal, Outcome
from tests.benchmarks.rounds import Candidate, Series
from tests.benchmarks.session import OURS, Session

SMALL = 10_000
POSTINGS_AN_EVENT = 4
KEPT_MILLISECONDS = 5.0
DUCKDB = "DuckDB, Parquet"


def reader(session: Session, job: str, *, postings: int, name: str, warm_up: int = 20) -> Candidate:
    """Return Trama with a ledger of so many postings, to be asked one question."""
    store = f"trama-reads-{postings}"
    ours = session.ours(module="reads", name=name, job=job, events=postings // POSTINGS_AN_EVENT, warm_up=warm_up)[0]
    environment = {**ours.environment, "DATABASE_URL": session.cluster.url(store)}
    return replace(ours, store=store, environment=environment)


def _small_and_large(session: Session, job: str) -> Series:
    large = session.options.postings
    return session.measure(
        [
            reader(session, job, postings=large, name=_named(large)),
            reader(session, job, postings=SMALL, name=_named(SMALL)),
        ]
    )


def _named(postings: int) -> str:
    return f"{OURS} with {postings:,} postings"


def _as_quick(what: str, session: Session, series: Series) -> Goal:
    large = session.options.postings
    ratios = series.ratios(_named(large), _named(SMALL))
    reach = f"≥ 0.8 × as quick as at {SMALL:,}"
    return Goal(f"{what}, at {large:,} postings", reach, ratios, is_met=median(ratios) >= 0.8)


def balance(session: Session) -> Outcome:
    """One account's balance."""
    series = _small_and_large(session, "balance")
    goals = [_as_quick("balance of one account", session, series)]
    return Outcome("balance", "Balance of one account", unit="answers", series=series, goals=goals)


def owes(session: Session) -> Outcome:
    """Who owes whom, of one book."""
    series = _small_and_large(session, "owes")
    goals = [_as_quick("who owes whom of a book", session, series)]
    return Outcome("owes", "Who owes a book, and whom it owes", unit="answers", series=series, goals=goals)


def trial(session: Session) -> Outcome:
    """The trial balance of everything: from the kept balances, and from the postings beside DuckDB."""
    large = session.options.postings
    kept, recomputed = f"{OURS}, kept", f"{OURS}, recomputed"
    ours = [
        reader(session, "kept", postings=large, name=kept),
        reader(session, "recomputed", postings=large, name=recomputed, warm_up=2),
    ]
    session.prepare(ours)
    series = session.measure([*ours, *session.columns(store=ours[0].store, name=DUCKDB)])
    milliseconds = [1_000 / rate for rate in series.of(kept, "rate")]
    goals = [
        Goal(
            f"trial balance of everything, kept, at {large:,} postings",
            f"≤ {KEPT_MILLISECONDS:g} ms",
            milliseconds,
            is_met=median(milliseconds) <= KEPT_MILLISECONDS,
            unit="ms",
        )
    ]
    if DUCKDB in series.rounds[0]:
        times = [1 / ratio for ratio in series.ratios(recomputed, DUCKDB)]
        what = f"the same, recomputed, at {large:,} postings"
        goals.append(Goal(what, "≤ 6 × DuckDB's time", times, is_met=median(times) <= 6))
    title = f"Trial balance of everything at {large:,} postings"
    return Outcome("trial", title, unit="answers", series=series, goals=goals)
