"""A browser without JavaScript at a session, and plain answers for it."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from programs.models import Session
from tests.strict import StrictClient

CHECK_IN: dict[str, Any] = {"q1": "no", "spine": "3", "limb": "2", "q3": "same", "q5": "no"}
FINE: dict[str, Any] = {"spine": "3", "limb": "2", "change": "same"}


class Paper:
    """A browser without JavaScript at one session."""

    def __init__(self, client: StrictClient, session: str, traveller: Any) -> None:
        self.client, self.traveller = client, traveller
        self.url = reverse("guided:log", args=[session])
        self.session = session
        self.page = ""

    def look(self) -> str:
        """The page that comes next."""
        response = self.client.get(self.url)
        assert response.status_code == 200
        self.page = response.content.decode()
        return self.page

    def send(self, status: int = 302, minutes: float = 1, **answers: Any) -> str:
        """Answer the page; answers what comes next, or the page with its errors."""
        self.look()
        self.traveller.shift(timedelta(minutes=minutes))
        place = self.page.partition('name="place" value="')[2].partition('"')[0]
        response = self.client.post(self.url, {"place": place, **answers})
        assert response.status_code == status
        self.page = response.content.decode() if status != 302 else self.look()
        return self.page

    @property
    def state(self) -> str:
        """The state of the session."""
        return Session.objects.get(pk=self.session).state
