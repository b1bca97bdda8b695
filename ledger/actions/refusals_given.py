"""What the database refuses about gifts to the community, in sentences; `refusals` knows them with all others."""

from django.utils.translation import gettext_lazy as _

from network.errors import DomainError


class HostedForTheCommunity(DomainError):
    """Rooms are lent to a body of the community."""

    message = _("Rooms are lent by one cooperative to one organization of the community.")


class HostedStays(DomainError):
    """What both agreed on stays, and so does what was told and counter-signed."""

    message = _("What was agreed or told of a hosted activity is not changed. Undo it, and write it anew.")


class BeyondTheSchedule(DomainError):
    """No more is hosted than was agreed."""

    message = _("That is more than the agreed days, hours or rooms. Look at the agreement, and write what took place.")


class HostedOnce(DomainError):
    """Each day is told of once."""

    message = _("Some of these days were told of already. Look at what is noted below the agreement.")


class HostedAsTold(DomainError):
    """The book says what the body counter-signed."""

    message = _("What goes into the book is not what was told and counter-signed. Nothing was written.")


class NotReallyBorne(DomainError):
    """Nothing imputed enters the results: a cost is in the book before it is given."""

    message = _("One of the accounts holds less than is taken from it. Enter the cost in the book first.")


class GivenStays(DomainError):
    """What was given stays as it was written and counter-signed."""

    message = _("What was written of a gift is not changed. Undo it, and write it anew.")


class GivenAsTold(DomainError):
    """The book says what was given."""

    message = _("What goes into the book is not what was given and counter-signed. Nothing was written.")


class PassedOnOnceReceived(DomainError):
    """What is returned was received before, and goes to a third."""

    message = _("Only a mentoring that was received and counter-signed is passed on, and to somebody else.")


class HowIsMissing(DomainError):
    """A number of people is told with how it is known."""

    message = _(
        "Write how many people came, above zero, and how you know it: counted at the door, estimated, or declared by"
        " one side."
    )


class AttendanceIsOfAnEvent(DomainError):
    """Whoever came, came to an event."""

    message = _("Only of an event it is told how many people came. Leave it empty, or choose the event.")


class ReturnIsOfAnEvent(DomainError):
    """What is given brings nothing back."""

    message = _("Only an event can bring a commercial return. Take the mark away, or choose the event.")


class FundHoldsLess(DomainError):
    """No more comes out of a fund than it has."""

    message = _("The fund holds less than that.")


class ClassifiedInItsBook(DomainError):
    """A book says where its own entries stand."""

    message = _("Only an entry of one's own book is classified, and what undoes it stands where it does.")


class SurplusByLaw(DomainError):
    """A surplus is distributed as the law says."""

    message = _("A surplus is distributed as the law says: reserve, funds, and what came from others to nobody.")


#: Where the program's role has no right: table → what the user reads.
NO_RIGHT_ON: dict[str, type[DomainError]] = {
    "ledger_contribution": GivenStays,
    "ledger_hostedcost": HostedStays,
    "ledger_hostedperiod": HostedStays,
}

#: What the database calls each rule → what the user reads.
RULES: dict[str, type[DomainError]] = {
    "hosted_for_the_community": HostedForTheCommunity,
    "hosted_stays": HostedStays,
    "hosted_within_schedule": BeyondTheSchedule,
    "hosted_once": HostedOnce,
    "hosted_as_told": HostedAsTold,
    "really_borne": NotReallyBorne,
    "given_stays": GivenStays,
    "given_as_told": GivenAsTold,
    "hosted_people_counted": HowIsMissing,
    "event_people_counted": HowIsMissing,
    "attendance_of_an_event": AttendanceIsOfAnEvent,
    "return_of_an_event": ReturnIsOfAnEvent,
    "passed_on_once_received": PassedOnOnceReceived,
    "fund_holds_it": FundHoldsLess,
    "surplus_by_law": SurplusByLaw,
    "classified_in_its_book": ClassifiedInItsBook,
}
