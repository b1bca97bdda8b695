"""Read balance confirmations: what is to be asked, how far one is, and what each side said of each balance."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from ledger.models.balance_confirmations import AskedBalance, BalanceAnswer, BalanceConfirmation, Said
from ledger.queries import owing
from network.models.organizations import Organization
from network.queries import organizations


def members(body: Organization, *, on: dt.date) -> QuerySet[Organization]:
    """Return who may be asked: those below the body that keep a book."""
    return organizations.with_books_below(body, on=on)


def open_between(
    parties: Collection[int], *, chosen: Collection[int], as_of: dt.date, today: dt.date
) -> list[dict[str, Any]]:
    """Return what each of some organizations owed each other at the end of a day, by pair of books, unit and peg.

    Where some are chosen, only those of which one side is.
    """
    found = owing.claims(parties, day=as_of, today=today).filter(
        creditor__organization__in=parties, debtor__organization__in=parties
    )
    if chosen:
        found = found.filter(Q(creditor__organization__in=chosen) | Q(debtor__organization__in=chosen))
    rows = found.values("debtor", "creditor", "unit", "peg").annotate(
        amount=Sum("held"), quantity=Sum("held_quantity")
    )  # fmt: skip
    order = "debtor__organization__name", "debtor", "creditor__organization__name", "creditor", "unit", "peg"
    return [row for row in rows.order_by(*order) if row["amount"] or row["quantity"]]


def _with_sides(balances: QuerySet[AskedBalance]) -> QuerySet[Any]:
    return balances.select_related("debtor__organization", "creditor__organization", "unit", "peg__unit")


def _has_side(organization: Organization) -> Q:
    return Q(debtor__organization=organization) | Q(creditor__organization=organization)


def of_body(body: Organization) -> QuerySet[BalanceConfirmation]:
    """Return the calls of a body, the latest first."""
    return BalanceConfirmation.objects.filter(body=body).select_related("body").order_by("-pk")


def of_party(organization: Organization) -> QuerySet[Any]:
    """Return the calls that ask an organization, the latest first, with `unanswered`: of how many balances."""
    ours = AskedBalance.objects.filter(_has_side(organization), confirmation=OuterRef("pk"))
    open_ = ours.filter(~_answered(organization)).order_by().values("confirmation").annotate(n=Count("pk")).values("n")
    found = BalanceConfirmation.objects.filter(Exists(ours)).annotate(unanswered=Coalesce(open_, Value(0)))
    return found.select_related("body").order_by("-pk")


def waiting_for(organization: Organization, *, on: dt.date) -> QuerySet[Any]:
    """Return the calls that an organization still has to answer, while there is time."""
    return of_party(organization).filter(answer_until__gte=on, unanswered__gt=0)


def _answered(organization: Organization) -> Exists:
    return Exists(BalanceAnswer.objects.filter(balance=OuterRef("pk"), organization=organization))


def balances_of(found: BalanceConfirmation, organization: Organization) -> QuerySet[Any]:
    """Return the balances of a call that an organization is asked about, those without its answer first."""
    ours = found.balances.filter(_has_side(organization)).annotate(is_answered=_answered(organization))
    return _with_sides(ours).order_by("is_answered", "number")


def by_number(found: BalanceConfirmation, organization: Organization) -> QuerySet[Any]:
    """Return the balances of a call that an organization is asked about, as they are numbered."""
    return _with_sides(found.balances.filter(_has_side(organization))).order_by("number")


def unanswered(found: BalanceConfirmation, organization: Organization) -> QuerySet[Any]:
    """Return those of which it has said nothing yet."""
    return balances_of(found, organization).filter(is_answered=False)


def differences_first(found: BalanceConfirmation) -> QuerySet[Any]:
    """Return all balances of a call: where somebody differs, does not know, has not answered; then those agreed on."""
    standing = BalanceAnswer.objects.filter(balance=OuterRef("pk"), replaced_by=None)
    answers = standing.order_by().values("balance").annotate(n=Count("pk")).values("n")
    urgency = Case(
        When(Exists(standing.filter(said=Said.DIFFERS, explanation=None)), then=0),
        When(Exists(standing.filter(said=Said.UNKNOWN)), then=1),
        When(sides_heard__lt=2, then=2),
        default=3,
    )
    heard = _with_sides(found.balances.all()).annotate(sides_heard=Coalesce(answers, Value(0)))
    balances: QuerySet[Any] = heard.annotate(urgency=urgency)
    return balances.order_by("urgency", "number")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a balance, and all that it said, the latest first: that is what stands."""

    organization: Organization
    answers: Sequence[BalanceAnswer]

    @property
    def standing(self) -> BalanceAnswer | None:
        """What it says now."""
        return self.answers[0] if self.answers else None

    @property
    def earlier(self) -> Sequence[BalanceAnswer]:
        """What it said before."""
        return self.answers[1:]

    @property
    def differs(self) -> bool:
        """Whether it says another figure, and nobody has explained it."""
        said = self.standing
        return said is not None and said.said == Said.DIFFERS and getattr(said, "explanation", None) is None


