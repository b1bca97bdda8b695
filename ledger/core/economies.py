"""Where an event stands in the inventory of diverse economies, and in the management statement, by what it is.

Three columns of an inventory of diverse economies (J. K. Gibson-Graham, "A Postcapitalist Politics", 2006): how it was
exchanged, by which labour, in which enterprise. And the three classes in which a cooperative shows its results apart
(INAES Res. 247/2009 with RT 24): with members, with non-members, outside its purpose. All are codes; an event has those
of its kind until somebody of the book says otherwise, with a reason.
"""

from dataclasses import dataclass
from enum import StrEnum


class Transaction(StrEnum):
    """How it was exchanged: in markets, in alternative markets, outside markets."""

    MARKET = "market"
    BARTER = "barter"
    COOPERATIVE_EXCHANGE = "cooperative_exchange"
    ALTERNATIVE_CURRENCY = "alternative_currency"
    ALTERNATIVE_CREDIT = "alternative_credit"
    FAIR_TRADE = "fair_trade"
    INFORMAL_MARKET = "informal_market"
    GIFT = "gift"
    ALLOCATION = "allocation"
    STATE_ALLOCATION = "state_allocation"
    INDIGENOUS_EXCHANGE = "indigenous_exchange"
    NONE = "none"


class Labour(StrEnum):
    """By which labour: paid as wages, otherwise paid, unpaid."""

    WAGE = "wage"
    COOPERATIVE = "cooperative"
    SELF_EMPLOYED = "self_employed"
    RECIPROCAL = "reciprocal"
    IN_KIND = "in_kind"
    VOLUNTEER = "volunteer"
    NEIGHBOURHOOD = "neighbourhood"
    CARE = "care"
    NONE = "none"


class Enterprise(StrEnum):
    """In which enterprise: capitalist, alternative capitalist, non-capitalist."""

    CAPITALIST = "capitalist"
    STATE = "state"
    NON_PROFIT = "non_profit"
    COMMUNAL = "communal"
    INDEPENDENT = "independent"


class Management(StrEnum):
    """In which class of results it is shown."""

    WITH_MEMBERS = "with_members"
    WITH_NON_MEMBERS = "with_non_members"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event stands; codes."""

    transaction: Transaction
    labour: Labour = Labour.COOPERATIVE
    enterprise: Enterprise = Enterprise.COMMUNAL
    management: Management = Management.WITH_MEMBERS


_BARTER = Place(Transaction.BARTER)
_COOPERATIVE = Place(Transaction.COOPERATIVE_EXCHANGE)
_CREDIT = Place(Transaction.ALTERNATIVE_CREDIT, Labour.NONE)
_CURRENCY = Place(Transaction.ALTERNATIVE_CURRENCY)
_GIFT = Place(Transaction.GIFT, management=Management.OUTSIDE)
_BOOKKEEPING = Place(Transaction.NONE, Labour.NONE)

#: What the journal calls it → where it stands unless somebody says otherwise.
DEFAULTS: dict[str, Place] = {
    "barter_delivery": _BARTER,
    "barter_payment": _BARTER,
    "barter_return": _BARTER,
    "barter_shortfall": _BARTER,
    "barter_allowance": _BARTER,
    "barter_revaluation": _BARTER,
    "barter_change": _BARTER,
    "assignment": _CREDIT,
    "assignment_payment": _CREDIT,
    "loan_lent": _CREDIT,
    "loan_returned": _CREDIT,
    "loan_payment": _CREDIT,
    "loan_in_money": _CREDIT,
    "loan_revaluation": _CREDIT,
    # Goods instead of money are sold for it; what nobody gives back any more was given.
    "loan_paid_in_goods": _BARTER,
    "loan_forgiven": _GIFT,
    "machine_use": _COOPERATIVE,
    "machine_payment": _COOPERATIVE,
    "joint_purchase": Place(Transaction.MARKET),
    "joint_purchase_share": _COOPERATIVE,
    "joint_purchase_payment": _COOPERATIVE,
    "credit_payment": _CURRENCY,
    "credit_plus": _CURRENCY,
    "credit_sale": _CURRENCY,
    "credit_handover": Place(Transaction.ALTERNATIVE_CURRENCY, Labour.NONE),
    # A levy and what it pays for are allocated by an assembly; what somebody gives of their own accord is a gift.
    "fund_levy": Place(Transaction.ALLOCATION, Labour.NONE),
    "fund_payment": Place(Transaction.ALLOCATION, Labour.NONE),
    "fund_gift": _GIFT,
    "fund_spending": Place(Transaction.ALLOCATION, Labour.NONE),
    "demurrage": Place(Transaction.ALLOCATION, Labour.NONE),
    "referred_work": _COOPERATIVE,
    "referral_payment": _COOPERATIVE,
    "coproduction_cost": _COOPERATIVE,
    "coproduction_invoice": _COOPERATIVE,
    "coproduction_collection": _COOPERATIVE,
    "coproduction_settlement": _COOPERATIVE,
    "coproduction_payment": _COOPERATIVE,
    "toll_material": _COOPERATIVE,
    "toll_work": _COOPERATIVE,
    "toll_goods": _COOPERATIVE,
    "toll_payment": _COOPERATIVE,
    "toll_shortfall": _COOPERATIVE,
    "toll_revaluation": _COOPERATIVE,
    "hosted_period": _GIFT,
    "contribution": _GIFT,
    "own_entry": Place(Transaction.MARKET),
    "surplus_distribution": Place(Transaction.ALLOCATION),
    "year_closing": _BOOKKEEPING,
}
#: Who mentors is mentored, or mentors because they were.
MENTORING = Place(Transaction.GIFT, Labour.RECIPROCAL, management=Management.OUTSIDE)
#: A gift of work is no paid work.
GIVEN_WORK = Place(Transaction.GIFT, Labour.VOLUNTEER, management=Management.OUTSIDE)
#: Sponsorship that is paid back in advertising is bought.
SPONSORED = Place(Transaction.MARKET)


def default(kind: str) -> Place:
    """Return where events of a kind stand; what came from elsewhere under another name is of the market."""
    return DEFAULTS.get(kind, Place(Transaction.MARKET))
