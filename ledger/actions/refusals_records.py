"""What the database refuses about own records and their matches, in sentences; `refusals` knows them with others."""

from django.utils.translation import gettext_lazy as _

from network.errors import DomainError


class OwnRecordStays(DomainError):
    """What was brought is not changed."""

    message = _("What was read of a record stays as it was written. If the file was wrong, bring it again.")


class OwnRecordIsClosed(DomainError):
    """A closed record takes no more matches, and none is undone."""

    message = _("This record is closed: nothing in it changes any more. Bring the file again to match it anew.")


class RecordMatchStays(DomainError):
    """What was said of a match stays."""

    message = _("This match was already answered, or matched anew. Open the page again.")


class RecordMatchComesOutEven(DomainError):
    """Both sides of an accepted match come to the same, unless its reason says that they do not."""

    message = _("The two sides of this match do not come to the same amount, so it cannot be accepted.")


class MatchedOnce(DomainError):
    """A line, or a posting, is in one match at most."""

    message = _("This line or this entry is already in another match. Undo that one first.")


class MatchPartOfAnother(DomainError):
    """Lines are of the record, postings of its book."""

    message = _("Only lines of this record are matched, with entries of its own book.")


#: Where the program's role has no right: table → what the user reads.
NO_RIGHT_ON: dict[str, type[DomainError]] = {
    "ledger_ownrecord": OwnRecordStays,
    "ledger_recordline": OwnRecordStays,
    "ledger_recordmatch": RecordMatchStays,
    "ledger_matchpart": RecordMatchStays,
}

#: What the database calls each rule → what the user reads.
RULES: dict[str, type[DomainError]] = {
    "own_record_stays": OwnRecordStays,
    "own_record_is_closed": OwnRecordIsClosed,
    "own_record_closed_by_somebody": OwnRecordIsClosed,
    "record_match_stays": RecordMatchStays,
    "record_match_said_by_somebody": RecordMatchStays,
    "record_match_comes_out_even": RecordMatchComesOutEven,
    "matched_once": MatchedOnce,
    "match_part_of_another": MatchPartOfAnother,
}
