"""Steps of scenarios: who there is, in which office, and what their assemblies decide."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ledger.actions import accounts, thresholds
from ledger.actions.plays.stage import Act, Play, Stage
from ledger.core.scenarios import told
from ledger.core.shapes import DAY, NAME, NUMBER, TEXT, one_of, text, within
from ledger.models.accounts import Book
from network.actions import admissions, affiliations, councils, organizations, people, resolutions
from network.core.mandates import months_after
from network.errors import DomainError
from network.models.bylaws import Bylaws, Office
from network.models.councils import Mandate
from network.models.organizations import Kind, Organization, Sector
from network.models.people import Membership, User
from network.models.resolutions import Resolution

#: Where the addresses of made-up people are: they write to nobody.
DOMAIN = "play.trama.example"


class IsNotMadeUp(DomainError):
    """Made-up people and decisions do not get into an organization that is there."""

    message = _("%(organization)s is not made up: it gets no made-up people, members or decisions.")


@dataclass(frozen=True, kw_only=True)
class AnOrganization(Play):
    """An organization of the register. Where its code is there already, it is used as it is."""

    verb = "organization"
    is_cast = True
    subject = "code"
    code: str = told(NAME, "Its code: small letters, digits and hyphens. Later steps name it so.")
    name: str = told(text(120), "Its name.")
    kind: str = told(one_of(*Kind.values), "What it is.")
    sector: str = told(one_of(*Sector.values), "What it makes.", default="")
    province: str = told(NAME, "The letter of its province: C, B, S.", default="")
    city: str = told(text(80), "Its town.", default="")
    tax_id: str = told(NAME, "Its CUIT, digits only; the last one is the check digit.", default="")
    belongs_to: str = told(NAME, "The code of a federation that takes it in on that day.", default="")
    admitted_by: str = told(
        NAME, "Who admits it to trade: the code of its federation; its own where it belongs to none.", default=""
    )
    book: str = told(
        NAME, "The money in which it keeps a book from that day on: ARS. Without it, it keeps none.", default=""
    )
    year_starts: int = told(within(1, 12), "The month in which its year begins.", default=1)

    def play(self, stage: Stage) -> None:
        there = Organization.objects.filter(code=self.code).first()
        if there is not None:
            words = {"name": there.name, "code": there.code}
            stage.said.append(gettext("%(name)s (%(code)s) is there already: it is used as it is.") % words)
        stage.keep(self.code, there or self._made(stage), self)

    def _made(self, stage: Stage) -> Organization:
        made = organizations.register(
            code=self.code,
            name=self.name,
            kind=self.kind,
            sector=self.sector,
            province=self.province,
            city=self.city,
            tax_id=self.tax_id,
            is_fictional=True,
        )
        stage.keep(self.code, made, self)
        if self.belongs_to:
            body = stage.organization(self.belongs_to, self)
            decided = _resolved(body, f"Se incorpora {made.name}.", on=self.on)
            accepted = _resolved(made, f"Se acepta pertenecer a {body.name}.", on=self.on)
            days = {"starts_on": self.on, "on": self.on}
            affiliations.affiliate(member=made, body=body, resolution=decided, acceptance=accepted, by=None, **days)
        if self.admitted_by:
            decided = _resolved(stage.organization(self.admitted_by, self), f"Se admite a {made.name}.", on=self.on)
            admissions.admit(organization=made, starts_on=self.on, resolution=decided, by=None, on=self.on)
        if self.book:
            unit = stage.unit(self.book, self)
            accounts.open_book(organization=made, unit=unit, on=self.on, year_starts_month=self.year_starts)
        return made


@dataclass(frozen=True, kw_only=True)
class APerson(Play):
    """A member of an organization from that day on, and what office they hold. Who is there already is used."""

    verb = "person"
    is_cast = True
    subject = "name"
    name: str = told(NAME, "A made-up first name. Later steps name the person so.")
    of: str = told(NAME, "The code of the organization.")
    office: str = told(one_of(*Office.values), "The office that its assembly elects them to.", default="")
    until: dt.date | None = told(
        DAY, "The first day on which they hold it no longer; without it, as long as the statute allows.", default=None
    )
    delegate_of: str = told(NAME, "In a federation: the code of the member organization that sends them.", default="")

    def play(self, stage: Stage) -> None:
        organization = stage.organization(self.of, self)
        home = stage.organization(self.delegate_of, self) if self.delegate_of else organization
        there = Membership.objects.in_force(self.on).filter(organization=home, user__name=self.name)
        member = there.select_related("user").order_by("pk").first()
        person = member.user if member else self._made(home)
        stage.keep(self.name, person, self)
        stage.homes.setdefault(person.pk, home)
        if self.office and organization.is_fictional:
            self._elect(person, organization, home)

    def _made(self, home: Organization) -> User:
        _require_made_up(home)
        person = people.invite(email=f"{slugify(self.name)}.{home.code}@{DOMAIN}", name=self.name)
        people.admit(user=person, organization=home, starts_on=self.on)
        return person

    def _elect(self, person: User, organization: Organization, home: Organization) -> None:
        held = Mandate.objects.in_force(self.on).filter(user=person, organization=organization, office=self.office)
        if held.exists():
            return
        councils.elect(
            user=person,
            organization=organization,
            office=self.office,
            starts_on=self.on,
            until=self.until or months_after(self.on, Bylaws.of(organization).term_months(self.office)),
            resolution=_resolved(organization, f"Se elige a {self.name}.", on=self.on),
            delegate_of=None if home == organization else home,
            by=None,
            on=self.on,
        )


def _resolved(organization: Organization, text: str, *, on: dt.date) -> Resolution:
    """Take over what stands in the paper book."""
    _require_made_up(organization)
    return resolutions.take_over(
        organization=organization, text=text, paper="Libro de actas 1", resolved_on=on, by=None, on=on, at=_noon(on)
    )


def _require_made_up(organization: Organization) -> None:
    if not organization.is_fictional:
        raise IsNotMadeUp(organization=organization.name)


def _noon(on: dt.date) -> dt.datetime:
    """Return when something was noted: a scenario knows of days only."""
    return dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC)


@dataclass(frozen=True, kw_only=True)
class AResolution(Act):
    """Something that an assembly decided, taken over from its paper book."""

    verb = "resolution"
    subject = "name"
    name: str = told(NAME, "A name by which later steps cite it.")
    of: str = told(NAME, "The code of the organization whose assembly decided.")
    decision: str = told(TEXT, "What was decided.", key="text")
    paper: str = told(text(80), "Where it stands in the paper book.")
    decided: dt.date | None = told(DAY, "The day of the assembly, if it was earlier.", default=None)

    def act(self, stage: Stage, by: User) -> None:
        made = resolutions.take_over(
            organization=stage.organization(self.of, self),
            text=self.decision,
            paper=self.paper,
            resolved_on=self.decided or self.on,
            by=by,
            on=self.on,
            at=_noon(self.on),
        )
        stage.keep(self.name, made, self)


@dataclass(frozen=True, kw_only=True)
class AThreshold(Act):
    """Above which value of what it gives an agreement needs a resolution of the organization's own."""

    verb = "threshold"
    subject = "book"
    book: str = told(NAME, "The code of the organization.")
    amount: Decimal | None = told(NUMBER, "The value, in its money; without it, no agreement needs one.", default=None)
    allowed_by: str = told(NAME, "The resolution that says so, by its name in the scenario.")

    def act(self, stage: Stage, by: User) -> None:
        book: Book = stage.book(self.book, self)
        thresholds.set_threshold(
            book=book,
            amount=None if self.amount is None else stage.minor(self.amount, book.unit, self),
            resolution=stage.get(Resolution, self.allowed_by, self),
            by=by,
            on=self.on,
            at=_noon(self.on),
        )


STEPS: tuple[type[Play], ...] = (AnOrganization, APerson, AResolution, AThreshold)
