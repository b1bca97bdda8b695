"""Whether a person wants reminders by e-mail."""

from network.models.people import User


def choose_letters(*, person: User, wants_letters: bool) -> None:
    """Let a person's reminders come by e-mail from now on, or no longer; in the pages they stay."""
    User.objects.filter(pk=person.pk).update(wants_letters=wants_letters)
