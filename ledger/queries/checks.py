"""The checks as one table: how bad what each finds is, what it is about, and what to do about it."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ledger.models.findings import Check


class Severity(TextChoices):
    """How bad it is, the worst first."""

    ERROR = "error", _("Error")
    WARNING = "warning", _("Warning")
    NOTE = "note", _("Note")


class About(TextChoices):
    """What a finding is about."""

    EVENT = "event", _("an entry")
    AGREEMENT = "agreement", _("an agreement")
    PAIR = "pair", _("what two owe each other")
    BOOK = "book", _("a book")
    NETWORK = "network", _("the whole network")


@dataclass(frozen=True, slots=True)
class Rule:
    """One check: how bad it is where it does not hold, what it is about, and a sentence that says what to do."""

    severity: Severity
    about: About
    to_do: Promise


_FROM_OUTSIDE = _(
    "The program cannot write this: somebody changed the database from outside. Do not correct it with an entry."
    " Tell whoever runs the installation, who finds what was changed with “verify --full”."
)
_WITH_THE_OTHERS = _(
    "Look at the agreement together with the others of it. What was told wrong is reversed, all agreeing, and told"
    " again; if it is right as it is, accept it and write why."
)

RULES: dict[Check, Rule] = {
    Check.BALANCE: Rule(Severity.ERROR, About.BOOK, _FROM_OUTSIDE),
    Check.CLAIM: Rule(Severity.ERROR, About.PAIR, _FROM_OUTSIDE),
    Check.ENTRY: Rule(Severity.ERROR, About.EVENT, _FROM_OUTSIDE),
    Check.MIRROR: Rule(
        Severity.ERROR,
        About.PAIR,
        _(
            "Both books get an entry at once, so neither side can cause this: somebody changed the database from"
            " outside. Ask the other for its statement, compare both, and tell whoever runs the installation."
        ),
    ),
    Check.NUMBERING: Rule(
        Severity.ERROR,
        About.BOOK,
        _(
            "An entry was taken away or added from outside. Compare the journal with the last one that was printed,"
            " and tell whoever runs the installation."
        ),
    ),
    Check.DELIVERED: Rule(Severity.WARNING, About.AGREEMENT, _WITH_THE_OTHERS),
    Check.SETTLED: Rule(
        Severity.ERROR,
        About.AGREEMENT,
        _("The agreement counts as settled and a debt stands open. Tell whoever runs the installation."),
    ),
    Check.VAT: Rule(
        Severity.ERROR,
        About.EVENT,
        _("Compare the invoice with the entry. Reverse the delivery, both agreeing, and tell it again as invoiced."),
    ),
    Check.SHARES: Rule(Severity.ERROR, About.AGREEMENT, _WITH_THE_OTHERS),
    Check.COSTS: Rule(Severity.ERROR, About.EVENT, _WITH_THE_OTHERS),
    Check.CUSTODY: Rule(Severity.WARNING, About.AGREEMENT, _WITH_THE_OTHERS),
    Check.CREDIT: Rule(Severity.ERROR, About.NETWORK, _FROM_OUTSIDE),
    Check.PURCHASE: Rule(Severity.ERROR, About.EVENT, _WITH_THE_OTHERS),
    Check.ENTERED: Rule(Severity.ERROR, About.EVENT, _FROM_OUTSIDE),
    Check.CLOSED: Rule(Severity.ERROR, About.EVENT, _FROM_OUTSIDE),
    Check.PAPERS: Rule(
        Severity.WARNING,
        About.EVENT,
        _(
            "Look for the other delivery with that invoice. If it is the same one, reverse one of them, both agreeing;"
            " if one invoice is of both, or a number was typed wrong, accept it and write so."
        ),
    ),
    Check.PERSONAL: Rule(
        Severity.WARNING,
        About.EVENT,
        _(
            "What is in the books stays and many read it: no documents, telephones, e-mail addresses or names of"
            " people. Reverse the entry and enter it again without them; if it is of no person, accept it and write so."
        ),
    ),
    Check.NETWORK: Rule(Severity.ERROR, About.NETWORK, _FROM_OUTSIDE),
    Check.CONFIRMATION: Rule(
        Severity.WARNING,
        About.PAIR,
        _(
            "Look together at what made up the balance: a delivery or a payment may not be written down yet. Enter what"
            " is missing; then whoever differed answers again, or the body that asked notes how it was explained."
        ),
    ),
    Check.CLEARING: Rule(Severity.ERROR, About.EVENT, _FROM_OUTSIDE),
    Check.FLOW: Rule(Severity.ERROR, About.EVENT, _FROM_OUTSIDE),
    Check.FUND: Rule(
        Severity.ERROR,
        About.BOOK,
        _(
            "Compare what each gave and what was spent with the resolutions, on the page of the fund, and tell"
            " whoever runs the installation."
        ),
    ),
}


def severity_order(check: str) -> int:
    """Return where a check stands when the worst come first."""
    return list(Severity).index(RULES[Check(check)].severity)