@dataclass(frozen=True, slots=True)
class Told:
    """A balance with what both sides said of it."""

    balance: AskedBalance
    debtor: Side
    creditor: Side

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both, whoever owes first."""
        return self.debtor, self.creditor

    @property
    def differs(self) -> bool:
        """Whether a side says another figure, and nobody has explained it."""
        return self.debtor.differs or self.creditor.differs


def told(balances: Sequence[AskedBalance]) -> list[Told]:
    """Return balances with all answers, in two questions however many they are."""
    answers: defaultdict[tuple[int, int], list[BalanceAnswer]] = defaultdict(list)
    known = {each.pk: each for each in balances}
    for answer in BalanceAnswer.objects.filter(balance__in=balances).select_related("explanation").order_by("-pk"):
        answer.balance = known[answer.balance_id]
        answers[answer.balance_id, answer.organization_id].append(answer)

    def side(balance: AskedBalance, organization: Organization) -> Side:
        return Side(organization, answers[balance.pk, organization.pk])

    return [
        Told(each, side(each, each.debtor.organization), side(each, each.creditor.organization)) for each in balances
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many sides of balances are asked, and what those that answered say; each counted as it stands now."""

    asked: int
    agrees: int
    differs: int
    explained: int
    unknown: int

    @property
    def answered(self) -> int:
        """How many have answered."""
        return self.agrees + self.differs + self.explained + self.unknown

    @property
    def silent(self) -> int:
        """How many have not."""
        return self.asked - self.answered


def progress(found: BalanceConfirmation) -> Progress:
    """Return how far a call is."""
    differs, is_explained = Q(said=Said.DIFFERS), Q(explanation__isnull=False)
    standing = BalanceAnswer.objects.filter(balance__confirmation=found, replaced_by=None)
    counts = standing.aggregate(
        agrees=Count("pk", filter=Q(said=Said.AGREES)),
        differs=Count("pk", filter=differs & ~is_explained),
        explained=Count("pk", filter=differs & is_explained),
        unknown=Count("pk", filter=Q(said=Said.UNKNOWN)),
    )
    return Progress(asked=2 * found.asked, **counts)


def asked_members(found: BalanceConfirmation) -> QuerySet[Any]:
    """Return who is asked, with of how many balances (`asked`) and how many of them it answered (`answered`)."""
    ours = found.balances.filter(Q(debtor=OuterRef("book")) | Q(creditor=OuterRef("book"))).order_by()
    counted = ours.annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
    said = BalanceAnswer.objects.filter(balance__confirmation=found, organization=OuterRef("pk"), replaced_by=None)
    answers = said.order_by().values("organization").annotate(n=Count("pk")).values("n")
    members = Organization.objects.filter(Exists(ours)).annotate(asked=counted, answered=Coalesce(answers, Value(0)))
    return members.order_by("name", "pk")
