"""Every route of the URLconf, and the objects with which the matrix test asks for it.

A new kind of object or a new parameter is taught here, once: an entry in ``CLOSED`` or ``OPEN`` and a line in
``objects_of``.
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts import cards, invitations
from accounts.models import Device, Patient
from exercises.models import Exercise, ExerciseVersion
from programs.models import Alert, Lock, Session
from tests.conftest import House

CLOSED = {"patient", "session", "device", "alert", "lock", "exercise", "version", "staff", "invitation"}
"""Kinds of which nobody may learn whether another clinic has one."""
OPEN = {
    "role",
    "card-code",
    "invitation-token",
    "reset-key",
    "confirm-key",
    "security-key",
    "exercise-slug",
    "picture",
    "figure",
}
"""Kinds that are public, or that only their holder can name."""


@dataclass(frozen=True)
class Route:
    """A route's full name and the parameters of its address."""

    name: str
    parameters: tuple[str, ...]

    def address(self, values: Mapping[str, Any]) -> str:
        """The address with these values."""
        missing = set(self.parameters) - set(values)
        assert not missing, f"teach tests/accounts/matrix.py what {missing} of {self.name} may be"
        return reverse(self.name, kwargs={name: values[name] for name in self.parameters})


def all_routes() -> list[Route]:
    """Every named route, with its namespace."""
    return list(_walk(get_resolver(), "", ()))


def _walk(resolver: URLResolver, namespace: str, outer: tuple[str, ...]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        own = (*outer, *entry.pattern.converters, *_groups(entry))
        if isinstance(entry, URLResolver):
            yield from _walk(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace, own)
        elif isinstance(entry, URLPattern):
            yield Route(f"{namespace}{entry.name}", own)


def _groups(entry: URLPattern | URLResolver) -> tuple[str, ...]:
    regex = getattr(entry.pattern, "_regex", None)
    return tuple(entry.pattern.regex.groupindex) if isinstance(regex, str) and not entry.pattern.converters else ()


def missing_objects() -> dict[str, Any]:
    """Ids and names of nothing at all."""
    ids = ("patient", "session", "alert", "lock", "exercise", "version", "picture", "staff", "invitation", "device")
    return {f"{kind}_id": uuid.uuid4() for kind in ids} | {
        "code": "0" * cards.CODE_LENGTH,
        "token": "no-such-token",
        "slug": "no-such-exercise",
        "role": "nobody",
        "day": "A",
        "exercise": "no-such-exercise",
        "pk": 4_000_000,
        "uidb36": "zz",
        "key": "no-such-key",
        "drawing": 1,
        "digest": "0" * 64,
        "kind": "end",
    }


def objects_of(house: House, patient: Patient, session: Session) -> dict[str, Any]:
    """One object of each kind in a clinic, by the name of its parameter."""
    now = timezone.now()
    alert = Alert.objects.create(
        patient=patient, level="end", rank=Alert.RANKS["end"], rule="S18", key="matrix", at=now - timedelta(hours=1)
    )
    lock = Lock.objects.create(patient=patient, level="H", rule="S13", key="matrix", opened_at=now)
    exercise = Exercise.objects.create(clinic=house.clinic, slug=f"own-{house.canary}")
    version = _version(exercise, house)
    invited = invitations.invite(
        clinic=house.clinic,
        email=f"new@{house.canary}.example",
        name=f"New {house.canary}",
        roles=frozenset({"editor"}),
        by=house.admin,
    )
    return {
        "patient_id": patient.pk,
        "session_id": session.pk,
        "alert_id": alert.pk,
        "lock_id": lock.pk,
        "exercise_id": exercise.pk,
        "version_id": version.pk,
        "staff_id": house.second_therapist.pk,
        "invitation_id": invited.invitation.pk,
        "device_id": Device.objects.create(patient=patient, label=f"Phone {house.canary}").pk,
        "picture_id": uuid.uuid4(),
        "code": cards.issue(patient=house.second_patient, by=house.therapist).code,
        "token": invited.url.rstrip("/").rpartition("/")[2],
        "slug": "bridge",
        "role": "patient",
        "day": "A",
        "exercise": "bridge",
        "pk": 1,
        "uidb36": "1",
        "key": "set-password",
        "drawing": 1,
        "digest": version.figure_hash,
        "kind": "end",
    }


def _version(exercise: Exercise, house: House) -> ExerciseVersion:
    """A draft of the clinic's own, copied from a shared entry."""
    version = ExerciseVersion.objects.get(exercise__slug="bridge", exercise__clinic=None, number=1)
    version.pk, version._state.adding = uuid.uuid4(), True
    version.exercise, version.number, version.status = exercise, 1, ExerciseVersion.Status.DRAFT
    version.name = f"Own {house.canary}"
    for field in version._meta.fields:
        if field.name.startswith("published"):
            setattr(version, field.name, None)
    version.save()
    return version
