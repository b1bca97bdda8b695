"""What is open agreement by agreement, and what passed in every kind of exchange: as the stories leave it."""

import datetime as dt

import pytest
from django.db.models import Q, Sum

from ledger.actions import play
from ledger.core.flows import FlowKind
from ledger.models import Book, Claim, ClaimBalance, Entry, Event, Flow
from reports.queries.statement import Statement, statement
from tests import make
from tests.cast import Cast
from tests.platform.house_rules import ROOT
from tests.reports import exchanges

pytestmark = pytest.mark.django_db
STORIES = ROOT / "docs" / "stories"
#: In which story each kind of exchange is.
KINDS = {
    "bags-for-flour": FlowKind.BARTER,
    "uniforms-from-cloth": FlowKind.TOLL_WORK,
    "order-of-three": FlowKind.COPRODUCTION,
    "hours-of-a-press": FlowKind.MACHINE,
    "steel-for-three": FlowKind.PURCHASE,
    "work-passed-on": FlowKind.REFERRAL,
    "credit-loop": FlowKind.CREDIT,
    "sugar-for-two-weeks": FlowKind.LOAN,
    "fund-of-the-federation": FlowKind.FUND,
    "evenings-at-the-plant": FlowKind.COMMUNITY,
    "hands-that-teach": FlowKind.MENTORING,
    "round-of-three": None,
}


def told(book: Book, *, ends_on: dt.date, cutoff: int | None = None) -> Statement:
    last = Event.objects.latest("pk").pk if cutoff is None else cutoff
    return statement(book=book, starts_on=dt.date(2000, 1, 1), ends_on=ends_on, cutoff_event=last)


@pytest.mark.parametrize("story", KINDS)
def test_every_kind_of_exchange_is_in_the_statement(story: str):
    """Of each book of a story: what passed is what the database keeps, what is open is what it keeps open."""
    text = (STORIES / f"{story}.yaml").read_text(encoding="utf-8")
    play.play(file=f"{story}.yaml", text=text, keep=True, among_real_books=True)
    end = Entry.objects.latest("booked_on").booked_on
    kinds: set[str] = set()
    for book in Book.objects.select_related("organization", "unit"):
        shown = told(book, ends_on=end)
        kinds |= {each.kind for each in shown.kinds}
        for side, name in (("giver", "given"), ("receiver", "received")):
            kept = Flow.objects.filter(**{side: book}).values("unit").annotate(all=Sum("amount"))
            sums = {row["unit"]: int(row["all"]) for row in kept if row["all"]}
            shown_sums: dict[int, int] = {}
            for each in shown.kinds:
                shown_sums[each.unit.pk] = shown_sums.get(each.unit.pk, 0) + getattr(each, name)
            assert {unit: amount for unit, amount in shown_sums.items() if amount} == sums
        its = ClaimBalance.objects.filter(
            Q(claim__creditor=book) | Q(claim__debtor=book), Q(amount__gt=0) | Q(quantity__gt=0)
        )
        assert {(each.claim.pk, each.amount, each.quantity) for each in shown.open_items} == {
            (each.claim_id, each.amount, each.quantity) for each in its
        }
    assert KINDS[story] is None or KINDS[story] in kinds


def test_what_is_owed_in_goods_stands_first_with_its_quantity(cast: Cast):
    exchanges.bags_for_flour(cast)

    flour, vat = told(cast.grafica, ends_on=dt.date(2023, 12, 31)).open_items

    assert (flour.is_owed_to_us, flour.quantity, flour.amount) == (True, 2_000_000, 600_000_00)
    assert (flour.claim.peg.thing, flour.counterparty, flour.is_overdue) == ("harina", "Molino", False)
    assert (vat.is_in_goods, vat.amount) == (False, 189_000_00)


def test_what_is_paid_after_the_cut_off_is_open_still(cast: Cast):
    bags, _half = exchanges.bags_for_flour(cast)

    flour, _vat = told(cast.grafica, ends_on=dt.date(2023, 12, 31), cutoff=bags.pk).open_items

    assert flour.quantity == 4_000_000


def test_says_what_is_overdue(cast: Cast):
    debt = Claim.objects.create(
        creditor=cast.grafica,
        debtor=cast.molino,
        unit=make.unit(),
        peg=make.measure(),
        opened_on=dt.date(2023, 11, 2),
        due_on=dt.date(2023, 11, 20),
    )
    exchanges.given(cast.grafica, cast.molino, value=500_00, claim=debt, quantity=1, on=dt.date(2023, 11, 2), memo="x")

    [item] = told(cast.grafica, ends_on=dt.date(2023, 11, 30)).open_items
    assert item.is_overdue
    [item] = told(cast.grafica, ends_on=dt.date(2023, 11, 20)).open_items
    assert not item.is_overdue
