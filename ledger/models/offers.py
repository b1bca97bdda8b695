"""Offers and needs: what organizations list for each other, and the words by which it is found."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.core import offers
from ledger.models.units import Measure, Unit
from network.core.countries import PROVINCES, province_name
from network.core.distances import Place
from network.models.organizations import Country, Organization


class ListingKind(models.TextChoices):
    """Which side of an exchange it would be."""

    OFFER = "offer", _("Offer")
    NEED = "need", _("Need")

    @property
    def other(self) -> "ListingKind":
        """What meets it."""
        return ListingKind.NEED if self == ListingKind.OFFER else ListingKind.OFFER


class Rhythm(models.TextChoices):
    """How often the quantity is there, or needed."""

    ONCE = "once", _("once")
    MONTHLY = "monthly", _("every month")


class Ending(models.TextChoices):
    """Why a listing was closed."""

    MET = "met", _("Met")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REPLACED = "replaced", _("Written anew")


class ListingQuerySet(models.QuerySet["Listing"]):
    """Listings as of a day."""

    def open(self, on: dt.date) -> "ListingQuerySet":
        """Those that others see on that day: not closed, not expired."""
        return self.filter(closed_on=None, expires_on__gte=on)

    def expiring(self, on: dt.date) -> "ListingQuerySet":
        """Those that others still see, and soon no longer."""
        return self.open(on).filter(expires_on__lte=on + dt.timedelta(days=offers.WARNING_DAYS))


class Listing(models.Model):
    """One thing that an organization offers or needs. What it says stays: it is renewed, closed, or written anew."""

    # Made by the form: sending it twice lists once.
    key = models.UUIDField(unique=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="listings")
    kind = models.CharField(max_length=5, choices=ListingKind.choices)
    thing = models.CharField(max_length=80)
    # The same thing in the same unit is one measure, here as in agreements: what rings are found by.
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    # Minor units of the measure's unit.
    quantity = models.BigIntegerField()
    rhythm = models.CharField(max_length=7, choices=Rhythm.choices, default=Rhythm.ONCE)
    # Minor units of money for one whole unit, without VAT; none: to be agreed.
    price = models.BigIntegerField(null=True, blank=True)
    money = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    country = models.CharField(max_length=2, choices=Country.choices)
    province = models.CharField(max_length=4, blank=True)
    city = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=300, blank=True)
    listed_on = models.DateField()
    listed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    renewed_on = models.DateField()
    # The last day on which others see it.
    expires_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ending = models.CharField(max_length=9, choices=Ending.choices, blank=True)
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer or need")
        verbose_name_plural = _("offers and needs")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ListingKind.values), name="listing_kind_known"),
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="listing_rhythm_known"),
            models.CheckConstraint(condition=~Q(thing=""), name="listing_names_a_thing"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="listed_quantity_above_zero"),
            models.CheckConstraint(
                condition=Q(price=None, money=None) | Q(price__isnull=False, price__gt=0, money__isnull=False),
                name="listed_price_above_zero",
            ),
            models.CheckConstraint(
                condition=Q(country="AR", province__in=["", *PROVINCES["AR"]])
                | Q(country="BO", province__in=["", *PROVINCES["BO"]]),
                name="listing_province_of_country",
            ),
            models.CheckConstraint(
                condition=Q(renewed_on__gte=F("listed_on"), expires_on__gte=F("renewed_on")),
                name="listing_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_by=None, ending="")
                | Q(
                    closed_on__isnull=False,
                    closed_on__gte=F("listed_on"),
                    closed_by__isnull=False,
                    ending__in=Ending.values,
                ),
                name="listing_closed_with_its_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["expires_on"], condition=Q(closed_on=None), name="listing_open"),
            models.Index(fields=["organization", "closed_on", "expires_on"], name="listing_of_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.thing}"

    @property
    def place(self) -> Place:
        """Its country and the letter of its province."""
        return self.country, self.province

    @property
    def province_name(self) -> str:
        """What its province or department is called."""
        return province_name(self.province, country=self.country)

    @property
    def value(self) -> int | None:
        """What the whole quantity is worth at its price, in minor units of its money; None if it is to be agreed."""
        if self.price is None:
            return None
        return offers.worth(self.quantity, scale=self.measure.unit.scale, price=self.price)

    def is_open(self, on: dt.date) -> bool:
        """Say whether others see it on that day."""
        return self.closed_on is None and self.expires_on >= on


class ListedWord(models.Model):
    """A word of a listing as it is compared (`core/offers.py`), by which it is found; gone once it is closed."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=offers.WORD_MAX)

    class Meta:
        verbose_name = _("word of an offer or need")
        verbose_name_plural = _("words of offers and needs")
        constraints = [models.UniqueConstraint(fields=["word", "listing"], name="listed_word_once")]

    def __str__(self) -> str:
        return self.word
