"""Load the demo network, day by day and only through actions: the same for a seed and a last day."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from stdnum.ar import cuit

from ledger.actions import (
    accounts,
    demo_community,
    demo_offers,
    demo_people,
    demo_records,
    demo_referrals,
    journal,
    years,
)
from ledger.actions.demo_balances import Confirmation
from ledger.actions.demo_barters import NAMESPACE, Member, Play
from ledger.actions.demo_clearing import Rounds
from ledger.actions.demo_coproduction import Books
from ledger.actions.demo_credit import Loop
from ledger.actions.demo_fund import Common
from ledger.actions.demo_loans import Lending
from ledger.actions.demo_machines import Press
from ledger.actions.demo_purchases import Ink
from ledger.actions.demo_round import Round
from ledger.actions.demo_toll_work import Printing
from ledger.actions.facts import Fact, Line
from ledger.core.demo_community import SCHOOL
from ledger.core.demo_histories import HISTORIES, PUBLIC, History
from ledger.core.demo_network import COOPERATIVES, SUR, UNION, Cooperative
from ledger.core.demo_story import MONTHS, barters
from ledger.models.accounts import Book
from ledger.models.units import Unit
from network.actions import admissions, affiliations, history, organizations, people
from network.actions import demo as play
from network.errors import DomainError
from network.models.councils import Mandate
from network.models.organizations import Organization
from network.models.people import User
from network.models.resolutions import Resolution
from network.queries import organizations as register

CONFEDERATION = "confederacion"
#: Whose treasurers speak for their federation: none of those whom the demo lets one log in as.
DELEGATES = {
    SUR: ("fundicion-riachuelo", "caldereria-berisso", "imprenta-el-puente", "frigorifico-la-unidad"),
    UNION: ("metal-25-de-mayo", "tornos-unidos", "yerbatera-iguazu", "hilados-chaco"),
}
#: Whose assembly is overdue, and whose last paper has lapsed: two that the demo lets one log in as.
BEHIND, LAPSED = "molino-los-andes", "grafica-barracas"


class DatabaseHoldsOtherBooks(DomainError):
    """Made-up books never mix with real ones."""

    message = _("This database already holds other organizations or people. The demo network needs an empty one.")


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody whom the demo can be looked at as."""

    email: str
    password: str
    name: str
    organization: str
    office: str


def is_loaded() -> bool:
    """Say whether the demo network is in the database."""
    return Organization.objects.filter(code=CONFEDERATION, is_fictional=True).exists()


def logins() -> list[Login]:
    """Return a few logins to look at the demo with: two sides of a barter, a member, an auditor, a school they host."""
    shown = ["grafica-barracas", "molino-los-andes", SUR, SCHOOL]
    mandates = Mandate.objects.filter(organization__code__in=shown, organization__is_fictional=True)
    mandates = mandates.exclude(Q(organization__code=SUR) & ~Q(office="internal_auditor"))
    return [
        Login(each.user.email, demo_people.PASSWORD, each.user.name, each.organization.name, each.get_office_display())
        for each in mandates.select_related("user", "organization").order_by("-organization", "pk")
    ]


@transaction.atomic
def load(*, seed: int, until: dt.date, progress: Callable[[int, int], None] = lambda _done, _total: None) -> bool:
    """Load the demo network up to a day and say whether there was anything to do; twice is the same as once.

    :raises DatabaseHoldsOtherBooks: if the database holds anything that is not of the demo.
    """
    if is_loaded():
        return False
    if Organization.objects.exists() or User.objects.exists():
        raise DatabaseHoldsOtherBooks
    members = _register(until)
    steps = sorted(_steps(members, seed=seed, until=until), key=lambda step: (step[0], step[1]))
    for number, (_day, _order, act) in enumerate(steps, start=1):
        act()
        if number % 100 == 0 or number == len(steps):
            progress(number, len(steps))
    demo_offers.publish(members, until=until)
    demo_records.bring(members, until=until)
    return True


def _register(until: dt.date) -> dict[str, Member]:
    start = until - dt.timedelta(days=30 * MONTHS)
    founded = start - dt.timedelta(days=400)
    confederation = organizations.register(
        code=CONFEDERATION, name="Confederación de Cooperativas", kind="confederation", is_fictional=True
    )
    federations, auditors = {}, {}
    for code, name, auditor in (
        (SUR, "Federación del Sur", "Silvia Roldán"),
        (UNION, "Federación Unión", "Ernesto Vidal"),
    ):
        federation = organizations.register(code=code, name=name, kind="federation", is_fictional=True)
        _join(federation, confederation, on=founded)
        federations[code] = federation
        auditors[federation] = auditor
    members = {}
    for number, each in enumerate(COOPERATIVES, start=1):
        members[each.code] = _member(each, number, federations[each.federation], founded=founded, until=until)
    for federation, auditor in auditors.items():
        home = register.direct_members(federation, on=founded).reverse()[0]
        demo_people.officer(auditor, federation, "internal_auditor", founded, until, delegate_of=home)
        sent = [each for each in members.values() if each.organization.code in DELEGATES[federation.code]]
        play.federations_year(
            federation=federation,
            delegates=[(each.treasurer, each.organization) for each in sent],
            members=register.direct_members(federation, on=founded).count(),
            until=until,
        )
    for code, name in (("grafica-barracas", "Beto Campos"), ("molino-los-andes", "Nora Quiroga")):
        person = people.invite(email=demo_people.address(name), name=name, password=demo_people.PASSWORD)
        people.admit(user=person, organization=members[code].organization, starts_on=founded)
        demo_people.elect(person, members[code].organization, "member_at_large", founded, until)
    return members


