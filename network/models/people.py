"""People with a login, and the organizations that they are members of."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from network.models.organizations import Organization
from network.models.periods import Period, PeriodQuerySet


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person with a login."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an operator of the installation: sees the admin pages, speaks for nobody."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person with a login. What they may do for an organization follows from memberships and mandates, never a flag.

    `is_staff` marks an operator of the installation, who keeps the register and speaks for nobody.
    """

    username = None  # type: ignore[assignment]  # the e-mail address is the name to log in with
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    # Every session carries this number (`actions/sessions.py` adds one, and all of them are over).
    sessions_ended = models.PositiveIntegerField(default=0, editable=False)
    # Whether reminders of duties come by e-mail, too; in the pages they stay.
    wants_letters = models.BooleanField(default=True, db_default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.name or self.email

    def get_session_auth_hash(self) -> str:
        """Return what a session must prove: the password that it began with, and that nobody has ended it since."""
        return self._session_proof(secret=None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Yield the same under each earlier secret of the installation."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_proof(secret=secret)

    def _session_proof(self, *, secret: str | bytes | None) -> str:
        proven = f"{self.password} {self.sessions_ended}"
        return salted_hmac("network.User.session", proven, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        """Return the one name that is kept."""
        return self.name

    def get_short_name(self) -> str:
        """Return the one name that is kept."""
        return self.name


class Membership(Period):
    """A person is a member (asociado, asociada) of an organization from a day until another (exclusive)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="memberships")
    # Who wrote down that it began, and that it ended; nobody: the program itself, or before Trama kept it.
    noted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    noted_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "organization", "starts_on"], name="membership_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("starts_on")),
                name="membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.organization_id} ({self.starts_on})"
