"""Random co-productions: bought for, invoiced, collected and settled in pieces and in any order, all ends at zero."""

import random
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.actions import settlements, shared
from ledger.core.apportion import apportion
from ledger.core.coproduction import is_in_ratio
from ledger.models import Agreement, Book, Claim, Delivery, Posting
from ledger.models.deliveries import Act
from ledger.queries import shares
from tests.coproductions import COLLECTED, INVOICED, Shops, accepted, buy, collect, confirm, invoice, pay, settle, stage
from tests.funds import nothing_is_found

pytestmark = pytest.mark.django_db
#: Millionths of the price; what each stage costs, in minor units of the price.
PARTS = st.lists(st.integers(1, 999), min_size=3, max_size=3)
#: Income, what was bought for it, and the levy: what a co-production comes to in a book.
RESULTS = ("4101", "5102", "5402")


@dataclass
class Making:
    """A co-production on its way, and chance."""

    shops: Shops
    agreement: Agreement
    chance: random.Random
    #: How many times something is still bought for all.
    purchases: int

    def some(self, whole: int) -> int:
        """Return all of it, or a part."""
        return whole if self.chance.random() < 0.4 else self.chance.randint(1, whole)

    def answered(self, told: Delivery) -> bool:
        """Let all concerned say that it was so; once in a while the first of them says no."""
        if self.chance.random() < 0.2:
            asked = told.shared.parts.filter(said_by=None).select_related("organization").first()
            by = self.shops.officers[asked.organization]
            shared.reject(delivery=told, organization=asked.organization, reason="Otra cifra", by=by, on=COLLECTED)
            return False
        confirm(told, self.shops, on=COLLECTED)
        return True

    def open_steps(self) -> list[Callable[[], object]]:
        stands = shares.standing(self.agreement)
        invoiced, collected = stands.confirmed[Act.INVOICE], stands.confirmed[Act.COLLECTION]
        left, owed = stands.deal.price - invoiced.amount, invoiced.gross - collected.amount
        steps: list[Callable[[], object]] = []
        if self.purchases:
            steps.append(self.buy)
        if left:
            steps.append(lambda: self.answered(invoice(self.agreement, self.shops, self.some(left), on=INVOICED)))
        if owed:
            steps.append(lambda: self.answered(collect(self.agreement, self.shops, self.some(owed), on=COLLECTED)))
        return steps

    def buy(self) -> None:
        self.purchases -= 1
        buyer = self.chance.choice([self.shops.norte, self.shops.centro, self.shops.sur])
        amount = self.chance.randint(1, max(1, self.agreement.coproduction.price // 4))
        told = buy(self.agreement, self.shops, amount, buyer=buyer, vat_rate=self.chance.choice([None, 2100]))
        self.answered(told)

    def settle(self) -> None:
        """Let each pay what it still owes: by a settlement of its account, or in any two payments."""
        open_ = Claim.objects.filter(agreement=self.agreement.code, balance__amount__gt=0).order_by("pk")
        while (claim := open_.first()) is not None:
            giver, receiver, owed = claim.debtor, claim.creditor, claim.balance.amount
            if self.owes_back(giver, receiver) or self.chance.random() < 0.6:
                first = self.some(owed)
                for amount in filter(None, (first, owed - first)):
                    pay(self.agreement, self.shops, giver, receiver, amount)
            else:
                told = settle(self.agreement, self.shops, receiver, giver=giver)
                by = self.shops.officers[receiver.organization]
                settlements.confirm(delivery=told, by=by, on=told.happened_on)

    def owes_back(self, giver: Book, receiver: Book) -> bool:
        """Whether the other also owes: then an account is settled for the difference alone."""
        back = Claim.objects.filter(agreement=self.agreement.code, debtor=receiver, creditor=giver)
        return back.filter(balance__amount__gt=0).exists()


def result(agreement: Agreement, book: Book) -> int:
    """Return what it came to in a book."""
    found = Posting.objects.filter(event__agreement=agreement.code, account__book=book, account__number__in=RESULTS)
    return -sum(found.values_list("amount", flat=True))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    price=st.integers(10_000, 10**10),
    parts=PARTS,
    levy=st.sampled_from([0, 200, 333]),
    vat_rate=st.sampled_from([None, 1050, 2100]),
    purchases=st.integers(0, 2),
    seed=st.integers(0, 2**16),
)
def test_any_coproduction(db, price: int, parts: list[int], levy: int, vat_rate: int | None, purchases: int, seed: int):
    chance = random.Random(seed)  # noqa: S311  # of a test
    with transaction.atomic():
        shops = Shops.assemble()
        shares_ = apportion(1_000_000, parts)
        books = [shops.norte, shops.centro, shops.sur]
        stages = [stage(book, "Etapa", share) for book, share in zip(books, shares_, strict=True)]
        fund = shops.federacion.organization if levy else None
        agreement = accepted(
            shops, stages=stages, price=price, vat_rate=vat_rate, levy=levy, fund=fund, costs=0, costs_vat_rate=None
        )
        making = Making(shops, agreement, chance, purchases)
        while steps := making.open_steps():
            chance.choice(steps)()
        making.settle()

        agreement.refresh_from_db()
        assert agreement.state == "settled"
        assert not Claim.objects.exclude(balance__amount=0).exists()
        splits = Delivery.objects.filter(agreement=agreement, state="confirmed").count()
        assert is_in_ratio([result(agreement, book) for book in books], shares_, splits=3 * splits)
        assert nothing_is_found()
        transaction.set_rollback(True)
