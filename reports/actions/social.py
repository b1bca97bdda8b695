"""Put a social report on paper: block by block what registers and books say, and what is still to be declared."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from ledger.models.flows import KINDS
from ledger.templatetags import amounts
from network.core.delimited import inert
from reports.actions import attachments, papers
from reports.core.carried import Carried
from reports.core.delimited import csv_bytes, json_bytes
from reports.queries import social as figures
from reports.queries.social import Social
from reports.templatetags import paper

#: The number grows when a name or a meaning changes.
FORM = "trama-social-1"
COLUMNS = ("block", "what", "figure", "source")


@dataclass(frozen=True, slots=True)
class Said:
    """A figure in words: what it is, how much, and where it comes from."""

    what: str
    figure: str
    source: str


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the report: what is known, and what the cooperative declares itself."""

    code: str
    title: str
    said: Sequence[Said]
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


def blocks(told: Social) -> list[Block]:
    """Return the blocks in the order of the form, each figure with its source; nothing unknown is told as zero."""
    return [_identity(told), _size(told), _membership(told), _equality(), _participation(told), _offices(told),
            _labour(told), _fiscal(told), _community(told)]  # fmt: skip


def _register() -> str:
    return _("register")


def _books(*numbers: str) -> str:
    return _("books, accounts %(numbers)s") % {"numbers": ", ".join(numbers)}


def _count(number: int) -> str:
    return amounts.counted(number, None)


def _known(*said: tuple[str, str, str]) -> list[Said]:
    return [Said(*each) for each in said if each[1]]


def _identity(told: Social) -> Block:
    its, registration = told.book.organization, told.registration
    return Block(
        "identification",
        _("Who it is"),
        _known(
            (_("Name"), its.name, _register()),
            (_("CUIT"), paper.tax_id(its.tax_id), _register()),
            (_("Legal form"), its.get_legal_form_display(), _register()),
            (
                _("National registration (matrícula)"),
                registration.national_written if registration else "",
                _register(),
            ),
            (_("Sector"), its.get_sector_display(), _register()),
        ),
        [_("closing date of the fiscal year, and who signs the declaration")],
    )


def _size(told: Social) -> Block:
    its, money = told.book.organization, told.book.unit
    before, now = told.workers_before, told.workers
    return Block(
        "size",
        _("Where it is, and how large"),
        _known(
            (_("Place"), ", ".join(each for each in (its.address, its.city, its.province_name) if each), _register()),
            (_("Workers at the start"), _count(before.workers) if before else "", before.source if before else ""),
            (_("Workers at the end"), _count(now.workers) if now else "", now.source if now else ""),
            (
                _("Income from what it sold, worked and bartered, without VAT"),
                amounts.amount(told.income, money),
                _books(*figures.INCOME),
            ),
        ),
        [_("branches and other premises"), _("assets and equity, from the balance that the assembly approved")],
    )


def _membership(told: Social) -> Block:
    members = told.members
    return Block(
        "openness",
        _("Whether its membership is open"),
        _known(
            (_("Members in the register at the start"), _count(members.before), _register()),
            (_("Joined"), _count(members.joined), _register()),
            (_("Left"), _count(members.left), _register()),
            (_("Members in the register at the end"), _count(members.now), _register()),
        ),
        [_("applications that were refused, and why"), _("members who have no access to this program")],
    )


def _equality() -> Block:
    return Block(
        "non-discrimination",
        _("Whether nobody is discriminated against"),
        [],
        [
            _("members by gender and age, and who of them holds an office"),
            _("members with a disability"),
            _("the rules against discrimination and violence, and what was done"),
        ],
    )


def _participation(told: Social) -> Block:
    held = [
        Said(
            f"{each.get_kind_display()}, {paper.day(each.held_on)}",
            _("%(present)s of %(entitled)s present") % {"present": each.present or 0, "entitled": each.entitled},
            _register(),
        )
        for each in told.assemblies
    ]
    return Block(
        "participation",
        _("How members take part"),
        held,
        [_("attendance by gender"), _("meetings of the syndic’s office"), *([] if held else [_("assemblies held")])],
    )


def _offices(told: Social) -> Block:
    offices = told.offices
    return Block(
        "rotation",
        _("Whether offices are open and go round"),
        _known(
            (_("Mandates in force at the end"), _count(offices.held), _register()),
            (_("People who hold them"), _count(offices.people), _register()),
            (_("Of these, elected in the period"), _count(offices.elected), _register()),
            (_("Of these, never in office before"), _count(offices.first_time), _register()),
        ),
        [_("what members are paid for their offices")],
    )


def _labour(told: Social) -> Block:
    return Block(
        "labour",
        _("What it contributes in labour"),
        _known((
            _("Members’ draws (retribution of work)"),
            amounts.amount(told.moved.get(figures.DRAWS, 0), told.book.unit),
            _books(figures.DRAWS),
        )),
        [
            _("the highest and the lowest draw"),
            _("social security, insurance and health cover"),
            _("hours of training"),
        ],
    )  # fmt: skip


def _fiscal(told: Social) -> Block:
    money = told.book.unit
    return Block(
        "fiscal",
        _("What it contributes in taxes"),
        _known(
            (
                _("VAT on what it sold"),
                amounts.amount(-told.moved.get(figures.VAT_OUT, 0), money),
                _books(figures.VAT_OUT),
            ),
            (
                _("VAT on what it bought"),
                amounts.amount(told.moved.get(figures.VAT_IN, 0), money),
                _books(figures.VAT_IN),
            ),
        ),
        [_("taxes paid to the nation, the province and the municipality")],
    )


def _community(told: Social) -> Block:
    money, given = told.book.unit, told.community
    kinds = {kind.value: str(name) for kind, name in KINDS.items()}
    return Block(
        "community",
        _("What it contributes to the community"),
        [
            *_known(
                (_("Borne by the results"), amounts.amount(told.moved.get(figures.COMMUNITY, 0), money),
                 _books(figures.COMMUNITY)),
                (_("To solidarity funds"), amounts.amount(told.moved.get(figures.FUND, 0), money),
                 _books(figures.FUND)),
            ),
            *(
                Said(kinds[each.kind], amounts.amount(each.given, each.unit), _("flows of the books"))
                for each in told.given
            ),
            *_known(
                (_("Gifts that were confirmed"), _count(given.gifts), _("gifts to the community")),
                (_("Hours of work given"), amounts.hours(given.hours), _("gifts to the community")),
                (_("Times that rooms were lent"), _count(given.sessions), _("hosting")),
                (_("Attendances there, counted"), _count(given.attendances), _("hosting")),
            ),
        ],
        [_("what was given and not written down here")],
    )  # fmt: skip


def _files(told: Social, found: Sequence[Block]) -> list[Carried]:
    """Return `social.csv`, a row a figure as it is printed, and `social.json` with what is to be declared."""
    rows = [
        [block.code, inert(each.what), inert(each.figure), inert(each.source)] for block in found for each in block.said
    ]
    data = attachments.told_first(told, FORM) | {
        "blocks": [
            {
                "code": block.code,
                "title": block.title,
                "said": [{"what": each.what, "figure": each.figure, "source": each.source} for each in block.said],
                "to_declare": list(block.to_declare),
            }
            for block in found
        ]
    }
    return [
        Carried(name="social.csv", content=csv_bytes(COLUMNS, rows), relationship="Source"),
        Carried(name="social.json", content=json_bytes(data), relationship="Data"),
    ]
