"""End somebody's sessions, everywhere at once."""

from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import F

from network.models.people import User


@transaction.atomic
def end_sessions(*, user: User) -> None:
    """End every session of a person: whatever they click next leads to the login.

    The number is part of what every session proves (`User.get_session_auth_hash`), so none is forgotten, wherever it
    is kept and however it began; the rows of the list of sessions go with it.
    """
    User.objects.filter(pk=user.pk).update(sessions_ended=F("sessions_ended") + 1)
    user.refresh_from_db(fields=["sessions_ended"])
    get_adapter().end_sessions(UserSession.objects.filter(user_id=user.pk))
