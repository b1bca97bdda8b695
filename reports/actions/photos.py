"""Add a photo of what was given, and take it away."""

import datetime as dt
import hashlib

from django.db import transaction

from ledger.actions.agreements import require_confirm
from ledger.core import personal
from ledger.models import Book
from network.models import Organization, User
from reports.actions import files, refusals
from reports.actions.refusals_photos import (
    CaptionIsMissing,
    CaptionIsTooLong,
    NotAnActivityOfYours,
    NotAPhoto,
    PhotoHasTooManyPixels,
    PhotoIsThereAlready,
    PhotoIsTooLarge,
    PhotoTellsOfAPerson,
    SayWhyItGoes,
    TakenInTheFuture,
    ThoseShownMustAgree,
)
from reports.core import photos as core
from reports.models import Photo
from reports.models.photos import CAPTION_MAX, REASON_MAX
from reports.queries import open_pages, photo_subjects, photos

#: Bytes of a file, before anything in it is looked at.
FILE_MAX = 8 * 2**20


def add(
    *,
    organization: Organization,
    content: bytes,
    activity: str,
    taken_on: dt.date,
    caption: str,
    is_agreed: bool,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> Photo:
    """Add a photo of an activity, written anew without anything but its picture, and return it.

    It is decoded before anything is held: others go on writing meanwhile.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises ThoseShownMustAgree: if nobody says that they do.
    :raises NotAnActivityOfYours: if its book told of no such activity in the last months.
    :raises TakenInTheFuture: if it is of a day that has not come.
    :raises CaptionIsMissing: if it has no caption.
    :raises CaptionIsTooLong: if the caption is longer than it may be.
    :raises PhotoTellsOfAPerson: if the caption holds what looks like a person's data, or a name of one of its people.
    :raises PhotoIsTooLarge: if the file is.
    :raises PhotoHasTooManyPixels: if the picture has.
    :raises NotAPhoto: if it cannot be read.
    :raises PhotoIsThereAlready: if the same stands there.
    """
    require_confirm(by=by, organization=organization, on=on)
    caption = " ".join(caption.split())
    if not is_agreed:
        raise ThoseShownMustAgree
    if taken_on > on:
        raise TakenInTheFuture
    _require_caption(caption, organization)
    book = Book.objects.select_related("organization").filter(organization=organization).first()
    if book is None or activity not in {deed.activity for deed in photo_subjects.subjects(book, on=on)}:
        raise NotAnActivityOfYours
    picture = _anew(content)
    sha256 = hashlib.sha256(picture.content).hexdigest()
    with transaction.atomic():
        # Held against whoever takes the same one away: its file goes with the row, and stays with it.
        Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
        if photos.standing(organization).filter(sha256=sha256).exists():
            raise PhotoIsThereAlready
        with refusals.from_database():
            photo = Photo.objects.create(
                organization=organization,
                activity=activity,
                taken_on=taken_on,
                caption=caption,
                is_agreed=is_agreed,
                sha256=sha256,
                width=picture.width,
                height=picture.height,
                noted_by=by,
                noted_at=at,
            )
        files.keep_photo(photo, picture.content)
    return photo


def _require_caption(caption: str, organization: Organization) -> None:
    if not caption:
        raise CaptionIsMissing
    if len(caption) > CAPTION_MAX:
        raise CaptionIsTooLong
    if personal.signs(caption, names=open_pages.people(organization)):
        raise PhotoTellsOfAPerson


def _anew(content: bytes) -> core.Picture:
    if len(content) > FILE_MAX:
        raise PhotoIsTooLarge
    try:
        return core.anew(content)
    except core.TooManyPixels as many:
        raise PhotoHasTooManyPixels from many
    except core.NotAPicture as broken:
        raise NotAPhoto from broken


@transaction.atomic
def withdraw(*, photo: Photo, reason: str, by: User, on: dt.date, at: dt.datetime) -> Photo:
    """Take a photo away: its file and its caption are deleted, and that it was there stays noted. Twice is once.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises SayWhyItGoes: if no reason is given.
    :raises PhotoTellsOfAPerson: if the reason holds what looks like a person's data.
    """
    require_confirm(by=by, organization=photo.organization, on=on)
    reason = " ".join(reason.split())[:REASON_MAX]
    if not reason:
        raise SayWhyItGoes
    if personal.signs(reason):
        raise PhotoTellsOfAPerson
    Organization.objects.select_for_update(no_key=True).get(pk=photo.organization_id)
    photo.refresh_from_db()
    if photo.withdrawn_at is None:
        photo.withdrawn_at, photo.withdrawn_by, photo.reason, photo.caption = at, by, reason, ""
        photo.save(update_fields=["withdrawn_at", "withdrawn_by", "reason", "caption"])
        files.drop_photo(photo)
    return photo
