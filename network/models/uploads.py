"""What becomes of a row that somebody brings in a file."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RowState(models.TextChoices):
    """What has become of a row."""

    WRONG = "wrong", _("To be repaired")
    READY = "ready", _("Ready")
    LOADED = "loaded", _("Loaded")
    ALREADY_THERE = "already_there", _("Was already loaded")
    SKIPPED = "skipped", _("Left out")
