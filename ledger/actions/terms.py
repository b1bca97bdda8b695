"""The terms of an agreement: write them down, and write them anew when a change is asked for."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import agreements, units
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.core.units import INT64_MAX
from ledger.models.accounts import Book
from ledger.models.agreements import Agreement, AgreementLine, AgreementParty, AgreementState
from ledger.models.history import Verb
from ledger.models.units import Unit
from network.actions import admissions
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User

LINES_MAX, PARTIES_MAX = 40, 12


class PartnerIsYourself(DomainError):
    """An agreement has at least two sides."""

    message = _("Choose another cooperative: it takes two to agree.")


class PartnerKeepsNoBook(DomainError):
    """What is exchanged is written in both books."""

    message = _("%(organization)s keeps no book here yet. Its federation can open one.")


class EachSideGivesSomething(DomainError):
    """A barter needs a line from each side, and one for each."""

    message = _("Write at least one thing that each side gives.")


class EachSideReceivesSomething(DomainError):
    """Whoever gives in a barter receives."""

    message = _("Write at least one thing that %(organization)s receives.")


class TooManyParties(DomainError):
    """A ring that people still see through."""

    message = _("At most %(most)s cooperatives take part in one agreement. Split it.")


class NotBetweenParties(DomainError):
    """Things go from one of those who agree to another."""

    message = _("Line %(number)s goes from one cooperative to another of those who agree. Choose both.")


class TooManyLines(DomainError):
    """An agreement stays readable."""

    message = _("One agreement has at most %(most)s lines. Split it in two.")


class MoneyIsNotAThing(DomainError):
    """What is paid in money is the difference of the two sides, not a line."""

    message = _("Line %(number)s is in money. Write goods or work; a difference in money is paid later.")


class SameThingTwice(DomainError):
    """The same thing in the same unit stands once on each side."""

    message = _("“%(thing)s” stands twice on the same side. Put it in one line.")


class LineIsIncomplete(DomainError):
    """A line needs a thing, a quantity and a value."""

    message = _("Line %(number)s needs a thing, a quantity above zero and a value above zero.")


class AgreedInTheFuture(DomainError):
    """An agreement is written down once it was made."""

    message = _("The day of the agreement has not come yet.")


class DueBeforeAgreed(DomainError):
    """Nothing is due before it was agreed."""

    message = _("The last day to deliver is earlier than the day of the agreement.")


class DeliveriesWereNoted(DomainError):
    """Terms under which something was delivered are not written anew."""

    message = _("Deliveries were already noted under these terms. Withdraw the proposal and write a new one.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is agreed besides the lines."""

    title: str
    pegged_to_goods: bool
    agreed_on: dt.date
    due_on: dt.date | None = None
    resolution: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTerms:
    """One thing that one party gives another: minor units of its unit, and of the money that values are agreed in."""

    giver: Organization
    receiver: Organization
    thing: str
    unit: Unit
    quantity: int
    value: int
    vat_rate: int | None = None


@transaction.atomic
def log(
    *,
    kind: str,
    key: uuid.UUID,
    proposer: Organization,
    others: Sequence[Organization],
    terms: Terms,
    lines: Sequence[LineTerms],
    by: User,
    on: dt.date,
) -> Agreement:
    """Write an agreement down and return it; the same key returns the first one.

    It is a draft until an officer of the proposer signs it; where an officer writes it, that is at once, unless it
    needs a resolution.

    :raises NotForYouToDo: if the person is not of the proposer.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    :raises PartnerIsYourself, TooManyParties: if there is no other side, or too many.
    :raises PartnerKeepsNoBook: if a side keeps no book.
    :raises MayNotTrade: if a side may not trade in the network today.
    :raises EachSideGivesSomething, EachSideReceivesSomething, TooManyLines, SameThingTwice: if the lines are not right.
    :raises LineIsIncomplete, MoneyIsNotAThing, NotBetweenParties, AgreedInTheFuture, DueBeforeAgreed: as named.
    """
    agreements.require_log(by=by, organization=proposer, on=on)
    # Held, so that the same form sent twice at once is answered one after the other.
    book = Book.objects.select_for_update(of=("self",), no_key=True).filter(organization=proposer).first()
    told = {"proposer": proposer, **_fields(terms)}
    if (earlier := _logged_before(key, told, lines, others)) is not None:
        return earlier
    if book is None:
        raise PartnerKeepsNoBook(organization=proposer.name)
    parties = partners(proposer=proposer, others=others, on=on)
    check_days(terms.agreed_on, terms.due_on, on=on)
    agreement = Agreement.objects.create(kind=kind, key=key, unit=book.unit, **told)
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement=agreement, organization=each, number=number)
        for number, each in enumerate(parties, start=1)
    )
    _check_sides(lines, parties)
    write_lines(agreement, lines, parties)
    agreements.remember(agreement=agreement, verb=Verb.LOGGED, by=by, organization=proposer, on=on)
    if agreements.may_sign_at_once(agreement, by=by, on=on):
        agreements.write_signature(agreement, proposer, by=by, on=on)
    return agreement


