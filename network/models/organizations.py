"""Organizations and the bodies that they belong to."""

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import Exact, Range
from django.utils.translation import gettext_lazy as _

from network.core.countries import PROVINCES, province_name, tax_id_written
from network.models.periods import Period, PeriodQuerySet


class Kind(models.TextChoices):
    """What an organization is; stored as a code."""

    RECUPERATED_ENTERPRISE = "recuperated_enterprise", _("Worker-recuperated enterprise")
    WORKER_COOPERATIVE = "worker_cooperative", _("Worker cooperative")
    FEDERATION = "federation", _("Federation")
    CONFEDERATION = "confederation", _("Confederation")
    SECTOR_NETWORK = "sector_network", _("Sector network")
    NEIGHBORHOOD_COUNCIL = "neighborhood_council", _("Neighborhood council")
    COMMUNITY_BODY = "community_body", _("Community body")
    UNION = "union", _("Union")
    UNIVERSITY = "university", _("University")
    MUNICIPALITY = "municipality", _("Municipality")
    OUTSIDE_PARTY = "outside_party", _("Outside customer or supplier")


#: Bodies of bodies: their members are organizations, and their offices are held by delegates.
TIERS = ("federation", "confederation", "sector_network")


#: Who stands for the community: none of them needs to keep a book, or to trade.
COMMUNITY = ("community_body", "neighborhood_council", "union", "university", "municipality")


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
    GLASS = "glass", _("Glass and ceramics")
    LEATHER = "leather", _("Leather and footwear")
    RUBBER = "rubber", _("Rubber")
    CONSTRUCTION = "construction", _("Construction")
    HEALTH = "health", _("Health")
    HOTELS = "hotels", _("Hotels and tourism")
    AGRICULTURE = "agriculture", _("Agriculture")
    RECYCLING = "recycling", _("Recycling")
    COMMERCE = "commerce", _("Commerce")
    OTHER = "other", _("Other")


class LegalForm(models.TextChoices):
    """What an organization is before the law; a recuperated enterprise need not be a cooperative."""

    WORK_COOPERATIVE = "work_cooperative", _("Worker cooperative (Ley 20.337)")
    OTHER_COOPERATIVE = "other_cooperative", _("Other cooperative")
    MUTUAL = "mutual", _("Mutual association")
    CIVIL_ASSOCIATION = "civil_association", _("Civil association")
    FOUNDATION = "foundation", _("Foundation")
    CORPORATION = "corporation", _("Corporation (S. A.)")
    LIMITED_COMPANY = "limited_company", _("Limited company (S. R. L.)")
    TRADE_UNION = "trade_union", _("Trade union with legal standing")
    PUBLIC_BODY = "public_body", _("Public body")
    NONE = "none", _("None yet, or being formed")


class Country(models.TextChoices):
    """Where the network works, by ISO 3166-1."""

    ARGENTINA = "AR", _("Argentina")
    BOLIVIA = "BO", _("Bolivia")


def digits_only(field: str, *, least: int, most: int) -> Q:
    """Say that a text is empty, or digits only and so long; without regular expressions, which SQLite has not."""
    left = Func(F(field), Value("0123456789"), function="LTRIM", output_field=models.CharField())
    return Q(Exact(left, Value(""))) & (Q(**{field: ""}) | Q(Range(Length(field), (least, most))))


def web_link(field: str) -> Q:
    """Say that a text is empty or an address on the web: `javascript:` never becomes a link."""
    return Q(**{field: ""}) | Q(**{f"{field}__startswith": "https://"}) | Q(**{f"{field}__startswith": "http://"})


class Organization(models.Model):
    """One body of the network: it may keep a book, hold mandates, and trade.

    What came after the first archives has a default in the database, too: they are imported without it.
    """

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=32, choices=Kind.choices)
    sector = models.CharField(max_length=16, choices=Sector.choices, blank=True)
    legal_form = models.CharField(max_length=20, choices=LegalForm.choices, blank=True, default="", db_default="")
    country = models.CharField(
        max_length=2, choices=Country.choices, default=Country.ARGENTINA, db_default=Country.ARGENTINA
    )
    province = models.CharField(max_length=4, blank=True, help_text=_("ISO 3166-2 letter of the province."))
    city = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=120, blank=True, default="", db_default="")
    tax_id = models.CharField(max_length=12, blank=True, help_text=_("CUIT or NIT, digits only."))
    # Shown inside the network, where one pays another; in no file and on no public page.
    bank_key = models.CharField(max_length=22, blank=True, default="", db_default="", help_text=_("CBU, digits only."))
    email = models.EmailField(blank=True, default="", db_default="")
    phone = models.CharField(max_length=40, blank=True, default="", db_default="")
    website = models.URLField(blank=True, default="", db_default="")
    # Whether anybody may read its profile: it said so itself.
    is_public = models.BooleanField(default=False, db_default=False)
    # The demo network never shares a database with real books.
    is_fictional = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "tax_id"], condition=~Q(tax_id=""), name="tax_id_once_per_country"
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="organization_kind_known"),
            models.CheckConstraint(condition=Q(sector__in=["", *Sector.values]), name="organization_sector_known"),
            models.CheckConstraint(
                condition=Q(legal_form__in=["", *LegalForm.values]), name="organization_legal_form_known"
            ),
            models.CheckConstraint(
                condition=Q(country="AR", province__in=["", *PROVINCES["AR"]])
                | Q(country="BO", province__in=["", *PROVINCES["BO"]]),
                name="organization_province_of_country",
            ),
            models.CheckConstraint(
                condition=(Q(country="AR") & digits_only("tax_id", least=11, most=11))
                | (Q(country="BO") & digits_only("tax_id", least=7, most=12)),
                name="organization_tax_id_is_digits",
            ),
            models.CheckConstraint(
                condition=digits_only("bank_key", least=22, most=22), name="organization_bank_key_is_digits"
            ),
            models.CheckConstraint(condition=web_link("website"), name="organization_website_is_link"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_of_members(self) -> bool:
        """Whether its members are organizations: a federation, a confederation, a network."""
        return self.kind in TIERS

    @property
    def stands_for_the_community(self) -> bool:
        """Whether cooperatives give it rooms, work, money or goods without asking anything in return."""
        return self.kind in COMMUNITY

    @property
    def tax_id_written(self) -> str:
        """Its tax id as papers have it."""
        return tax_id_written(self.tax_id, country=self.country)

    @property
    def province_name(self) -> str:
        """What its province or department is called."""
        return province_name(self.province, country=self.country)


class Affiliation(Period):
    """`member` belongs to `body` from a day until another (exclusive)."""

    member = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="affiliations")
    body = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="affiliated")
    # The body's decision and the member's answer; empty for what began before Trama asked for both.
    invitation = models.OneToOneField("Invitation", null=True, blank=True, on_delete=models.PROTECT)
    # By which the body took it in; empty for what began before Trama kept them.
    resolution = models.ForeignKey("Resolution", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Of the body, or of the member: whichever decided that it ends.
    end_resolution = models.ForeignKey("Resolution", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Who wrote down that it ended; who wrote down that it began stands in the invitation.
    ended_by = models.ForeignKey("User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.UniqueConstraint(fields=["member", "body"], condition=Q(until=None), name="affiliation_once"),
            models.CheckConstraint(condition=~Q(member=F("body")), name="affiliation_not_to_itself"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("starts_on")),
                name="affiliation_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} → {self.body_id} ({self.starts_on})"
