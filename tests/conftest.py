"""Fixtures of all tests: two clinics, their people, the catalogue, and clients that are signed in."""

import copy
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import models

from accounts.models import Clinic, Patient, User
from exercises.figures.files import load_figures
from exercises.loading import load
from exercises.models import Exercise, ExerciseVersion, PrecautionCode, VersionDose
from exercises.starter import load_starter
from tests import factories
from tests.signing_in import sign_in
from tests.strict import StrictClient

Clients = Callable[[User | Patient | str], StrictClient]
"""What the fixture ``client_for`` gives: a signed-in client for a user, a patient, or a role of ``house``."""

CANARY, OTHER_CANARY = "canary-heron", "canary-osprey"
"""Stand in every text of the one clinic and of the other: neither may ever see the other's."""


@dataclass(frozen=True)
class House:
    """A clinic and its people. ``patient`` and ``second_patient`` have different therapists, and no program yet."""

    clinic: Clinic
    therapist: User
    second_therapist: User
    editor: User
    admin: User
    patient: Patient
    second_patient: Patient
    canary: str

    def person(self, role: str) -> User:
        """The user of a role: therapist, editor, admin or patient."""
        return self.patient.user if role == "patient" else getattr(self, role)


def _house(canary: str) -> House:
    clinic = factories.make_clinic(name=f"Clinic {canary}", phone=f"020 {canary}")
    therapist = factories.make_staff(clinic, "therapist", name=f"Tess {canary}")
    second = factories.make_staff(clinic, "therapist", name=f"Tom {canary}")
    return House(
        clinic=clinic,
        therapist=therapist,
        second_therapist=second,
        editor=factories.make_staff(clinic, "editor", name=f"Ed {canary}"),
        admin=factories.make_staff(clinic, "admin", name=f"Ann {canary}"),
        patient=factories.make_patient(therapist, f"Pat {canary}"),
        second_patient=factories.make_patient(second, f"Sam {canary}"),
        canary=canary,
    )


@pytest.fixture
def house(db: None) -> House:
    """The clinic at hand, with its people."""
    return _house(CANARY)


@pytest.fixture
def other_house(db: None) -> House:
    """Another clinic, which nobody of the first may learn anything of."""
    return _house(OTHER_CANARY)


@pytest.fixture
def strict_client() -> StrictClient:
    """Nobody is signed in."""
    return StrictClient()


@pytest.fixture
def client_for(house: House) -> Clients:
    """Give a user, a patient, or a role of ``house``; get a client that is signed in as that person."""

    def signed_in(who: User | Patient | str) -> StrictClient:
        user = house.person(who) if isinstance(who, str) else who.user if isinstance(who, Patient) else who
        client = StrictClient()
        sign_in(client, user)
        return client

    return signed_in


_CATALOGUE: list[list[models.Model]] = []
"""The rows of the loaded catalogue, kept so that each further test inserts them in bulk."""


@pytest.fixture
def catalogue(db: None) -> None:
    """The shared starter catalogue is in the database."""
    if _CATALOGUE:
        for rows in _CATALOGUE:
            type(rows[0])._default_manager.bulk_create(copy.deepcopy(rows))
        return
    load(load_starter(), load_figures())
    # Doses before their versions: nothing is added to a version that is published already.
    for model in (PrecautionCode, Exercise, VersionDose, ExerciseVersion):
        _CATALOGUE.append(list(model._default_manager.all()))


@pytest.fixture
def on_treatment(house: House, catalogue: None) -> Patient:
    """A patient of ``house.therapist`` with an approved program that starts today."""
    return factories.on_treatment(house.therapist, f"Pia {house.canary}")
