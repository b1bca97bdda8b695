"""What is refused about acts of audit: balance confirmations, sign-offs, counts of cash; `refusals` knows them too."""

from django.utils.translation import gettext_lazy as _

from network.errors import DomainError


class ConfirmationStays(DomainError):
    """What was asked and what was answered stays."""

    message = _("What was asked and what was answered stays as it was written. Answer again instead.")


class AnswerDoesNotFit(DomainError):
    """One of the two sides answers, and differs only with other figures."""

    message = _(
        "Only the two sides of a balance answer; and whoever says that it is another figure writes one that is not the"
        " one asked about, and why. If it is the same, answer that it is right."
    )


class AnsweredMeanwhile(DomainError):
    """The answer that this one would replace no longer stands."""

    message = _("Somebody of yours answered meanwhile. Look at what they said, and answer again if it was not so.")


class NothingToExplain(DomainError):
    """A difference is explained while it stands, once."""

    message = _("There is no difference here that waits for an explanation.")


class SignOffStays(DomainError):
    """What was signed stays."""

    message = _("What was signed off stays as it was signed. Late facts go under a later day, and say so.")


class SignOffDoesNotFit(DomainError):
    """A period is signed once, by a síndico in office, and closed."""

    message = _(
        "A period is signed off once by each body, by its síndico with a mandate in force that day, and is closed then."
    )


class CashMovedMeanwhile(DomainError):
    """One counts against what one saw."""

    message = _("The book says another sum than when you began. Look at it again, and count what came or went.")


class CashCountStays(DomainError):
    """What was counted stays."""

    message = _("What was counted stays as it was written. Count again instead.")


#: What the database calls each rule → what the user reads.
RULES: dict[str, type[DomainError]] = {
    "confirmation_stays": ConfirmationStays,
    "balance_answer_fits": AnswerDoesNotFit,
    "differing_answer_has_figures": AnswerDoesNotFit,
    "balance_answered_meanwhile": AnsweredMeanwhile,
    "balance_answer_first": AnsweredMeanwhile,
    "ledger_balanceanswer_replaces_id_key": AnsweredMeanwhile,
    "difference_explained": NothingToExplain,
    "sign_off_stays": SignOffStays,
    "cash_count_stays": CashCountStays,
    "cash_is_as_counted": CashMovedMeanwhile,
    "cash_difference_is_entered": CashMovedMeanwhile,
    "sign_off_fits": SignOffDoesNotFit,
    "ledger_balanceexplanation_answer_id_key": NothingToExplain,
}
NO_RIGHT_ON: dict[str, type[DomainError]] = {
    "ledger_balanceconfirmation": ConfirmationStays,
    "ledger_askedbalance": ConfirmationStays,
    "ledger_balanceanswer": ConfirmationStays,
    "ledger_balanceexplanation": ConfirmationStays,
    "ledger_cashcount": CashCountStays,
    "ledger_signoff": SignOffStays,
    "ledger_sampledentry": SignOffStays,
}
