"""Put a social report on paper: block by block what registers and books say, and what is still to be declared."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from django.utils import formats, timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ledger.core import fiscal
from ledger.models.flows import KINDS
from ledger.templatetags import amounts
from network.core.delimited import inert
from reports.actions import attachments, papers
from reports.core.carried import Carried
from reports.core.delimited import csv_bytes, json_bytes
from reports.models.declarations import ASKED, Block, Item
from reports.queries import social as figures
from reports.queries.declarations import Declared
from reports.queries.social import Social
from reports.templatetags import paper

#: The number grows when a name or a meaning changes.
FORM = "trama-social-2"
COLUMNS = ("block", "what", "figure", "source")


@dataclass(frozen=True, slots=True)
class Said:
    """A figure in words: what it is, how much, and where it comes from."""

    what: str
    figure: str
    source: str


@dataclass(frozen=True, slots=True)
class Answered:
    """One block of the report: what is known, what the cooperative declared itself, and what it has not yet."""

    code: str
    title: str
    said: Sequence[Said]
    declared: Sequence[Said] = ()
    to_declare: Sequence[str] = ()


def compose(told: Social, *, language: str) -> bytes:
    """Return the report as a PDF: the same figures and language give the same bytes.

    :raises PdfLibraryIsMissing: if this machine has no Pango.
    """
    with translation.override(language):
        found = blocks(told)
        return papers.of_book(
            told, template="reports/social.html", language=language, carried=_files(told, found), blocks=found
        )


def blocks(told: Social) -> list[Answered]:
    """Return the blocks in the order of the form, each figure with its source; nothing unknown is told as zero."""
    return [_answered(block, told) for block in Block]


def _answered(block: Block, told: Social) -> Answered:
    said = _KNOWN[block](told) if block in _KNOWN else []
    asked = [item for item in ASKED[block] if not (item == Item.ASSEMBLIES and said)]
    return Answered(
        code=block.value,
        title=str(block.label),
        said=said,
        declared=[_declared(item, told.declared[item]) for item in asked if item in told.declared],
        to_declare=[str(item.label) for item in asked if item not in told.declared],
    )


def _declared(item: Item, its: Declared) -> Said:
    day = paper.day(timezone.localtime(its.at).date())
    return Said(capfirst(str(item.label)), its.answer, _("declared on %(day)s") % {"day": day})


def _register() -> str:
    return _("register")


def _books(*numbers: str) -> str:
    return _("books, accounts %(numbers)s") % {"numbers": ", ".join(numbers)} if numbers else _("books")


def _count(number: int) -> str:
    return amounts.counted(number, None)


def _known(*said: tuple[str, str, str]) -> list[Said]:
    return [Said(*each) for each in said if each[1]]


def _identity(told: Social) -> list[Said]:
    its, registration, month = told.book.organization, told.registration, told.book.year_starts_month
    closes_on = fiscal.last_day(fiscal.year_of(told.ends_on, starts_month=month), starts_month=month)
    return _known(
        (_("Name"), its.name, _register()),
        (_("CUIT"), paper.tax_id(its.tax_id), _register()),
        (_("Legal form"), its.get_legal_form_display(), _register()),
        (_("National registration (matrícula)"), registration.national_written if registration else "", _register()),
        (_("Sector"), its.get_sector_display(), _register()),
        (_("The fiscal year closes on"), formats.date_format(closes_on, "MONTH_DAY_FORMAT"), _books()),
    )


def _size(told: Social) -> list[Said]:
    its, money = told.book.organization, told.book.unit
    before, now = told.workers_before, told.workers
    return _known(
        (_("Place"), ", ".join(each for each in (its.address, its.city, its.province_name) if each), _register()),
        (_("Workers at the start"), _count(before.workers) if before else "", before.source if before else ""),
        (_("Workers at the end"), _count(now.workers) if now else "", now.source if now else ""),
        (
            _("Income from what it sold, worked and bartered, without VAT"),
            amounts.amount(told.income, money),
            _books(*figures.INCOME),
        ),
    )


def _membership(told: Social) -> list[Said]:
    members = told.members
    return _known(
        (_("Members in the register at the start"), _count(members.before), _register()),
        (_("Joined"), _count(members.joined), _register()),
        (_("Left"), _count(members.left), _register()),
        (_("Members in the register at the end"), _count(members.now), _register()),
    )


def _participation(told: Social) -> list[Said]:
    return [
        Said(
            f"{each.get_kind_display()}, {paper.day(each.held_on)}",
            _("%(present)s of %(entitled)s present") % {"present": each.present or 0, "entitled": each.entitled},
            _register(),
        )
        for each in told.assemblies
    ]


def _offices(told: Social) -> list[Said]:
    offices = told.offices
    return _known(
        (_("Mandates in force at the end"), _count(offices.held), _register()),
        (_("People who hold them"), _count(offices.people), _register()),
        (_("Of these, elected in the period"), _count(offices.elected), _register()),
        (_("Of these, never in office before"), _count(offices.first_time), _register()),
    )


def _labour(told: Social) -> list[Said]:
    drawn = amounts.amount(told.moved.get(figures.DRAWS, 0), told.book.unit)
    return _known((_("Members’ draws (retribution of work)"), drawn, _books(figures.DRAWS)))


def _fiscal(told: Social) -> list[Said]:
    sold = amounts.amount(-told.moved.get(figures.VAT_OUT, 0), told.book.unit)
    bought = amounts.amount(told.moved.get(figures.VAT_IN, 0), told.book.unit)
    return _known(
        (_("VAT on what it sold"), sold, _books(figures.VAT_OUT)),
        (_("VAT on what it bought"), bought, _books(figures.VAT_IN)),
    )


def _community(told: Social) -> list[Said]:
    money, given = told.book.unit, told.community
    borne = amounts.amount(told.moved.get(figures.COMMUNITY, 0), money)
    to_funds = amounts.amount(told.moved.get(figures.FUND, 0), money)
    kinds = {kind.value: str(name) for kind, name in KINDS.items()}
    return [
        *_known(
            (_("Borne by the results"), borne, _books(figures.COMMUNITY)),
            (_("To solidarity funds"), to_funds, _books(figures.FUND)),
        ),
        *(
            Said(kinds[each.kind], amounts.amount(each.given, each.unit), _("flows of the books"))
            for each in told.given
        ),
        *_known(
            (_("Gifts that were confirmed"), _count(given.gifts), _("gifts to the community")),
            (_("Hours of work given"), amounts.hours(given.hours), _("gifts to the community")),
            (_("Times that rooms were lent"), _count(given.sessions), _("hosting")),
            (_("Attendances there"), _count(given.attendances), _("hosting")),
        ),
    ]


#: What register and books answer, by block; of the others they know nothing.
_KNOWN: dict[Block, Callable[[Social], list[Said]]] = {
    Block.IDENTIFICATION: _identity,
    Block.SIZE: _size,
    Block.OPENNESS: _membership,
    Block.PARTICIPATION: _participation,
    Block.ROTATION: _offices,
    Block.LABOUR: _labour,
    Block.FISCAL: _fiscal,
    Block.COMMUNITY: _community,
}


def _files(told: Social, found: Sequence[Answered]) -> list[Carried]:
    """Return `social.csv`, a row a figure as it is printed, and `social.json` with what is still to be declared."""
    rows = [
        [block.code, inert(each.what), inert(each.figure), inert(each.source)]
        for block in found
        for each in (*block.said, *block.declared)
    ]
    data = attachments.told_first(told, FORM) | {
        "blocks": [
            {
                "code": block.code,
                "title": block.title,
                "said": [asdict(each) for each in block.said],
                "declared": [asdict(each) for each in block.declared],
                "to_declare": list(block.to_declare),
            }
            for block in found
        ]
    }
    return [
        Carried(name="social.csv", content=csv_bytes(COLUMNS, rows), relationship="Source"),
        Carried(name="social.json", content=json_bytes(data), relationship="Data"),
    ]
