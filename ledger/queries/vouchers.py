"""Read paper vouchers: those that are out, and what can be told with one."""

import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ledger.core import machines as hours
from ledger.core import written
from ledger.models.accounts import Book
from ledger.models.agreements import BARTER, Agreement, AgreementLine, AgreementParty, AgreementState
from ledger.models.assignments import ASSIGNMENT
from ledger.models.contributions import Contribution
from ledger.models.coproductions import COPRODUCTION
from ledger.models.deliveries import Delivery
from ledger.models.funded import FundAct, FundKind
from ledger.models.funds import Fund
from ledger.models.hosting import HOSTING
from ledger.models.loans import LOAN
from ledger.models.machines import MACHINE, MachineBooking
from ledger.models.purchases import JOINT_PURCHASE, PurchasePart, PurchaseTerms
from ledger.models.referrals import REFERRAL
from ledger.models.toll_work import TOLL_WORK
from ledger.models.units import Unit
from ledger.models.vouchers import Voucher
from ledger.queries import agreements, funded, funds, loans, machines, purchases
from network.models.organizations import Organization

#: Kinds under which one pays another with nothing more to say.
_PAID = {ASSIGNMENT, BARTER, JOINT_PURCHASE, MACHINE, REFERRAL, TOLL_WORK}
#: The newest agreements that a page offers to print vouchers for; older ones offer it on their own page.
OFFERED = 50


#: Where what was entered from one can stand.
_TOLD = (Delivery, Contribution, FundAct)
_ENTERED = Q(*[Exists(kind.objects.filter(key=OuterRef("key"))) for kind in _TOLD], _connector=Q.OR)


def of(organization: Organization) -> QuerySet[Voucher]:
    """Return its vouchers, newest first, each with whether something was entered from it."""
    found = Voucher.objects.filter(organization=organization).annotate(is_entered=_ENTERED)
    return found.select_related("agreement__unit", "fund__book__organization", "organization").order_by("-pk")


def out(organization: Organization) -> QuerySet[Voucher]:
    """Return those of which nothing was entered yet, as they were printed."""
    return of(organization).filter(~_ENTERED, voided_on=None).order_by("pk")


def of_sheet(organization: Organization, sheet: uuid.UUID) -> list[Voucher]:
    """Return the vouchers of one printing, in their order."""
    return list(of(organization).filter(sheet=sheet).order_by("number"))


def told(voucher: Voucher) -> Delivery | Contribution | FundAct | None:
    """Return what was entered from it."""
    found = (kind.objects.filter(key=voucher.key).first() for kind in _TOLD)
    return next((each for each in found if each is not None), None)


