"""What the register's rules refuse, in words; and the same words for what the database refuses."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from network import rules
from network.actions import refusals_councils as councils
from network.errors import DomainError


class WhatWasDecidedStays(DomainError):
    """Resolutions, votes and what was minuted are never changed: another assembly decides anew."""

    message = _("What an assembly decided is never changed. Another assembly may decide something else.")


class ResolutionsAreNumbered(DomainError):
    """The book of resolutions has no gap."""

    message = _("Resolutions are numbered one after the other, without a gap.")


class ResolutionIsOfACarriedMotion(DomainError):
    """Only what the assembly carried is resolved."""

    message = _("Only a motion that this assembly carried becomes a resolution.")


class MoreVotesThanPresent(DomainError):
    """Those who vote are there, while the assembly meets."""

    message = _("A motion is voted while the assembly meets, with no more votes than people present.")


class AssemblyIsNotThatFar(DomainError):
    """An assembly is called, meets, and is closed, in that order."""

    message = _("An assembly is called first, then it meets, then it is closed. What was counted stays.")


class MeetsWithoutQuorum(DomainError):
    """An assembly meets with the quorum of its body, or later with whoever is there, where the statute says so."""

    message = _("Too few are there to decide anything, or the statute knows no second call.")


class AnotherBodyDecided(DomainError):
    """A mandate rests on a resolution of the body itself."""

    message = _("That resolution is not of this organization: name one of its own assembly.")


class TheAssemblyDecides(DomainError):
    """A council neither elects nor recalls (Ley 20.337, arts. 58 and 63): it calls the alternate to a vacant seat."""

    message = _(
        "That was decided at a meeting of the council. Elections, recalls and the statute are the assembly's: choose a"
        " resolution of an ordinary or an extraordinary one. A council may only call an alternate to a vacant seat."
    )


class TiersAreATree(DomainError):
    """Nobody belongs twice to a body on a day, nor to itself through others."""

    message = _("An organization belongs to a body once, and no body belongs to itself through others.")


class HoldsBeforeItsDecision(DomainError):
    """Nothing begins, nor ends, before the assembly decided it."""

    message = _("The assembly decided that on a later day: choose that day, or one after it.")


class DecidedLater(HoldsBeforeItsDecision):
    """Nothing begins, nor ends, before the assembly decided it."""

    message = _("The assembly decided on %(day)s: choose that day or a later one.")


class AdmittedByItsBody(DomainError):
    """Who may trade is decided by the body that answers for it."""

    message = _(
        "That resolution is of a body that has no say in this. An organization is admitted and suspended by a"
        " federation or a network that it belongs to, or by its own assembly where it belongs to none, and it leaves by"
        " its own decision or theirs. Choose one of their resolutions."
    )


class IsAdmittedAlready(DomainError):
    """Nobody is admitted twice."""

    message = _("It may trade already.")


class AdmissionStays(DomainError):
    """An admission is ended by a decision, never rewritten."""

    message = _("An admission is not rewritten: it ends by a decision, and another one may follow.")


class AffiliationStays(DomainError):
    """An affiliation is ended by a decision, never rewritten."""

    message = _("An affiliation is not rewritten: it ends by a decision, and another one may follow.")


class WantedByBoth(DomainError):
    """A body takes in, and the organization accepts: else nobody belongs."""

    message = _("An organization belongs to a body once the body took it in and the organization itself accepted.")


class InvitationStays(DomainError):
    """An invitation is answered once, by the invited."""

    message = _("That invitation was answered already, and stays as it was. The body may resolve anew.")


class InvitedAlready(DomainError):
    """One question at a time."""

    message = _("It was invited to that body already, and has not answered yet.")


class MembershipStays(DomainError):
    """A membership ends, and is never rewritten."""

    message = _("A membership is not rewritten: it ends, and another one may begin.")


class FitsAnotherKind(DomainError):
    """Only cooperatives have a matrícula, only community bodies an activity, only neighborhood councils a district."""

    message = _("An organization of that kind has no such thing. Look at what kind it is.")


class KindStays(DomainError):
    """What has members, offices or a book does not become something to which they would not belong."""

    message = _(
        "It has members, offices or a book that only its kind has: a federation stays a body of organizations, a"
        " cooperative a cooperative. Register the other one anew."
    )


class WhatWasNotedStays(DomainError):
    """Counts, milestones, papers, reminders, changes and looks at books stay as they were noted."""

    message = _("What was noted stays readable. What was wrong is withdrawn, and noted anew.")


class SomebodyWasFaster(DomainError):
    """Two people write the same at one moment: the second is told so."""

    message = _("Somebody wrote the same at this moment. Look at the register, and try again if it is still needed.")


#: What the database calls each rule → what the user reads.
RULES: dict[str, type[DomainError]] = {
    **councils.RULES,
    "decided_stays": WhatWasDecidedStays,
    "resolutions_numbered": ResolutionsAreNumbered,
    "resolution_number_once": ResolutionsAreNumbered,
    "resolution_of_carried_motion": ResolutionIsOfACarriedMotion,
    "votes_of_those_present": MoreVotesThanPresent,
    "carried_by_its_votes": ResolutionIsOfACarriedMotion,
    "assembly_goes_on": AssemblyIsNotThatFar,
    "meets_with_quorum": MeetsWithoutQuorum,
    "those_present_are_counted": AssemblyIsNotThatFar,
    "decided_by_its_own_assembly": AnotherBodyDecided,
    "assembly_decides": TheAssemblyDecides,
    "decided_first": HoldsBeforeItsDecision,
    "tiers_are_a_tree": TiersAreATree,
    "admission_is_decided": AdmittedByItsBody,
    "admission_end_is_decided": AdmittedByItsBody,
    "admitted_once": IsAdmittedAlready,
    "UNIQUE constraint failed: network_admission.organization_id": IsAdmittedAlready,
    "admission_stays": AdmissionStays,
    "affiliation_stays": AffiliationStays,
    "wanted_by_both": WantedByBoth,
    "invitation_stays": InvitationStays,
    "invited_once": InvitedAlready,
    "UNIQUE constraint failed: network_invitation.member_id, network_invitation.body_id": InvitedAlready,
    "membership_stays": MembershipStays,
    "membership_once": SomebodyWasFaster,
    "fits_its_kind": FitsAnotherKind,
    "kind_stays": KindStays,
    "noted_stays": WhatWasNotedStays,
    "network_organization_code_key": SomebodyWasFaster,
    "tax_id_once_per_country": SomebodyWasFaster,
    "UNIQUE constraint failed: network_organization.code": SomebodyWasFaster,
    "UNIQUE constraint failed: network_organization.country, network_organization.tax_id": SomebodyWasFaster,
    "affiliation_not_to_itself": TiersAreATree,
    "affiliation_once": TiersAreATree,
    "UNIQUE constraint failed: network_affiliation.member_id, network_affiliation.body_id": TiersAreATree,
}


#: PostgreSQL refuses the program's role before any rule is asked (`ledger/roles.py`): table → the same sentence.
NO_RIGHT_ON: dict[str, type[DomainError]] = {
    **councils.NO_RIGHT_ON,
    "network_admission": AdmissionStays,
    "network_affiliation": AffiliationStays,
    "network_certificate": WhatWasNotedStays,
    "network_filing": WhatWasNotedStays,
    "network_invitation": InvitationStays,
    "network_membership": MembershipStays,
    "network_milestone": WhatWasNotedStays,
    "network_motion": WhatWasDecidedStays,
    "network_organizationchange": WhatWasNotedStays,
    "network_reminder": WhatWasNotedStays,
    "network_resolution": WhatWasDecidedStays,
    "network_secondfactordecision": WhatWasDecidedStays,
    "network_visit": WhatWasNotedStays,
    "network_workercount": WhatWasNotedStays,
}


@contextmanager
def from_database(more: Mapping[str, type[DomainError]] | None = None) -> Iterator[None]:
    """Turn what the database refuses into its named sentence; what has no name passes as it is.

    `more` are the rules of an app above.
    """
    try:
        yield
    except IntegrityError as error:
        refusal = (RULES | dict(more or {})).get(rules.said_by(error))
        if refusal is None:
            raise
        raise refusal from error
