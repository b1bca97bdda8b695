"""Steps of scenarios: what is given to the community: rooms by the month, money and goods, hours of work."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ledger.actions import agreements, contributions, countersignatures, hosted, hosting
from ledger.actions.contributions import Gift
from ledger.actions.hosted import Cost, Held
from ledger.actions.hosting import Timetable
from ledger.actions.plays.stage import Act, Play, Stage, day_of
from ledger.core import hosting as core
from ledger.core.scenarios import told
from ledger.core.shapes import DAY, HOUR, NAME, NUMBER, QUANTITY, TEXT, Measured, many, one_of, rows, text, within
from ledger.core.units import to_minor
from ledger.models.agreements import Agreement
from ledger.models.contributions import ChargedTo, Contribution, ContributionKind, PaidFrom
from ledger.models.deliveries import Delivery
from ledger.models.hosting import CostAccount, HowCounted
from network.models.particulars import Activity
from network.models.people import User
from network.models.resolutions import Resolution

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: A cost is reckoned in thousandths of what is counted.
COUNTED = 3


@dataclass(frozen=True, kw_only=True)
class LendRooms(Act):
    """Propose to lend rooms to a body of the community; written by an officer, it is signed for the host by that."""

    verb = "agree: hosting"
    makes = Agreement
    name: str = told(NAME, "A name for it: later steps speak of it so.", key="as")
    host: str = told(NAME, "The code of the cooperative that lends.")
    body: str = told(NAME, "The code of whom it lends to.")
    title: str = told(text(120), "What it is called.")
    activity: str = told(one_of(*Activity.values), "What takes place.")
    days: tuple[str, ...] = told(many(one_of(*DAYS)), "On which days of the week.")
    opens: int = told(HOUR, "From what hour.")
    closes: int = told(HOUR, "Until what hour.")
    rooms: int = told(within(1, 200), "In how many rooms.", default=1)
    since: dt.date | None = told(DAY, "From which day on, if it is not that of the step.", default=None)
    until: dt.date | None = told(DAY, "The last day; without it, until one of the two ends it.", default=None)
    papers: str = told(text(80), "The convenio, as it is filed.", default="")
    signed_by: str = told(NAME, "An officer of the body, who signs on the same day.", default="")

    def act(self, stage: Stage, by: User) -> None:
        agreement = hosting.propose(
            key=stage.key(self),
            host=stage.organization(self.host, self),
            body=stage.organization(self.body, self),
            title=self.title,
            timetable=Timetable(
                activity=self.activity,
                rooms=self.rooms,
                weekdays=core.weekdays(DAYS.index(day) for day in self.days),
                starts_at=self.opens,
                ends_at=self.closes,
                since=day_of(self.since, self),
                until=self.until,
                papers=self.papers,
            ),
            by=by,
            on=self.on,
        )
        stage.keep(self.name, agreement, self)
        if self.signed_by and not stage.is_again:
            signer = stage.person(self.signed_by, self)
            agreements.sign(agreement=agreement, organization=stage.homes[signer.pk], by=signer, on=self.on)


@dataclass(frozen=True, kw_only=True)
class BorneCost:
    """One cost that the host really bore: an amount, or so much of something at a price."""

    what: str = told(text(80), "What it is for.")
    account: str = told(one_of(*CostAccount.values), "Where it stands in the host's book until then.")
    amount: Decimal | None = told(NUMBER, "How much it was; else `counted` and `price`.", default=None)
    counted: Decimal | None = told(NUMBER, "How much of it.", default=None)
    price: Decimal | None = told(NUMBER, "What one of it costs.", default=None)


@dataclass(frozen=True, kw_only=True)
class Host(Act):
    """Tell what took place from a day to a day, and what it cost; it counts once the body confirms it."""

    verb = "host"
    subject = "agreement"
    makes = Delivery
    agreement: str = told(NAME, "The hosting, by its name.")
    name: str = told(NAME, "A name, if later steps speak of it.", key="as", default="")
    first: dt.date = told(DAY, "The first day that is told of.")
    last: dt.date = told(DAY, "The last one.")
    minutes: int = told(within(1, 1440), "How long each session lasted, in minutes.")
    rooms: int = told(within(1, 200), "In how many rooms.", default=1)
    people: tuple[int, ...] = told(many(within(0, 9999)), "How many people came to each session, in their order.")
    counted: str = told(one_of(*HowCounted.values), "How that is known.", default="counted")
    costs: tuple[BorneCost, ...] = told(rows(BorneCost), "What it really cost.", default=())
    papers: str = told(text(40), "The papers of it.", default="")
    confirmed_by: str = told(NAME, "An officer of the body who confirms it on the same day.", default="")

    def act(self, stage: Stage, by: User) -> None:
        agreement = stage.get(Agreement, self.agreement, self)
        took_place = Held(
            starts_on=self.first,
            ends_on=self.last,
            sessions=len(self.people),
            minutes=self.minutes,
            rooms=self.rooms,
            people=self.people,
            counted=self.counted,
        )
        delivery = hosted.log(
            agreement=agreement,
            key=stage.key(self),
            took_place=took_place,
            costs=[self._cost(stage, agreement, each) for each in self.costs],
            papers=self.papers,
            by=by,
            on=self.on,
        )
        if self.confirmed_by and not stage.is_again:
            delivery = hosted.confirm(delivery=delivery, by=stage.person(self.confirmed_by, self), on=self.on)
        stage.keep(self.name, delivery, self)

    def _cost(self, stage: Stage, agreement: Agreement, cost: BorneCost) -> Cost:
        def minor(number: Decimal | None) -> int | None:
            return None if number is None else stage.minor(number, agreement.unit, self)

        counted = None if cost.counted is None else to_minor(cost.counted, scale=COUNTED)
        return Cost(
            what=cost.what,
            account=cost.account,
            amount=minor(cost.amount) or 0,
            quantity=counted,
            price=minor(cost.price),
        )


@dataclass(frozen=True, kw_only=True)
class Give(Act):
    """Give money, goods or hours of work once; it counts once it is counter-signed, or its receipt is noted."""

    verb = "give"
    subject = "giver"
    makes = Contribution
    giver: str = told(NAME, "The code of whoever gives.")
    name: str = told(NAME, "A name, if later steps speak of it.", key="as", default="")
    kind: str = told(one_of(*ContributionKind.values), "What it is for.")
    what: str = told(text(120), "What was given.")
    receiver: str = told(NAME, "The code of whom it was given to.", key="to", default="")
    receiver_name: str = told(text(120), "Whom it was given to, if they are not in the register.", default="")
    amount: Decimal | None = told(NUMBER, "Money, or what the goods stand at in the giver's book.", default=None)
    charged_to: str = told(
        one_of(*ChargedTo.values),
        "What bears it: results, a fund; 5303 if there is a return.",
        default="5401",
    )
    paid_from: str = told(one_of(*PaidFrom.values), "What went out.", default="1102")
    hours: Measured | None = told(QUANTITY, "Hours of work in all: 12 HORA.", default=None)
    people: int | None = told(within(1, 9999), "How many people gave them.", default=None)
    trainees: int | None = told(within(0, 9999), "Of mentoring: how many learned.", default=None)
    manuals: int | None = told(within(0, 9999), "Of mentoring: manuals that were handed over.", default=None)
    attendances: int | None = told(within(1, 999_999), "Of an event: how many people came.", default=None)
    counted: str = told(one_of(*HowCounted.values), "Of an event: how that is known.", default="")
    passes_on: str = told(NAME, "Of mentoring: the one received before, by its name, that this returns.", default="")
    happened: dt.date | None = told(DAY, "The day of the fact, if it was earlier.", default=None)
    allowed_by: str = told(NAME, "The resolution that allows it, by its name in the scenario.", default="")
    confirmed_by: str = told(NAME, "An officer of the receiver who counter-signs on the same day.", default="")
    receipt: str = told(TEXT, "The number of the receipt of a receiver who has nobody here.", default="")

    def act(self, stage: Stage, by: User) -> None:
        giver = stage.organization(self.giver, self)
        is_work = self.hours is not None
        gift = Gift(
            kind=ContributionKind(self.kind),
            what=self.what,
            happened_on=day_of(self.happened, self),
            receiver=stage.organization(self.receiver, self) if self.receiver else None,
            receiver_name=self.receiver_name,
            amount=None if self.amount is None else stage.minor(self.amount, stage.book(self.giver, self).unit, self),
            charged_to="" if is_work else self.charged_to,
            paid_from="" if is_work else self.paid_from,
            hours=stage.minor(self.hours.number, stage.unit("HORA", self), self) if self.hours else None,
            people=self.people,
            trainees=self._of_mentoring(self.trainees),
            manuals=self._of_mentoring(self.manuals),
            attendances=self.attendances,
            counted=self.counted,
            passes_on=stage.get(Contribution, self.passes_on, self) if self.passes_on else None,
            resolution=stage.get(Resolution, self.allowed_by, self) if self.allowed_by else None,
        )
        given = contributions.log(key=stage.key(self), giver=giver, gift=gift, by=by, on=self.on)
        if self.confirmed_by and not stage.is_again:
            given = countersignatures.confirm(contribution=given, by=stage.person(self.confirmed_by, self), on=self.on)
        if self.receipt and not stage.is_again:
            given = countersignatures.acknowledge(contribution=given, receipt=self.receipt, by=by, on=self.on)
        stage.keep(self.name, given, self)

    def _of_mentoring(self, number: int | None) -> int | None:
        """Return a count of mentoring: none is zero."""
        return (number or 0) if self.kind == ContributionKind.MENTORING else number


STEPS: tuple[type[Play], ...] = (LendRooms, Host, Give)
