"""What is refused about clearing rounds, in sentences; `refusals` knows them with all others."""

from django.utils.translation import gettext_lazy as _

from network.errors import DomainError


class ClaimIsInARound(DomainError):
    """What was counted in a round is not paid meanwhile."""

    message = _(
        "This debt takes part in a clearing round that waits for answers. Stay out of the round on its page, or pay"
        " once it is in the books or called off."
    )


class RoundStays(DomainError):
    """What a round counted and what came out of it stays."""

    message = _("A clearing round is not changed. Call it off, or reverse it as a whole, and call another one.")


class ClearedAsSolved(DomainError):
    """What goes into the books is what was worked out."""

    message = _("What goes into the books is not what the round worked out. Nothing was written.")


class NotItsCredit(DomainError):
    """The body's book keeps the positions, in the money of the round."""

    message = _("Choose a credit that this body issues, in the same money as the round.")


#: What the database calls each rule → what the user reads.
RULES: dict[str, type[DomainError]] = {
    "claim_in_round": ClaimIsInARound,
    "round_stays": RoundStays,
    "cleared_as_solved": ClearedAsSolved,
    "round_of_its_credit": NotItsCredit,
}
NO_RIGHT_ON: dict[str, type[DomainError]] = {
    "ledger_clearinground": RoundStays,
    "ledger_roundparty": RoundStays,
    "ledger_roundclaim": RoundStays,
}