def partners(*, proposer: Organization, others: Sequence[Organization], on: dt.date) -> list[Organization]:
    """Return all who are to agree, the proposer first, if they may.

    :raises PartnerIsYourself, TooManyParties: if there is no other side, or too many.
    :raises PartnerKeepsNoBook: if one of the others keeps no book.
    :raises MayNotTrade: if one of them may not trade in the network today.
    """
    parties = [proposer, *others]
    if not others or len(set(parties)) < len(parties):
        raise PartnerIsYourself
    if len(parties) > PARTIES_MAX:
        raise TooManyParties(most=PARTIES_MAX)
    keeping = set(Book.objects.filter(organization__in=others).values_list("organization", flat=True))
    for each in others:
        if each.pk not in keeping:
            raise PartnerKeepsNoBook(organization=each.name)
    admissions.require_trade(*parties, on=on)
    return parties


def _logged_before(
    key: uuid.UUID, told: Mapping[str, object], lines: Sequence[LineTerms], others: Sequence[Organization]
) -> Agreement | None:
    """Return what the same form with the same content made the first time that it was sent."""
    earlier = Agreement.objects.filter(key=key).first()
    if earlier is None:
        return None
    written = earlier.lines.order_by("number").values_list(
        "giver", "receiver", "thing", "measure__unit", "quantity", "value", "vat_rate"
    )
    sent = [(x.giver.pk, x.receiver.pk, _thing(x), x.unit.pk, x.quantity, x.value, x.vat_rate) for x in lines]
    with_whom = list(earlier.parties.values_list("organization", flat=True)[1:])
    is_other = any(getattr(earlier, name) != value for name, value in told.items())
    if is_other or (list(written), with_whom) != (sent, [each.pk for each in others]):
        raise KeyWasUsedForSomethingElse
    return earlier


def _thing(line: LineTerms) -> str:
    return " ".join(line.thing.split())[:80]


@transaction.atomic
def revise(*, agreement: Agreement, terms: Terms, lines: Sequence[LineTerms], by: User, on: dt.date) -> Agreement:
    """Write the terms anew, as was asked for; whoever had signed signs again.

    :raises NotAtThisPoint: if the partner has already accepted, or it was refused.
    :raises DeliveriesWereNoted: if it came from a spreadsheet with its deliveries.
    """
    agreement = agreements.locked(
        agreement, AgreementState.DRAFT, AgreementState.PROPOSED, AgreementState.CHANGES_ASKED
    )
    agreements.require_log(by=by, organization=agreement.proposer, on=on)
    if agreement.deliveries.exists():
        raise DeliveriesWereNoted
    check_days(terms.agreed_on, terms.due_on, on=on)
    for field, value in _fields(terms).items():
        setattr(agreement, field, value)
    agreement.state = AgreementState.DRAFT
    agreement.save()
    agreement.parties.update(signed_by=None, resolution=None)
    agreement.lines.all().delete()
    parties = [each.organization for each in agreement.parties.select_related("organization")]
    _check_sides(lines, parties)
    write_lines(agreement, lines, parties)
    agreements.remember(agreement=agreement, verb=Verb.REVISED, by=by, organization=agreement.proposer, on=on)
    if agreements.may_sign_at_once(agreement, by=by, on=on):
        agreements.write_signature(agreement, agreement.proposer, by=by, on=on)
    return agreement


def check_days(agreed_on: dt.date, due_on: dt.date | None, *, on: dt.date) -> None:
    """Refuse days that are not right, as named."""
    if agreed_on > on:
        raise AgreedInTheFuture
    if due_on is not None and due_on < agreed_on:
        raise DueBeforeAgreed


def _fields(terms: Terms) -> dict[str, object]:
    return {
        "title": terms.title.strip()[:120],
        "is_pegged_to_goods": terms.pegged_to_goods,
        "agreed_on": terms.agreed_on,
        "due_on": terms.due_on,
        "resolution": terms.resolution.strip()[:80],
    }


def write_lines(agreement: Agreement, lines: Sequence[LineTerms], parties: Sequence[Organization]) -> None:
    """Write the agreed lines, each from one of the parties to another, none of them twice."""
    if len(lines) > LINES_MAX:
        raise TooManyLines(most=LINES_MAX)
    seen = set()
    for number, line in enumerate(lines, start=1):
        thing = _thing(line)
        if not thing or not 0 < line.quantity <= INT64_MAX or not 0 < line.value <= INT64_MAX:
            raise LineIsIncomplete(number=number)
        if line.unit.kind in {"money", "credit"}:
            raise MoneyIsNotAThing(number=number)
        if line.giver == line.receiver or not {line.giver, line.receiver} <= set(parties):
            raise NotBetweenParties(number=number)
        measure = units.measure(unit=line.unit, thing=thing)
        if (line.giver.pk, line.receiver.pk, measure.pk) in seen:
            raise SameThingTwice(thing=thing)
        seen.add((line.giver.pk, line.receiver.pk, measure.pk))
        AgreementLine.objects.create(
            agreement=agreement,
            giver=line.giver,
            receiver=line.receiver,
            number=number,
            thing=thing,
            measure=measure,
            quantity=line.quantity,
            value=line.value,
            vat_rate=line.vat_rate,
        )


def _check_sides(lines: Sequence[LineTerms], parties: Sequence[Organization]) -> None:
    giving, receiving = {line.giver for line in lines}, {line.receiver for line in lines}
    if not giving >= set(parties):
        raise EachSideGivesSomething
    if missing := [each for each in parties if each not in receiving]:
        raise EachSideReceivesSomething(organization=missing[0].name)
