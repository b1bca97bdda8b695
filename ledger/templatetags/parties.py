"""Names of those who agree, and where one reads what they agree on, in templates."""

from django import template
from django.urls import reverse

from ledger.models.agreements import BARTER, Agreement
from ledger.models.assignments import ASSIGNMENT
from ledger.models.coproductions import COPRODUCTION
from ledger.models.hosting import HOSTING
from ledger.models.loans import LOAN
from ledger.models.machines import MACHINE
from ledger.models.purchases import JOINT_PURCHASE
from ledger.models.referrals import REFERRAL
from ledger.models.toll_work import TOLL_WORK
from network.models.organizations import Organization

register = template.Library()

#: Kind of agreement → its page.
PAGES = {
    ASSIGNMENT: "ledger:handover",
    BARTER: "ledger:barter-detail",
    COPRODUCTION: "ledger:coproduction",
    HOSTING: "ledger:hosting",
    JOINT_PURCHASE: "ledger:purchase",
    LOAN: "ledger:loan",
    MACHINE: "ledger:machine",
    REFERRAL: "ledger:referral",
    TOLL_WORK: "ledger:toll",
}


@register.filter
def others(agreement: Agreement, organization: Organization) -> str:
    """Return the names of the other parties, as a list in words."""
    return ", ".join(each.name for each in agreement.others(organization))


@register.filter
def page(agreement: Agreement, organization: Organization) -> str:
    """Return the address of an agreement's page, as one of its parties opens it."""
    return reverse(PAGES[agreement.kind], args=[organization.code, agreement.pk])
