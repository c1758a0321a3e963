"""A patient on the lumbar moderate program, and shorthand for what the tests say again and again."""

import json
import uuid
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse

from accounts.models import Patient, User
from programs.models import ProgramRevision, ScreenRecord
from tests import factories

LUMBAR_MODERATE = {
    "A": (
        "marching-seated",
        "knee-tuck-single",
        "pelvic-tilt",
        "brace-heel-slide",
        "bridge",
        "sit-to-stand",
        "heel-raise",
        "breathing",
    ),
    "B": ("marching-seated", "walking-intervals", "seated-forward-bend", "hamstring-stretch-seated", "breathing"),
    "D": ("knee-tuck-single", "lower-trunk-rotation", "piriformis-stretch-seated", "hamstring-stretch-seated"),
}
LUMBAR_SEVERE = {
    "A": ("ninety-ninety-rest", "knee-tuck-single", "pelvic-tilt", "abdominal-brace", "sit-to-stand-high", "breathing"),
    "B": ("marching-seated", "walking-intervals", "seated-forward-bend", "forward-lean-rest"),
    "D": ("ninety-ninety-rest", "seated-forward-bend", "breathing"),
}


def on_program(
    therapist: User,
    *,
    starts_on: date,
    items: dict[str, tuple[str, ...]] | None = None,
    profile: dict[str, Any] | None = None,
    **revision: Any,
) -> Patient:
    """A patient with a profile, an approved revision and a name of their own; needs the catalogue."""
    patient = factories.make_patient(therapist, "Rosa")
    factories.make_profile(patient, **profile or {})
    factories.make_revision(patient, items=items or LUMBAR_MODERATE, starts_on=starts_on, **revision)
    return patient


def revise(patient: Patient, starts_on: date, **values: Any) -> ProgramRevision:
    """A further revision of the same entries."""
    return factories.make_revision(patient, items=values.pop("items", LUMBAR_MODERATE), starts_on=starts_on, **values)


def screened(patient: Patient, at: Any) -> ScreenRecord:
    """A complete screen without a sign, so that none is due for a week."""
    return ScreenRecord.objects.create(
        patient=patient, at=at, local_date=at.astimezone(patient.zone).date(), scope="full", complete=True
    )


class Device:
    """A patient's device: it makes events of one session in order and sends them."""

    def __init__(self, client: Any, plan: dict[str, Any], at: datetime) -> None:
        self.client, self.plan, self.at, self.seq = client, plan, at, 0

    def event(self, kind: str, minutes: float = 1, /, **payload: Any) -> dict[str, Any]:
        """The next event, ``minutes`` after the one before it."""
        self.at += timedelta(minutes=minutes)
        zone = self.plan["zone"]
        made = {
            "id": str(uuid.uuid4()),
            "kind": kind,
            "at": self.at.isoformat().replace("+00:00", "Z"),
            "zone": zone,
            "local_date": self.at.astimezone(ZoneInfo(zone)).date().isoformat(),
            "mono": self.seq * 1000,
            "seq": self.seq,
            "payload": payload,
        }
        self.seq += 1
        return made

    def check_in(self, **answers: Any) -> dict[str, Any]:
        """A check-in that lets the session start, unless ``answers`` say otherwise."""
        usual = {"q1": "no", "spine": 3, "limb": 2, "q3": "same", "last": None, "q5": "no"}
        return self.event("check-in", **usual | {"sleep_worse": False, "sugar_ok": None, "pressure": None} | answers)

    def start(self, kind: str = "full") -> dict[str, Any]:
        """The start."""
        return self.event("started", kind=kind, restrictions=[])

    def done(self, item: str, number: int = 1) -> dict[str, Any]:
        """A set that was done."""
        return self.event("set-done", item=item, set=number, reps=6, seconds=60, asked=False)

    def pain(self, item: str, spine: int | None = 3, limb: int | None = 2, **signs: Any) -> dict[str, Any]:
        """The answer after a set."""
        usual = {"worse": False, "spread": False, "tingling": "none", "alarm": "none", "source": "after-set"}
        return self.event("pain", item=item, set=1, spine=spine, limb=limb, **usual | {"replaces": None} | signs)

    def rest(self, item: str, seconds: int, spine: int = 3, limb: int = 2, **signs: Any) -> dict[str, Any]:
        """The answer while resting."""
        usual = {"from": "stop", "spread": False, "tingling": "none", "alarm": "none", "limits_so_far": 0}
        return self.event(
            "rest-check", item=item, seconds_resting=seconds, spine=spine, limb=limb,
            **usual | {"next_interval_s": None, "replaces": None} | signs,
        )  # fmt: skip

    def finish(self, spine: int = 3, limb: int = 2) -> dict[str, Any]:
        """The end of the session."""
        return self.event("finished", spine=spine, limb=limb, effort=3)

    def send(self, *events: Any, account: str | None = None) -> Any:
        """Send a batch; answers the response."""
        body = {"account": account or self.plan["account"], "events": list(events)}
        return self.client.post(self.url, data=json.dumps(body), content_type="application/json")

    @property
    def url(self) -> str:
        """Where the events go."""
        return reverse("guided:events", args=[self.plan["session"]])
