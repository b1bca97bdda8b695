"""Toll work (a façon): one works the material of another, which stays the other's, for a fee."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.core.toll_work import WASTE_MAX
from ledger.models.agreements import Agreement
from ledger.models.deliveries import Delivery
from ledger.models.units import Measure
from network.models.organizations import Organization

#: What an agreement is called by which one works the material of another.
TOLL_WORK = "toll_work"


class StockAccount(models.TextChoices):
    """Where material stands in the book of its owner; numbers of the chart."""

    INPUTS = "1301", _("Raw materials and inputs")
    FINISHED = "1303", _("Products of ours")


class TollTerms(models.Model):
    """What an agreement of kind `toll_work` says besides its lines.

    Its lines are the work, with its fee for all of it, and what of the fee is paid in goods.
    """

    agreement = models.OneToOneField(Agreement, primary_key=True, on_delete=models.CASCADE, related_name="toll")
    # Whose material it is (comitente), and who works it (façonier).
    principal = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    worker = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    material = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+", db_index=False)
    # As it was written.
    material_name = models.CharField(max_length=80)
    # Minor units of the material: how much is handed over at most.
    quantity = models.BigIntegerField()
    # Basis points of what is handed over.
    allowed_waste = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("terms of toll work")
        verbose_name_plural = _("terms of toll work")
        constraints = [
            models.CheckConstraint(condition=~Q(principal=F("worker")), name="toll_between_two"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="toll_of_some_material"),
            models.CheckConstraint(condition=Q(allowed_waste__lte=WASTE_MAX), name="toll_waste_is_a_part"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.material_name}"


class MaterialMove(models.Model):
    """Material handed over to be worked, or what became of it: in products, waste, given back. Minor units of it."""

    delivery = models.OneToOneField(Delivery, primary_key=True, on_delete=models.CASCADE, related_name="material")
    handed = models.BigIntegerField(default=0)
    worked = models.BigIntegerField(default=0)
    waste = models.BigIntegerField(default=0)
    returned = models.BigIntegerField(default=0)
    # Number of the act of waste (acta de merma).
    waste_act = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("move of material")
        verbose_name_plural = _("moves of material")
        constraints = [
            models.CheckConstraint(
                condition=Q(handed__gt=0, worked=0, waste=0, returned=0)
                | (
                    Q(handed=0, worked__gte=0, waste__gte=0, returned__gte=0)
                    & (Q(worked__gt=0) | Q(waste__gt=0) | Q(returned__gt=0))
                ),
                name="material_moves_one_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.handed or -self.taken}"

    @property
    def taken(self) -> int:
        """How much left the hands of whoever works it."""
        return self.worked + self.waste + self.returned


class MaterialCost(models.Model):
    """What material that moved had cost its owner, in minor units of its money; read by the owner alone."""

    move = models.OneToOneField(MaterialMove, primary_key=True, on_delete=models.CASCADE, related_name="cost")
    # From where it was taken, or to where it came back.
    account = models.CharField(max_length=8, choices=StockAccount.choices)
    # Handed over, or gone into products and waste.
    amount = models.BigIntegerField()
    returned = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("cost of material")
        verbose_name_plural = _("costs of material")
        constraints = [
            models.CheckConstraint(condition=Q(account__in=StockAccount.values), name="material_account_known"),
            models.CheckConstraint(condition=Q(amount__gte=0, returned__gte=0), name="material_cost_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.move_id}: {self.amount + self.returned}"

    @property
    def all(self) -> int:
        """Handed over, or gone and come back."""
        return self.amount + self.returned
