"""What the database refuses about seats and mandates, in sentences; `refusals` knows them with all others."""

from django.utils.translation import gettext_lazy as _

from network.errors import DomainError


class SeatIsHeld(DomainError):
    """One person holds a seat on a day."""

    message = _("Somebody else holds that seat on one of those days. Choose later days, or end that mandate first.")


class SeatIsNotInTheStatute(DomainError):
    """Whoever is elected takes a seat that the statute sets up; of president, secretary and treasurer there is one."""

    message = _("The statute has no such seat. Choose one that it has, or let the assembly change the statute first.")


class OneOfEach(DomainError):
    """Nobody knows who speaks for a body with two presidents."""

    message = _("A council has one president, one secretary and one treasurer.")


class HoldsARivalOffice(DomainError):
    """Who watches the council is not of it, and nobody holds two of its three offices (Ley 20.337, art. 77)."""

    message = _(
        "On those days the same person holds an office that does not go with this one: whoever is of the council is no"
        " síndico, and nobody holds two of presidency, secretariat and treasury."
    )


class MandateStays(DomainError):
    """A mandate is ended, never rewritten."""

    message = _("A mandate is not rewritten: end it, and let the assembly elect again.")


class TermIsTooLong(DomainError):
    """No mandate lasts longer than the statute allows."""

    message = _("The statute does not allow so long a mandate. Choose an earlier end.")


class TermIsPastTheLaw(DomainError):
    """Whatever the statute says, nobody is councillor or síndico for more than three years (arts. 63 and 76)."""

    message = _(
        "The law allows no more than three years (Ley 20.337: art. 63 for the council, art. 76 for the síndico). Only"
        " offices that go round may last longer, where the statute has no others."
    )


class OfficeGoesRound(DomainError):
    """Where offices rotate, nobody holds the same one twice in a row."""

    message = _("Here offices go round: the same person does not hold one twice in a row.")


class HoldsASeatOfIt(DomainError):
    """Where offices rotate, each goes to somebody else."""

    message = _("On those days the same person already holds such an office. Here they go round: elect somebody else.")


class ElectedFromOutside(DomainError):
    """Offices are held by members; those of a federation by delegates of its member organizations."""

    message = _("Offices are held by members, and those of a federation by delegates of its member organizations.")


class BeginsYearsAhead(DomainError):
    """Nobody elects for the year after next: a year is easily mistyped."""

    message = _("That mandate would begin more than a year ahead. Look at the year.")


class DelegatesGoToo(DomainError):
    """Whoever was sent to a body's council holds nothing there once their organization has left it."""

    message = _("Whom it sent to that council holds nothing there any more: end those mandates on the same day.")


#: Where the program's role has no right: table → what the user reads.
NO_RIGHT_ON: dict[str, type[DomainError]] = {
    "network_mandate": MandateStays,
}

#: What the database calls each rule → what the user reads.
RULES: dict[str, type[DomainError]] = {
    "seat_held_once": SeatIsHeld,
    "begins_within_a_year": BeginsYearsAhead,
    "seat_in_statute": SeatIsNotInTheStatute,
    "one_of_each": OneOfEach,
    "no_rival_office": HoldsARivalOffice,
    "mandate_stays": MandateStays,
    "term_within_bylaws": TermIsTooLong,
    "term_within_law": TermIsPastTheLaw,
    "office_goes_round": OfficeGoesRound,
    "one_seat_each": HoldsASeatOfIt,
    "elected_from_within": ElectedFromOutside,
    "delegates_go_too": DelegatesGoToo,
}
