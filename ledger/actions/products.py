"""What several make: the terms of one product and its stages, and whether they add up."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ledger.core.coproduction import WHOLE, Deal
from ledger.core.units import INT64_MAX
from ledger.models.coproductions import Split
from network.errors import DomainError
from network.models.organizations import Organization

STAGES_MAX, PARTIES_MAX, RATE_MAX = 20, 12, 10_000
#: So high that a share of it still is a number of 64 bits.
PRICE_MAX = INT64_MAX // RATE_MAX


class ProductIsIncomplete(DomainError):
    """What is made, for whom, at what price."""

    message = _("Write what is made, for which customer, and a price above zero.")


class StageIsIncomplete(DomainError):
    """Each stage says what is done, and has its part of the price."""

    message = _("Stage %(number)s needs what is done, and a part above zero.")


class SharesAreNotWhole(DomainError):
    """The parts come to exactly the whole."""

    message = _(
        "The parts of all stages do not come to exactly the whole: to 100 per cent, or to the price. Check them."
    )


class RateIsNotRight(DomainError):
    """Rates are between nothing and all."""

    message = _("A rate is between 0 and 100 per cent, and common costs are not below zero.")


class LevyNeedsItsFund(DomainError):
    """A levy goes to somebody, and nothing goes to nobody."""

    message = _("Choose the federation or network that receives the levy, and a rate above zero; or neither of them.")


class TooManyStages(DomainError):
    """People still see through it."""

    message = _("At most %(most)s stages fit in one co-production. Split it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTerms:
    """Who does what, for which part: millionths of the whole, or minor units where each stage has its price."""

    party: Organization
    what: str
    part: int
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductTerms:
    """What is made: minor units without VAT; rates in basis points, none where no VAT is charged."""

    title: str
    customer: str
    lead: Organization
    price: int
    vat_rate: int | None
    split: Split
    costs: int = 0
    costs_vat_rate: int | None = None
    levy: int = 0
    fund: Organization | None = None
    agreed_on: dt.date
    resolution: str = ""

    def row(self) -> dict[str, object]:
        """Return the terms as their table holds them."""
        return {
            "lead_id": self.lead.pk,
            "customer": plain(self.customer, 120),
            "price": self.price,
            "vat_rate": self.vat_rate,
            "split": str(self.split),
            "costs": self.costs,
            "costs_vat_rate": self.costs_vat_rate,
            "levy": self.levy,
            "fund_id": self.fund.pk if self.fund else None,
        }

    def of_agreement(self, stages: Sequence[StageTerms]) -> dict[str, object]:
        """Return what the table of agreements holds: due when the last stage is."""
        return {
            "title": plain(self.title, 120),
            "agreed_on": self.agreed_on,
            "due_on": max((stage.due_on for stage in stages if stage.due_on), default=None),
            "resolution": self.resolution.strip()[:80],
        }

    def deal(self, stages: Sequence[StageTerms]) -> Deal:
        """Return the terms for the arithmetic, whoever leads first; they need not be written down yet."""
        weights = {self.lead.pk: 0}
        for stage in stages:
            weights[stage.party.pk] = weights.get(stage.party.pk, 0) + stage.part
        return Deal(
            lead=self.lead.pk,
            price=self.price,
            vat_rate=self.vat_rate,
            weights=weights,
            costs=self.costs,
            costs_vat_rate=self.costs_vat_rate,
            levy=self.levy,
        )


def plain(text: str, length: int) -> str:
    """Return a text without idle spaces, cut to what its column holds."""
    return " ".join(text.split())[:length]


def check(terms: ProductTerms, stages: Sequence[StageTerms]) -> None:
    """Refuse terms that do not add up, whoever they are among.

    :raises ProductIsIncomplete, StageIsIncomplete, SharesAreNotWhole, RateIsNotRight, LevyNeedsItsFund, TooManyStages:
        as named.
    """
    if not plain(terms.title, 120) or not plain(terms.customer, 120) or not 0 < terms.price <= PRICE_MAX:
        raise ProductIsIncomplete
    if len(stages) > STAGES_MAX:
        raise TooManyStages(most=STAGES_MAX)
    for number, stage in enumerate(stages, start=1):
        if not plain(stage.what, 80) or not 0 < stage.part <= PRICE_MAX:
            raise StageIsIncomplete(number=number)
    if sum(stage.part for stage in stages) != (WHOLE if terms.split == Split.SHARES else terms.price):
        raise SharesAreNotWhole
    rates = [rate or 0 for rate in (terms.vat_rate, terms.costs_vat_rate, terms.levy)]
    if not all(0 <= rate < RATE_MAX for rate in rates) or not 0 <= terms.costs <= PRICE_MAX:
        raise RateIsNotRight
    if (terms.levy > 0) != (terms.fund is not None):
        raise LevyNeedsItsFund
