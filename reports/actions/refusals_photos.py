"""What is refused about photos of what was given; and the same words for what the database refuses."""

from django.utils.translation import gettext_lazy as _

from network.errors import DomainError


class PhotoIsTooLarge(DomainError):
    """Nobody waits for it on a telephone, and it is made small anyway."""

    message = _("This photo has more than 8 MB. Send a smaller one: telephones offer that when you share it.")


class PhotoHasTooManyPixels(DomainError):
    """A small file may hold a picture that fills the memory of the machine."""

    message = _("This photo has more than 40 megapixels. Make it smaller, then bring it again.")


class NotAPhoto(DomainError):
    """What cannot be read is kept nowhere."""

    message = _("This file is not a photo that can be read, or it is damaged. Bring a JPEG, PNG or WebP.")


class ThoseShownMustAgree(DomainError):
    """A face belongs to whoever has it (Código Civil y Comercial, art. 53)."""

    message = _(
        "Anybody will see it. Ask those who can be recognized, make sure that no patient, pupil or child can be, and"
        " tick the box; otherwise choose another photo."
    )


class NotAnActivityOfYours(DomainError):
    """A photo shows something that was given, and is in the book."""

    message = _("Choose the activity that the photo shows, among those of the last 24 months in your book.")


class TakenInTheFuture(DomainError):
    """A photo shows a day that came."""

    message = _("The photo is of a day that has not come yet. Write the day on which it was taken.")


class CaptionIsMissing(DomainError):
    """Whoever does not see it hears the caption."""

    message = _("Write what one sees in the photo: whoever cannot see it will hear that.")


class CaptionIsTooLong(DomainError):
    """A caption is read in one breath."""

    message = _("Write the caption in no more than 160 letters.")


class PhotoTellsOfAPerson(DomainError):
    """Anybody reads it."""

    message = _(
        "What you write looks like somebody's document, e-mail address or telephone, or is the name of one of yours."
        " Write what one sees, and name nobody."
    )


class PhotoIsThereAlready(DomainError):
    """One picture, one place."""

    message = _("That photo is among yours already.")


class SayWhyItGoes(DomainError):
    """Who took a photo away, and why, stays to be read."""

    message = _("Write in a few words why the photo is taken away.")


#: What the database calls each rule → what the user reads.
RULES: dict[str, type[DomainError]] = {
    "photo_of_own_activity": NotAnActivityOfYours,
    "photo_of_a_day_that_came": TakenInTheFuture,
    "photo_is_agreed": ThoseShownMustAgree,
    "photo_once": PhotoIsThereAlready,
    "UNIQUE constraint failed: reports_photo.organization_id, reports_photo.sha256": PhotoIsThereAlready,
}