def printable(organization: Organization) -> list[Agreement]:
    """Return the newest agreements that run, for which vouchers can be printed."""
    found = Agreement.objects.filter(state=AgreementState.ACCEPTED, parties__organization=organization)
    return list(found.order_by("-pk")[:OFFERED])


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a voucher can tell with one number: of what, and in which unit."""

    code: str
    label: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class Long:
    """Something that takes more than one number: its page, and what is written down for it on paper."""

    route: str
    #: Of what the page is about: the agreement, a booking or a part of it, a fund, a levy; None for a gift.
    pk: int | None
    label: str
    blanks: list[str]


def choices(agreement: Agreement | None, organization: Organization) -> list[Choice]:
    """Return what this side can tell with one number: nothing where there is no agreement."""
    if agreement is None:
        return []
    if agreement.kind == LOAN:
        return _of_loan(agreement, organization)
    found = []
    if agreement.kind == BARTER or (agreement.kind == TOLL_WORK and _is_principal(agreement, organization)):
        ours = (x for x in agreements.statuses(agreement) if x.line.giver_id == organization.pk and x.left > 0)
        found += [_handed(status.line) for status in ours]
    if agreement.kind == REFERRAL and agreement.proposer_id != organization.pk:
        label = _("Invoiced to the customer, without VAT (write the invoice too)")
        found.append(Choice("work", label, agreement.unit))
    if agreement.kind in _PAID:
        parties = AgreementParty.objects.filter(agreement=agreement).exclude(organization=organization)
        found += [
            Choice(f"pay:{party.organization_id}", _paid(party.organization), agreement.unit)
            for party in parties.select_related("organization")
        ]
    return found


def _paid(to: Organization) -> str:
    return _("Paid to %(other)s") % {"other": to.name}


def _handed(line: AgreementLine) -> Choice:
    return Choice(f"line:{line.pk}", _("Handed over: %(thing)s") % {"thing": line.thing}, line.measure.unit)


def _is_principal(agreement: Agreement, organization: Organization) -> bool:
    return agreement.toll.principal_id == organization.pk


def _of_loan(agreement: Agreement, organization: Organization) -> list[Choice]:
    terms = agreement.loan
    thing, money = loans.lent_line(terms), agreement.unit
    if terms.lender_id == organization.pk:
        label = _("Lent: %(thing)s") % {"thing": thing.thing if thing else _("money")}
        return [Choice("lend", label, thing.measure.unit if thing else money)]
    found = [Choice("back:money", _("Given back in money"), money)] if thing is None else []
    if back := thing or loans.back_line(terms):
        label = _("Given back: %(thing)s") % {"thing": back.thing}
        found.append(Choice("back:things", label, back.measure.unit))
    return found


def longer(agreement: Agreement, organization: Organization) -> list[Long]:
    """Return what this side can tell on a page of its own."""

    def long(route: str, label: str, *blanks: str) -> Long:
        return Long(route, agreement.pk, label, list(blanks))

    if agreement.kind == TOLL_WORK and _is_principal(agreement, organization):
        return [long("toll-hand-over", _("Material handed over"), _material(agreement))]
    if agreement.kind == TOLL_WORK:
        blanks = [_("made"), _("material that is in them"), _("waste"), _("leftovers that go back")]
        return [long("toll-work", _("What was made"), *blanks)]
    if agreement.kind == HOSTING and agreement.proposer_id == organization.pk:
        blanks = [
            _("from – to"),
            _("how many times"),
            _("hours each time"),
            _("rooms"),
            _("people each time, counted or estimated"),
        ]
        return [long("hosted-new", _("What took place"), *blanks)]
    if agreement.kind == COPRODUCTION:
        return [
            long("coproduction-tell", _("How far our stage is"), _("stage"), _("per cent done")),
            long("coproduction-buy", _("Common cost"), _("what was bought"), _("amount without VAT")),
        ]
    if agreement.kind == MACHINE:
        return [_used(each) for each in machines.to_tell(agreement.machine, organization)]
    if agreement.kind == JOINT_PURCHASE and agreement.purchase.buyer_id == organization.pk:
        return [_part(each, agreement.purchase) for each in purchases.to_hand_over(agreement)]
    return []


def longer_of(voucher: Voucher) -> list[Long]:
    """Return what a voucher can tell on a page of its own."""
    if voucher.agreement is not None:
        return longer(voucher.agreement, voucher.organization)
    return with_fund(voucher.fund, voucher.organization) if voucher.fund is not None else given()


def given() -> list[Long]:
    """Return what one gives, each on a page of its own."""
    whom = _("to which organization")
    taught = _("hours; taught; learned")
    return [
        Long("work-new", None, _("Hours of work given"), [whom, _("what was done"), _("hours, and how many people")]),
        Long("mentoring-new", None, _("Mentoring"), [whom, _("what was taught"), taught]),
        Long("gift-new", None, _("Money or goods given"), [whom, _("what, and what it is worth")]),
    ]


def with_fund(fund: Fund, organization: Organization) -> list[Long]:
    """Return what one does with a fund, each on a page of its own: pay what is owed to it, contribute, give, help."""
    label, amount = FundKind(FundKind.PAYMENT).label, _("amount")
    found = [
        Long("fund-pay", levy.pk, f"{label}: {levy.what or levy.code}", [amount])
        for levy, _left in funded.to_pay(fund, organization)
    ]
    is_own = fund.book.organization_id == organization.pk
    whom = [_("which organization")] if is_own else []
    if Book.objects.filter(organization=organization).exists():
        found.append(Long("fund-levy", fund.pk, str(FundKind.LEVY.label), [*whom, _("what for"), amount]))
    found.append(Long("fund-gift", fund.pk, str(FundKind.GIFT.label), [*whom, _("what for"), amount]))
    if is_own and funds.to_spend(fund).exists():
        found.append(Long("fund-spend", fund.pk, str(FundKind.SPENDING.label), [*whom, _("what for"), amount]))
    return found


def _used(booking: MachineBooking) -> Long:
    day = date_format(hours.moment(booking.starts), "SHORT_DATETIME_FORMAT")
    label = _("Machine used by %(who)s, booked from %(day)s") % {"who": booking.organization.name, "day": day}
    return Long("machine-tell", booking.pk, label, [_("hours"), _("minutes")])


def _part(part: PurchasePart, terms: PurchaseTerms) -> Long:
    unit = terms.measure.unit
    number = written.number(part.quantity, scale=unit.scale, language=get_language() or "", is_short=True)
    quantity = written.with_unit(number, symbol=unit.symbol, is_money=False)
    told = {"who": part.request.organization.name, "what": f"{quantity} {terms.thing}"}
    return Long("purchase-hand-over", part.pk, _("Handed over to %(who)s: %(what)s") % told, [_("received")])


def _material(agreement: Agreement) -> str:
    toll = agreement.toll
    return f"{toll.material_name}, {toll.material.unit.name}"