def _member(each: Cooperative, number: int, federation: Organization, *, founded: dt.date, until: dt.date) -> Member:
    digits = f"309990{number:04d}"
    organization = organizations.register(
        code=each.code,
        name=each.name,
        kind=each.kind,
        sector=each.sector,
        province=each.province,
        city=each.city,
        tax_id=digits + cuit.calc_check_digit(digits),
        national_number=HISTORIES[each.code].matricula,
        is_fictional=True,
    )
    _tell(organization, HISTORIES[each.code], federation, until=until)
    taken_in = _join(organization, federation, on=founded)
    admissions.admit(organization=organization, starts_on=founded, resolution=taken_in, by=None, on=founded)
    treasurer = demo_people.officer(each.treasurer, organization, "treasurer", founded, until)
    opened = until - dt.timedelta(days=30 * MONTHS)
    book = accounts.open_book(organization=organization, unit=Unit.objects.get(code="ARS"), on=opened)
    _opening(book, number, on=opened)
    play.cooperatives_duties(
        cooperative=organization,
        entitled=HISTORIES[each.code].counted_now,
        since=opened,
        until=until,
        behind=each.code == BEHIND,
        papers=len(play.PAPERS) if each.code == LAPSED else 1,
    )
    return Member(organization, book, treasurer)


def _join(member: Organization, body: Organization, *, on: dt.date) -> Resolution:
    """Let the body take the member in, and return what it resolved."""
    decided = demo_people.resolved(body, f"Se incorpora {member.name}.", on=on)
    accepted = demo_people.resolved(member, f"Se acepta pertenecer a {body.name}.", on=on)
    affiliations.affiliate(
        member=member, body=body, starts_on=on, resolution=decided, acceptance=accepted, by=None, on=on
    )
    return decided


def _tell(organization: Organization, told: History, federation: Organization, *, until: dt.date) -> None:
    """Note how the cooperative came about, and how many work there: its federation and it itself counted."""
    at = dt.datetime.combine(until, dt.time(12), tzinfo=dt.UTC)
    for kind, when, paper in told.milestones():
        history.add_milestone(
            organization=organization, kind=kind, happened=when, paper=paper, by=None, on=until, at=at
        )
    Organization.objects.filter(pk=organization.pk, code__in=PUBLIC).update(is_public=True)
    for workers, days, source in (
        (told.counted_before, 240, federation.name),
        (told.counted_now, 40, "Asamblea de la cooperativa"),
    ):
        history.count_workers(
            organization=organization,
            workers=workers,
            counted_on=until - dt.timedelta(days=days),
            source=source,
            by=None,
            on=until,
            at=at,
        )


def _opening(book: Book, number: int, *, on: dt.date) -> None:
    """Bring in what the book starts with: money in the bank and goods on the shelf."""
    bank, goods = (8_000_000 + 650_000 * number) * 100, (22_000_000 + 1_100_000 * number) * 100
    journal.post(
        key=uuid.uuid5(NAMESPACE, f"opening {number}"),
        fact=Fact(kind="opening", happened_on=on, memo="Apertura del libro", resolution="Acta de asamblea 2"),
        lines=[
            Line(account=accounts.account(book=book, number="1102"), amount=bank),
            Line(account=accounts.account(book=book, number="1303"), amount=goods),
            Line(account=accounts.account(book=book, number="3901"), amount=-(bank + goods)),
        ],
        on=on,
        by=None,
    )


_Step = tuple[dt.date, int, Callable[[], object]]


def _steps(members: dict[str, Member], *, seed: int, until: dt.date) -> Iterator[_Step]:
    """Return everything that happens, each with its day; what stands earlier in a day has the lower number."""
    order = 0
    for day, act in _closings(members, until=until):
        order += 1
        yield day, order, act
    for day, act in demo_community.steps(members, until=until):
        order += 1
        yield day, order, act
    for number, story in enumerate(barters(seed=seed, until=until)):
        both = Play(number, story, members[story.proposer.code], members[story.partner.code])
        for day, act in both.steps():
            order += 1
            yield day, order, act
    for kind in (Round, Books, Printing, Lending, Ink, Press, Loop, Common, Rounds, Confirmation):
        for day, act in kind(members, until=until).steps():
            order += 1
            yield day, order, act
    for day, act in demo_referrals.steps(members, until=until):
        order += 1
        yield day, order, act


def _closings(members: dict[str, Member], *, until: dt.date) -> Iterator[tuple[dt.date, Callable[[], object]]]:
    """Yield the closing of each year on the day after its assembly; whoever held none closes none."""
    for member in members.values():
        book, code = member.book, member.organization.code
        for year in range(book.opened_on.year, until.year):
            day = dt.date(year, 12, 31) + dt.timedelta(days=play.ASSEMBLY_DAYS + 1)
            if day < until and code != BEHIND:
                close = partial(years.close_year, book=book, year=year, resolution="Acta de asamblea ordinaria")
                yield day, partial(close, on=day, by=None)
