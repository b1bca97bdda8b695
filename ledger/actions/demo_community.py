"""Play what the cooperatives of the demo network give the community: rooms month by month, gifts, hours of work."""

import calendar
import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from ledger.actions import (
    accounts,
    agreements,
    contributions,
    countersignatures,
    demo_people,
    hosted,
    hosting,
    journal,
)
from ledger.actions.demo_barters import NAMESPACE, Member
from ledger.actions.facts import Fact, Line
from ledger.actions.hosted import Cost, Held
from ledger.actions.hosting import Timetable
from ledger.core.demo_community import BODIES, GIFTS, Body, Gift
from ledger.core.hosting import weekdays
from ledger.models.agreements import Agreement
from ledger.models.contributions import WORKED, ChargedTo, ContributionKind
from network.actions import details
from network.core.organizations import Details
from network.models.organizations import Organization
from network.models.people import User

_Step = tuple[dt.date, Callable[[], None]]
#: What the whole bill is of what the evenings took.
BILL = 9


def steps(members: Mapping[str, Member], *, until: dt.date) -> Iterator[_Step]:
    """Yield everything that is given, each on its day; the last month of each body waits for its word."""
    bodies = {body.code: Lent(body, members[body.host], until=until) for body in BODIES}
    for lent in bodies.values():
        yield from lent.steps()
    for number, gift in enumerate(GIFTS):
        on = until - dt.timedelta(days=gift.days_ago)
        receiver = bodies.get(gift.receiver) or members.get(gift.receiver)
        yield on, partial(_give, number, gift, members[gift.giver], receiver, on=on)


class Lent:
    """A body of the community and its host, month by month."""

    def __init__(self, body: Body, host: Member, *, until: dt.date) -> None:
        self.body, self.host, self.until = body, host, until
        self.agreement: Agreement
        self.organization: Organization
        self.president: User

    def steps(self) -> Iterator[_Step]:
        """Yield the agreement, and the end of each whole month since."""
        began = self.host.book.opened_on
        yield began, self.agree
        first = (began.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        while (last := first.replace(day=calendar.monthrange(first.year, first.month)[1])) <= self.until:
            yield last, partial(self.tell, first, last)
            first = last + dt.timedelta(days=1)

    def agree(self) -> None:
        """Put the body in the register, and have both sides sign."""
        body, on = self.body, self.host.book.opened_on
        told = Details(
            name=body.name, kind="community_body", activity=body.activity, province=body.province, city=body.city
        )
        self.organization = details.create(code=body.code, details=told, is_fictional=True)
        self.president = demo_people.officer(body.president, self.organization, "president", on, self.until)
        self.agreement = hosting.propose(
            key=uuid.uuid5(NAMESPACE, f"hosting {body.code}"),
            host=self.host.organization,
            body=self.organization,
            title=body.title,
            timetable=Timetable(
                activity=body.activity,
                rooms=body.rooms,
                weekdays=weekdays(body.weekdays),
                starts_at=60 * body.starts_at,
                ends_at=60 * body.ends_at,
                since=on,
                papers="Convenio 4",
            ),
            resolution="Acta de asamblea 3",
            by=self.host.treasurer,
            on=on,
        )
        agreements.sign(agreement=self.agreement, organization=self.organization, by=self.president, on=on)

    def tell(self, first: dt.date, last: dt.date) -> None:
        """Enter the month's bills, tell of the month, and have the body counter-sign it, but for the last one."""
        body, terms = self.body, self.agreement.hosting
        # One evening a month falls on a holiday.
        sessions = terms.schedule.sessions(first, last) - 1
        light, door = body.light * sessions * 100, body.door * sessions * 100
        self._bill(first, last, light * BILL, door * BILL)
        told = hosted.log(
            agreement=self.agreement,
            key=uuid.uuid5(NAMESPACE, f"hosted {body.code} {first}"),
            took_place=Held(
                starts_on=first,
                ends_on=last,
                sessions=sessions,
                minutes=terms.schedule.minutes,
                rooms=body.rooms,
                people=[body.people - (3 * day + first.month) % 9 for day in range(sessions)],
                counted="counted",
            ),
            costs=[
                Cost(what="Luz", account="5301", amount=light),
                Cost(what="Portería", account="5201", amount=door),
            ],
            papers=f"Planilla {first:%m/%Y}",
            by=self.host.treasurer,
            on=last,
        )
        if (self.until - last).days > calendar.monthrange(last.year, last.month)[1]:
            hosted.confirm(delivery=told, by=self.president, on=last)

    def _bill(self, first: dt.date, last: dt.date, light: int, draws: int) -> None:
        """Book what the whole month cost the host: of its own book alone."""
        book = self.host.book
        journal.post(
            key=uuid.uuid5(NAMESPACE, f"bills {self.body.code} {first}"),
            fact=Fact(kind="manual", happened_on=last, memo="Luz y retiros del mes"),
            lines=[
                Line(account=accounts.account(book=book, number="5301"), amount=light),
                Line(account=accounts.account(book=book, number="5201"), amount=draws),
                Line(account=accounts.account(book=book, number="1102"), amount=-(light + draws)),
            ],
            on=last,
            by=self.host.treasurer,
        )


def _give(number: int, gift: Gift, giver: Member, receiver: Lent | Member | None, *, on: dt.date) -> None:
    """Give something once, as the assembly decided; the receiver counter-signs, or its receipt does."""
    is_work, is_mentoring = gift.kind in WORKED, gift.kind == ContributionKind.MENTORING
    told = contributions.Gift(
        kind=ContributionKind(gift.kind),
        what=gift.what,
        happened_on=on,
        receiver=receiver.organization if receiver else None,
        receiver_name="" if receiver else gift.receiver,
        amount=None if is_work else gift.amount * 100,
        charged_to="" if is_work else ChargedTo.SPONSORSHIP if gift.has_return else ChargedTo.RESULTS,
        paid_from="" if is_work else "1102",
        hours=gift.hours * 100 if is_work else None,
        people=gift.people if is_work else None,
        trainees=gift.trainees if is_mentoring else None,
        manuals=1 if is_mentoring else None,
        attendances=gift.attendances or None,
        counted=gift.counted,
        resolution=None if is_work else demo_people.resolved(giver.organization, f"Se aprueba: {gift.what}.", on=on),
    )
    key = uuid.uuid5(NAMESPACE, f"gift {number}")
    given = contributions.log(key=key, giver=giver.organization, gift=told, by=giver.treasurer, on=on)
    if receiver:
        speaker = receiver.president if isinstance(receiver, Lent) else receiver.treasurer
        countersignatures.confirm(contribution=given, by=speaker, on=on)
    else:
        countersignatures.acknowledge(contribution=given, receipt=gift.receipt, by=giver.treasurer, on=on)
