"""What the database refuses about solidarity funds, in sentences; `refusals` knows them with all others."""

from django.utils.translation import gettext_lazy as _

from network.errors import DomainError


class FundHoldsNoMore(DomainError):
    """No more is spent, nor taken back, than was collected and is still there."""

    message = _(
        "The fund does not hold that much: only what was collected can be spent, and what was spent already is not"
        " undone by taking back what paid for it. Look at what the fund holds."
    )


class FundActStays(DomainError):
    """What was told of a fund stays as it was told."""

    message = _("What was told of the fund is not changed. Undo it, and write it anew.")


class FundedAsTold(DomainError):
    """The fund's book says what was told."""

    message = _("What goes into the books is not what was told of the fund. Nothing was written.")


class SpentAsDecided(DomainError):
    """A fund is spent by resolution."""

    message = _(
        "A fund is spent as its own assembly decided, and no more than the resolution names. Note first what was"
        " resolved, or write at most what is left of it."
    )


class FundIsKept(DomainError):
    """The sub-accounts of a fund move with its acts."""

    message = _("What each one contributed cannot be set by hand. It follows from what was told and confirmed.")


class FundKeptApart(DomainError):
    """The account of a fund moves by acts of the fund."""

    message = _(
        "Account 2301 is that of your solidarity fund: what goes in and out of it is told on the page of the fund, so"
        " that everybody sees who gave what, and by which resolution it was spent."
    )


#: Where the program's role has no right: table → what the user reads.
NO_RIGHT_ON: dict[str, type[DomainError]] = {
    "ledger_fund": FundIsKept,
    "ledger_fundact": FundActStays,
    "ledger_fundline": FundIsKept,
    "ledger_fundshare": FundIsKept,
}

#: What the database calls each rule → what the user reads.
RULES: dict[str, type[DomainError]] = {
    "fund_not_overdrawn": FundHoldsNoMore,
    "fund_share_not_below_zero": FundHoldsNoMore,
    "fund_act_stays": FundActStays,
    "funded_as_told": FundedAsTold,
    "spent_as_decided": SpentAsDecided,
    "fund_is_kept": FundIsKept,
    "fund_kept_apart": FundKeptApart,
}
