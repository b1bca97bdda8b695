"""What a scenario brings: figures, goals, and the tables that show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from tests.benchmarks.rounds import Series


@dataclass(frozen=True)
class Goal:
    """What is to be reached: so many times the rate of another candidate, or a figure of its own."""

    measured: str
    reach: str
    #: One figure a round.
    got: Sequence[float]
    is_met: bool
    unit: str = "×"

    @classmethod
    def times(cls, measured: str, series: Series, ours: str, other: str, *, at_least: float) -> "Goal":
        """Return the goal to be at least so many times as fast as another."""
        known = series.rounds and other in series.rounds[0]
        ratios = series.ratios(ours, other) if known else []
        return cls(measured, f"≥ {at_least:g} × {other}", ratios, bool(ratios) and median(ratios) >= at_least)

    @property
    def verdict(self) -> str:
        """In one word."""
        if not self.got:
            return "not measured"
        return "yes" if self.is_met else "**no**"


@dataclass
class Outcome:
    """One scenario: what each candidate did, and what was to be reached."""

    name: str
    title: str
    #: What one unit of the rate is.
    unit: str = "events"
    series: Series | None = None
    goals: list[Goal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    #: Seconds that the disk took to keep a page, before and after: neighbours write too.
    flushes: tuple[float, float] = (0.0, 0.0)

    def table(self) -> str:
        """Return the candidates as a Markdown table."""
        if self.series is None or not self.series.rounds:
            return ""
        names = list(self.series.rounds[0])
        ours = names[0]  # the first candidate of a scenario is what the others are compared with
        names.sort(key=lambda name: -self.series.median(name))
        rows = [["candidate", f"{self.unit}/s", f"{ours} is", "server CPU", "client CPU", "errors"]]
        for name in names:
            failed, errors = self.series.failures(name)
            rows.append(
                [
                    name,
                    number(self.series.median(name)),
                    "" if name == ours else spread(self.series.ratios(ours, name)),
                    micro(self.series.median(name, "server_cpu")),
                    micro(self.series.median(name, "client_cpu")),
                    f"{failed}: {errors[0]}" if failed else "0",
                ]
            )
        before, after = map(micro, self.flushes)
        return f"{markdown(rows)}\n\nA flush of the disk alone took {before} before and {after} after."

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        rounds = self.series.rounds if self.series else []
        return {
            "name": self.name,
            "title": self.title,
            "unit": self.unit,
            "rounds": [{name: vars(measured) for name, measured in each.items()} for each in rounds],
            "goals": [
                {"measured": goal.measured, "reach": goal.reach, "got": list(goal.got), "is_met": goal.is_met}
                for goal in self.goals
            ],
            "notes": self.notes,
            "flushes": self.flushes,
        }


def goals_table(outcomes: Iterable[Outcome]) -> str:
    """Return all goals as one Markdown table."""
    rows = [["measured", "to reach", "reached", "met"]]
    rows += [
        [goal.measured, goal.reach, spread(goal.got, unit=goal.unit), goal.verdict]
        for outcome in outcomes
        for goal in outcome.goals
    ]
    return markdown(rows)


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Return rows, the first of them the heading, as a Markdown table."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def spread(figures: Sequence[float], *, unit: str = "×") -> str:
    """Return the median and the extremes of the rounds."""
    if not figures:
        return ""
    return f"{number(median(figures))} {unit} [{number(min(figures))} .. {number(max(figures))}]"


def number(figure: float) -> str:
    """Return a figure with as many digits as it can claim."""
    if figure >= 100:
        return f"{figure:,.0f}"
    return f"{figure:.1f}" if figure >= 10 else f"{figure:.2f}" if figure >= 0.1 else f"{figure:.3g}"


def micro(seconds: float) -> str:
    """Return the computing time of one unit."""
    return f"{seconds * 1e6:,.0f} µs" if seconds else ""
