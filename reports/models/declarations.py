"""What a cooperative declares itself in its social report: what neither the register nor the books can answer."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.models.organizations import Organization


class Block(models.TextChoices):
    """The blocks of the yearly socio-economic report (INAES, Res. 189/2021), in the order of the form."""

    IDENTIFICATION = "identification", _("Who it is")
    SIZE = "size", _("Where it is, and how large")
    OPENNESS = "openness", _("Whether its membership is open")
    NON_DISCRIMINATION = "non-discrimination", _("Whether nobody is discriminated against")
    PARTICIPATION = "participation", _("How members take part")
    ROTATION = "rotation", _("Whether offices are open and go round")
    LABOUR = "labour", _("What it contributes in labour")
    FISCAL = "fiscal", _("What it contributes in taxes")
    COMMUNITY = "community", _("What it contributes to the community")


class Item(models.TextChoices):
    """What is asked, and only the cooperative knows."""

    SIGNING_OFFICES = "signing-offices", _("which offices sign the declaration (not who)")
    PREMISES = "premises", _("branches and other premises")
    ASSETS = "assets", _("assets and equity, from the balance that the assembly approved")
    REFUSED = "refused", _("applications that were refused, and why")
    WITHOUT_ACCESS = "without-access", _("members who have no access to this program")
    GENDER_AND_AGE = "gender-and-age", _("members by gender and age, and how many of them hold an office")
    DISABILITY = "disability", _("members with a disability")
    AGAINST_VIOLENCE = "against-violence", _("the rules against discrimination and violence, and what was done")
    ATTENDANCE = "attendance", _("attendance by gender")
    SYNDIC = "syndic", _("meetings of the syndic’s office")
    ASSEMBLIES = "assemblies", _("assemblies held")
    PAID_OFFICES = "paid-offices", _("what members are paid for their offices")
    DRAWS = "draws", _("the highest and the lowest draw")
    SOCIAL_SECURITY = "social-security", _("social security, insurance and health cover")
    TRAINING = "training", _("hours of training")
    TAXES = "taxes", _("taxes paid to the nation, the province and the municipality")
    NOT_WRITTEN_DOWN = "not-written-down", _("what was given and not written down here")


#: What is asked in each block.
ASKED: dict[Block, tuple[Item, ...]] = {
    Block.IDENTIFICATION: (Item.SIGNING_OFFICES,),
    Block.SIZE: (Item.PREMISES, Item.ASSETS),
    Block.OPENNESS: (Item.REFUSED, Item.WITHOUT_ACCESS),
    Block.NON_DISCRIMINATION: (Item.GENDER_AND_AGE, Item.DISABILITY, Item.AGAINST_VIOLENCE),
    Block.PARTICIPATION: (Item.ASSEMBLIES, Item.ATTENDANCE, Item.SYNDIC),
    Block.ROTATION: (Item.PAID_OFFICES,),
    Block.LABOUR: (Item.DRAWS, Item.SOCIAL_SECURITY, Item.TRAINING),
    Block.FISCAL: (Item.TAXES,),
    Block.COMMUNITY: (Item.NOT_WRITTEN_DOWN,),
}
ANSWER_MAX = 1000


class Declaration(models.Model):
    """An answer to one item for one period. The newest counts; an empty one takes back what was declared before it."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="declarations")
    starts_on = models.DateField()
    # Inclusive.
    ends_on = models.DateField()
    what = models.CharField(max_length=24, choices=Item.choices)
    answer = models.TextField(max_length=ANSWER_MAX, blank=True)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        indexes = [models.Index(fields=["organization", "starts_on", "ends_on", "what"], name="declared_of_a_period")]
        constraints = [
            models.CheckConstraint(condition=Q(what__in=Item.values), name="declared_of_what_is_asked"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="declared_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.starts_on}/{self.ends_on}: {self.what}"
