"""What is refused about sign-offs, in sentences; `refusals` knows them with all others."""

from django.utils.translation import gettext_lazy as _

from network.errors import DomainError


class SignOffStays(DomainError):
    """What was signed stays."""

    message = _("What was signed off stays as it was signed. Late facts go under a later day, and say so.")


class SignOffDoesNotFit(DomainError):
    """A period is signed once, by a síndico in office, and closed."""

    message = _(
        "A period is signed off once by each body, by its síndico with a mandate in force that day, and is closed then."
    )


#: What the database calls each rule → what the user reads.
RULES: dict[str, type[DomainError]] = {
    "sign_off_stays": SignOffStays,
    "sign_off_fits": SignOffDoesNotFit,
}
NO_RIGHT_ON: dict[str, type[DomainError]] = {"ledger_signoff": SignOffStays, "ledger_sampledentry": SignOffStays}
