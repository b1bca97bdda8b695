"""Put the second wall up before a page is made: a question that forgets whose book it asks for finds nothing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from network.models.people import User
from network.queries import wall


class WallMiddleware:
    """Say for each request whose books it may read.

    What is sent (POST) goes through actions: posting looks at both sides, and each action refuses by its own rules.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in {"GET", "HEAD"}:
            user = request.user
            wall.read_as(user if isinstance(user, User) else None, on=timezone.localdate())
        else:
            wall.read_all()
        return self.get_response(request)
