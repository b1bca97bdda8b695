"""Steps of scenarios: network credit, from the assembly that opens it to what is done in it."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ledger.actions import credit, credit_answers, credited, demurrage
from ledger.actions.credited import Told
from ledger.actions.plays.stage import Act, Play, Stage, day_of
from ledger.core.credit import IDLE_MAX, IDLE_MIN, vat_within
from ledger.core.scenarios import told
from ledger.core.shapes import DAY, NAME, NUMBER, RATE, TEXT, one_of, within
from ledger.models.accounts import Book
from ledger.models.credited import CreditAct, CreditKind, StockOfBuyer
from ledger.models.units import Unit
from ledger.queries import credit as reading
from network.models.organizations import Organization
from network.models.people import User
from network.models.resolutions import Resolution


@dataclass(frozen=True, kw_only=True)
class OpenCredit(Act):
    """A network opens a credit of its own, as its assembly decided."""

    verb = "open_credit"
    subject = "code"
    code: str = told(NAME, "Its short name: MIA.")
    issuer: str = told(NAME, "The code of the network, which keeps a book.")
    name: str = told(TEXT, "What people call it.")
    allowed_by: str = told(NAME, "The resolution of the network, by its name in the scenario.")

    def act(self, stage: Stage, by: User) -> None:
        credit.open_unit(
            issuer=stage.book(self.issuer, self),
            code=self.code,
            name_es=self.name,
            name_en=self.name,
            resolution=stage.get(Resolution, self.allowed_by, self),
            by=by,
            on=self.on,
        )


@dataclass(frozen=True, kw_only=True)
class OfNetwork(Act):
    """What a network decides of its credit."""

    subject = "credit"
    credit: str = told(NAME, "The credit, by its short name.")
    allowed_by: str = told(NAME, "The resolution of the network, by its name in the scenario.")

    def of(self, stage: Stage) -> tuple[Unit, Book]:
        """Return the credit and the book of its network."""
        unit = stage.unit(self.credit, self)
        return unit, Book.objects.select_related("organization").get(credits=unit)


@dataclass(frozen=True, kw_only=True)
class SetLimit(OfNetwork):
    """A network lets a member go so far below zero in its credit."""

    verb = "credit_limit"
    member: str = told(NAME, "The code of the member.")
    amount: Decimal = told(NUMBER, "How far below zero: zero or more.")

    def act(self, stage: Stage, by: User) -> None:
        unit, issuer = self.of(stage)
        credit.set_limit(
            issuer=issuer,
            unit=unit,
            member=stage.book(self.member, self),
            amount=stage.minor(self.amount, unit, self),
            resolution=stage.get(Resolution, self.allowed_by, self),
            by=by,
            on=self.on,
        )


@dataclass(frozen=True, kw_only=True)
class SetDemurrage(OfNetwork):
    """A network decides what a month takes of positions that stand still; zero ends it."""

    verb = "demurrage_rate"
    percent: int = told(RATE, "How much of them a month takes, in per cent.")
    idle_days: int = told(within(IDLE_MIN, IDLE_MAX), "For how many days they have not moved.")

    def act(self, stage: Stage, by: User) -> None:
        unit, issuer = self.of(stage)
        demurrage.set_rate(
            issuer=issuer,
            unit=unit,
            basis_points=self.percent,
            idle_days=self.idle_days,
            resolution=stage.get(Resolution, self.allowed_by, self),
            by=by,
            on=self.on,
        )


@dataclass(frozen=True, kw_only=True)
class NoteDemurrage(Act):
    """A network notes what this month takes: an entry for each position, into its common fund."""

    verb = "demurrage"
    subject = "credit"
    credit: str = told(NAME, "The credit, by its short name.")
    amount: Decimal = told(NUMBER, "How much in all.")

    def act(self, stage: Stage, by: User) -> None:
        unit = stage.unit(self.credit, self)
        issuer = Book.objects.select_related("organization").get(credits=unit)
        demurrage.note(issuer=issuer, unit=unit, total=stage.minor(self.amount, unit, self), by=by, on=self.on)


@dataclass(frozen=True, kw_only=True)
class InCredit(Act):
    """What acts in credit have in common."""

    subject = "teller"
    makes = CreditAct
    teller: str = told(NAME, "The code of whoever tells of it.")
    credit: str = told(NAME, "The credit, by its short name.")
    name: str = told(NAME, "A name for it.", key="as", default="")
    papers: str = told(TEXT, "Kind and number of the papers.", default="")
    happened: dt.date | None = told(DAY, "The day of the fact, if it was earlier.", default=None)

    def act(self, stage: Stage, by: User) -> None:
        # What it went by, a resolution or where one stood, is not made again.
        key = stage.key(self)
        done = CreditAct.objects.get(key=key) if stage.is_again else self.tell(stage, by)
        stage.keep(self.name, done, self)

    def tell(self, stage: Stage, by: User) -> CreditAct:
        """Do it."""
        raise NotImplementedError

    def write(self, stage: Stage, by: User, what: Told) -> CreditAct:
        """Write it down for whoever tells of it."""
        teller = stage.organization(self.teller, self)
        return credited.log(key=stage.key(self), teller=teller, told=what, by=by, on=self.on)

    def told(self, stage: Stage, kind: CreditKind, other: Organization, amount: int, **more: object) -> Told:
        """Return what is told."""
        return Told(
            kind=kind,
            credit=stage.unit(self.credit, self),
            other=other,
            amount=amount,
            happened_on=day_of(self.happened, self),
            papers=self.papers,
            **more,  # type: ignore[arg-type]  # each by its name
        )


@dataclass(frozen=True, kw_only=True)
class Plus(InCredit):
    """A cooperative pays its members a plus in credit: they are counted, not named."""

    verb = "plus"
    amount: Decimal = told(NUMBER, "How much in all.")
    people: int = told(within(1, 9999), "To how many members.")
    allowed_by: str = told(NAME, "The resolution that decided on it, by its name in the scenario.")

    def tell(self, stage: Stage, by: User) -> CreditAct:
        amount = stage.minor(self.amount, stage.unit(self.credit, self), self)
        resolution = stage.get(Resolution, self.allowed_by, self)
        more = {"of_members": True, "people": self.people, "resolution": resolution}
        own = stage.organization(self.teller, self)
        return self.write(stage, by, self.told(stage, CreditKind.PLUS, own, amount, **more))


@dataclass(frozen=True, kw_only=True)
class SellForCredit(InCredit):
    """Sell for credit, to a cooperative or to its members; it counts once the cooperative says that it was so."""

    verb = "sell_for_credit"
    buyer: str = told(NAME, "The code of the cooperative.", key="to")
    buyers: str = told(one_of("members", "itself"), "Who of it bought.", default="itself")
    amount: Decimal = told(NUMBER, "How much in all, VAT included.")
    vat: int = told(RATE, "The VAT in it, in per cent.", default=0)
    stock: str = told(one_of(*StockOfBuyer.values), "The account in which a buyer's book has it.", default="1301")
    confirmed_by: str = told(NAME, "An officer of the buyer who confirms it on the same day.", default="")

    def tell(self, stage: Stage, by: User) -> CreditAct:
        amount = stage.minor(self.amount, stage.unit(self.credit, self), self)
        more = {"of_members": self.buyers == "members", "vat": vat_within(amount, basis_points=self.vat)}
        buyer = stage.organization(self.buyer, self)
        act = self.write(stage, by, self.told(stage, CreditKind.SALE, buyer, amount, **more))
        if not self.confirmed_by:
            return act
        return credit_answers.confirm(act=act, stock=self.stock, by=stage.person(self.confirmed_by, self), on=self.on)


@dataclass(frozen=True, kw_only=True)
class HandPositionOver(InCredit):
    """Hand all of a position over to another member, who is paid for it or pays for it through the bank."""

    verb = "hand_position_over"
    taker: str = told(NAME, "The code of whoever takes it over.", key="to")
    confirmed_by: str = told(NAME, "An officer of theirs who confirms it on the same day.", default="")

    def tell(self, stage: Stage, by: User) -> CreditAct:
        unit, book = stage.unit(self.credit, self), stage.book(self.teller, self)
        amount = sum(abs(each.amount) for each in reading.positions(books=[book.pk], credit=unit))
        taker = stage.organization(self.taker, self)
        act = self.write(stage, by, self.told(stage, CreditKind.HANDOVER, taker, amount))
        if not self.confirmed_by:
            return act
        return credit_answers.confirm(act=act, by=stage.person(self.confirmed_by, self), on=self.on)


STEPS: tuple[type[Play], ...] = (
    *(OpenCredit, SetLimit, Plus, SellForCredit, HandPositionOver),
    *(SetDemurrage, NoteDemurrage),
)
