"""What the database refuses about findings, in sentences; `refusals` knows them with all others."""

from django.utils.translation import gettext_lazy as _

from network.errors import DomainError


class FindingStays(DomainError):
    """What happened to a finding is not changed, and one that closed stays closed."""

    message = _("What happened to a finding stays as it was written. If it does not hold again, it is found anew.")


class FindingAcceptedWithReason(DomainError):
    """A finding is accepted by somebody, with a reason, as it stands."""

    message = _("A finding is accepted by an officer, with a reason, for the figures that it shows. Open it again.")


#: Where the program's role has no right: table → what the user reads.
NO_RIGHT_ON: dict[str, type[DomainError]] = {"ledger_finding": FindingStays, "ledger_findingstep": FindingStays}

#: What the database calls each rule → what the user reads.
RULES: dict[str, type[DomainError]] = {
    "finding_stays": FindingStays,
    "finding_accepted_with_reason": FindingAcceptedWithReason,
    "finding_step_has_reason": FindingAcceptedWithReason,
    "finding_step_by_somebody": FindingAcceptedWithReason,
}
