"""Draw who gives what to whom and who owes whom, for pages and paper: what the drawings of `core` say in words."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from ledger.core import flows as core
from ledger.core import written
from ledger.models.flows import KINDS
from ledger.models.units import Unit
from ledger.templatetags.amounts import amount
from reports.core import months, owing, sankey


def kinds_named() -> dict[str, str]:
    """Return kind of flow → its name, in the order in which they are shown."""
    return {kind.value: str(name) for kind, name in KINDS.items()}


def flows(
    rolled: core.Rolled, *, unit: Unit, names: Mapping[int, str], title: str, prefix: str, named: int = sankey.NAMED
) -> str:
    """Return the drawing of flows; nothing where nothing was given."""
    given = [
        sankey.Given(giver=flow.giver, kind=flow.kind, receiver=flow.receiver, amount=flow.amount)
        for flow in rolled.between
        if flow.amount > 0
    ]
    if not given:
        return ""
    words = sankey.Words(
        title=title,
        description=flows_text(len(given)),
        gives=_("Gives"),
        receives=_("Receives"),
        names=names,
        kinds=kinds_named(),
        others=_others,
        amount=lambda minor: amount(minor, unit),
    )
    return sankey.sankey(given, words=words, prefix=prefix, named=named)


def flows_text(count: int) -> str:
    """Say in a sentence what a drawing of so many flows shows."""
    return ngettext(
        "%(n)d flow, as wide as what was given; a table has every figure.",
        "%(n)d flows, as wide as what was given; a table has every figure.",
        count,
    ) % {"n": count}


def by_month(
    found: Iterable[tuple[dt.date, core.Flow]],
    *,
    firsts: Sequence[dt.date],
    groups: Mapping[int, int],
    unit: Unit,
    prefix: str = "months",
) -> str:
    """Return the drawing of what was given each month between groups, by kind; of a single month there is none."""
    given: defaultdict[str, list[int]] = defaultdict(lambda: [0] * len(firsts))
    for month, flow in found:
        if groups.get(flow.giver, flow.giver) != groups.get(flow.receiver, flow.receiver):
            given[flow.kind][firsts.index(month)] += flow.amount
    if len(firsts) == 1 or not given:
        return ""
    kinds = kinds_named()
    words = months.Words(
        title=_("What was given month by month"),
        description=_("A row of bars for each kind, all by one scale."),
        months=[date_format(first, pgettext("date format", "M y")) for first in firsts],
        kinds=kinds,
        amount=lambda minor: amount(minor, unit),
    )
    colors = {kind: bar for kind, (_band, bar) in zip(kinds, sankey.TONES, strict=False)}
    return months.months(given, words=words, colors=colors, prefix=prefix)


def _others(count: int) -> str:
    return ngettext("%(n)d other", "%(n)d others", count) % {"n": count}


def debts_text(pairs: int) -> str:
    """Say in a sentence what a drawing of so many debts shows."""
    return ngettext(
        "%(n)d debt between two; the table below has every figure.",
        "%(n)d debts, each between two; the table below has every figure.",
        pairs,
    ) % {"n": pairs}


def debts(unit: Unit, names: Mapping[int, str], pairs: int) -> owing.Words:
    """Return what the drawings say of so many debts."""
    return owing.Words(
        title=_("Who owes whom"),
        description=debts_text(pairs),
        owes=_("Owes"),
        is_owed=_("Is owed"),
        names=names,
        others=_others,
        amount=lambda minor: amount(minor, unit),
        short=lambda minor: _short(minor, unit),
    )


def gifts_text(pairs: int) -> str:
    """Say in a sentence what a matrix of so many who gave one another shows."""
    return ngettext(
        "A row for who gives, a column for who receives: %(n)d figure. The darker, the more.",
        "A row for who gives, a column for who receives: %(n)d figures. The darker, the more.",
        pairs,
    ) % {"n": pairs}


def gifts(unit: Unit, names: Mapping[int, str], pairs: int) -> owing.Words:
    """Return what the matrix says of what so many gave one another."""
    return owing.Words(
        title=_("Who gives to whom"),
        description=gifts_text(pairs),
        owes=_("Gives"),
        is_owed=_("Receives"),
        names=names,
        others=_others,
        amount=lambda minor: amount(minor, unit),
        short=lambda minor: _short(minor, unit),
    )


def _short(minor: int, unit: Unit) -> str:
    """Write an amount in a few signs: 4,8 M."""
    whole = minor // 10**unit.scale
    language = get_language() or ""
    if whole >= 10**6:
        return f"{written.number(whole // 10**5, scale=1, language=language)} M"
    if whole >= 10**4:
        return _("%(n)sk") % {"n": whole // 10**3}
    return written.number(whole, scale=0, language=language)
