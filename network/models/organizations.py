"""Organizations and the bodies that they belong to."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.models.periods import Period, PeriodQuerySet


class Kind(models.TextChoices):
    """What an organization is; stored as a code."""

    RECUPERATED_ENTERPRISE = (
        "recuperated_enterprise",
        _("Worker-recuperated enterprise"),
    )
    WORKER_COOPERATIVE = "worker_cooperative", _("Worker cooperative")
    FEDERATION = "federation", _("Federation")
    CONFEDERATION = "confederation", _("Confederation")
    COMMUNITY_BODY = "community_body", _("Community body")


#: Bodies of bodies: their members are organizations, and their offices are held by delegates.
TIERS = ("federation", "confederation", "sector_network")


class Sector(models.TextChoices):
    """What an organization makes; the sectors of the 2025 survey of Facultad Abierta, and what is left."""

    METAL = "metal", _("Metalworking")
    FOOD = "food", _("Food")
    TEXTILE = "textile", _("Textiles and clothing")
    GRAPHICS = "graphics", _("Graphics")
    MEAT = "meat", _("Meat packing")
    MEDIA = "media", _("Media")
    GASTRONOMY = "gastronomy", _("Gastronomy")
    EDUCATION = "education", _("Schools")
    WOOD = "wood", _("Wood and furniture")
    CHEMICALS = "chemicals", _("Chemicals and plastics")
    TRANSPORT = "transport", _("Transport")
    OTHER = "other", _("Other")


class Organization(models.Model):
    """One body of the network: it may keep a book, hold mandates, and trade."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=32, choices=Kind.choices)
    sector = models.CharField(max_length=16, choices=Sector.choices, blank=True)
    province = models.CharField(max_length=4, blank=True, help_text=_("ISO 3166-2 letter of the province."))
    city = models.CharField(max_length=80, blank=True)
    tax_id = models.CharField(max_length=11, blank=True, help_text=_("CUIT, digits only."))
    # The demo network never shares a database with real books.
    is_fictional = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        constraints = [
            models.UniqueConstraint(fields=["tax_id"], condition=~Q(tax_id=""), name="tax_id_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="organization_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Affiliation(Period):
    """`member` belongs to `body` from a day until another (exclusive)."""

    member = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="affiliations")
    body = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="affiliated")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.UniqueConstraint(fields=["member", "body", "starts_on"], name="affiliation_once"),
            models.CheckConstraint(condition=~Q(member=F("body")), name="affiliation_not_to_itself"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("starts_on")),
                name="affiliation_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} → {self.body_id} ({self.starts_on})"
