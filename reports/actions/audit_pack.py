"""Put an audit pack on paper: its words, its drawings, the files it carries, its PDF."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.core.flows import WITHOUT_BOOK
from ledger.models import Measure
from network.models.organizations import Sector
from reports.actions import attached_pack, papers, pictures
from reports.core import owing, periods
from reports.queries.audit_pack.debts import Debts
from reports.queries.audit_pack.flows import Flows
from reports.queries.audit_pack.pack import AuditPack
from reports.queries.audit_pack.since import Since

#: So many rows of a table are printed; every row is in the file inside.
SHOWN = 40
#: The sections in their order: anchor and heading, for the contents list and the page alike.
SECTIONS = (
    ("scope", gettext_lazy("Scope and method")),
    ("flows", gettext_lazy("What was given")),
    ("debts", gettext_lazy("Who owes whom")),
    ("eliminations", gettext_lazy("What is eliminated")),
    ("findings", gettext_lazy("What did not add up")),
    ("rounds", gettext_lazy("Clearing rounds")),
    ("credit", gettext_lazy("Limits and network credit")),
    ("sample", gettext_lazy("A sample to look at")),
    ("signed", gettext_lazy("Signed-off periods")),
    ("tiers", gettext_lazy("Roll-up by tier")),
    ("since", gettext_lazy("What changed since the last pack")),
)


def compose(pack: AuditPack, *, language: str) -> bytes:
    """Return the pack as a PDF: the same figures and language give the same bytes.

    :raises PdfLibraryIsMissing: if this machine has no Pango.
    """
    with translation.override(language):
        names = _names(pack)
        drawn: dict[str, str] = {}
        context: dict[str, Any] = {
            "sections": SECTIONS,
            "shown": SHOWN,
            "flows": [_of_flows(each, pack, names, drawn, first=pack.flows[0]) for each in pack.flows],
            "debts": [_of_debts(each, pack, names, drawn) for each in pack.debts],
            "since": pack.since and _of_since(pack.since, names),
            "brackets": [_("up to 30 days"), _("31–60"), _("61–90"), _("over 90")],
        }
        return papers.of_book(
            pack,
            template="reports/audit_pack.html",
            language=language,
            drawn=drawn,
            carried=attached_pack.of_pack(pack),
            pack=pack,
            **context,
        )


def _names(pack: AuditPack) -> dict[int, str]:
    return {pk: each.name for pk, each in pack.named.items()} | {WITHOUT_BOOK: _("community and others")}


def _of_flows(
    each: Flows, pack: AuditPack, names: Mapping[int, str], drawn: dict[str, str], *, first: Flows
) -> dict[str, Any]:
    """Return what is printed of the flows in one unit, and put its drawings among those of the paper.

    In the first unit there are three; what else there is, hours most often, is little, and one tells it.
    """
    unit, pairs, cells = each.unit, each.pairs, each.cells
    kinds = pictures.kinds_named()
    prefix = f"flows-{unit.pk}"
    pictured = [
        (
            pictures.flows(pairs, unit=unit, names=names, title=_("Who gives what to whom"), prefix=prefix),
            pictures.flows_text(sum(1 for flow in pairs.between if flow.amount > 0)),
        ),
        (
            owing.matrix(cells, words=pictures.gifts(unit, names, len(cells)), prefix=f"{prefix}-matrix")
            if cells
            else "",
            pictures.gifts_text(len(cells)),
        ),
        (
            pictures.by_month(
                each.by_month,
                firsts=periods.months_between(pack.starts_on, pack.ends_on),
                groups={},
                unit=unit,
                prefix=f"{prefix}-months",
            ),
            _("What was given month by month: a row of bars for each kind, all by one scale."),
        ),
    ]
    rolled = each.grouped(pack.scope.groups)
    return {
        "unit": unit,
        "all": each.all,
        "count": each.count,
        "drawings": _put(pictured if each is first else pictured[:1], drawn, prefix),
        "kinds": [(kinds[kind], amount, count) for kind, amount, count in each.kinds],
        "sectors": _by_sector(each, pack),
        "rows": [
            (names[flow.giver], kinds[flow.kind], names[flow.receiver], flow.amount, flow.count)
            for flow in pairs.between
        ],
        "eliminated": rolled.inside_all,
        "between": rolled.between_all,
        "sides": each.sides(pack.scope.everybody),
    }


def _put(pictured: Iterable[tuple[str, str]], drawn: dict[str, str], prefix: str) -> list[tuple[str, str]]:
    """Name the drawings that there are, and return each name with what it shows in words."""
    listed = []
    for number, (drawing, text) in enumerate(pictured):
        if drawing:
            drawn[f"{prefix}-{number}"] = drawing
            listed.append((f"{prefix}-{number}", text))
    return listed


def _by_sector(each: Flows, pack: AuditPack) -> list[tuple[str, int, int, int]]:
    """Return sector, given inside it, to others, and received from others; the one that gives most first.

    A sector is what the register says of whoever gives and receives.
    """
    labels = {value: str(label) for value, label in Sector.choices}
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for flow in each.pairs.between:
        giver, receiver = (
            pack.named[side].sector if side != WITHOUT_BOOK else None for side in (flow.giver, flow.receiver)
        )
        if giver == receiver:
            sums[giver or ""][0] += flow.amount
            continue
        for side, place in ((giver, 1), (receiver, 2)):
            if side is not None:
                sums[side][place] += flow.amount
    listed = [
        (labels.get(sector, _("no sector said")), inside, out, into) for sector, (inside, out, into) in sums.items()
    ]
    return sorted(listed, key=lambda row: (-row[1] - row[2], row[0]))


def _of_debts(each: Debts, pack: AuditPack, names: Mapping[int, str], drawn: dict[str, str]) -> dict[str, Any]:
    """Return what is printed of the debts in one unit, and put its drawings among those of the paper."""
    unit, cells = each.unit, each.cells
    prefix = f"debts-{unit.pk}"
    text = pictures.debts_text(len(cells))
    words = pictures.debts(unit, names, len(cells))
    pictured = [
        (owing.matrix(cells, words=words, prefix=f"{prefix}-matrix"), text),
        (owing.bands(cells, words=words, prefix=f"{prefix}-bands"), text),
    ]
    rolled = each.grouped(pack.scope.groups)
    return {
        "unit": unit,
        "all": each.all,
        "drawings": _put(pictured if cells else (), drawn, prefix),
        "rows": [
            {
                "debtor": names[pair.debtor],
                "creditor": names[pair.creditor],
                "peg": each.pegs[pair.peg],
                "quantity": pair.quantity if _is_in_goods(each.pegs[pair.peg], each) else 0,
                "owed": pair.owed,
            }
            for pair in each.pairs
        ],
        "eliminated": rolled.inside_all,
        "between": rolled.between_all,
        "sides": each.sides(pack.scope.everybody),
    }


def _is_in_goods(peg: Measure, each: Debts) -> bool:
    return peg.unit_id != each.unit.pk


def _of_since(since: Since, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "told": since,
        "owed": [
            (each, [(names[debtor], names[creditor], both) for (debtor, creditor), both in each.pairs])
            for each in since.owed
        ],
    }
