"""The sets of earlier sessions that were made shorter are counted anew, once."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from programs.models import Session
from tests.conftest import House
from tests.programs.guided.factory import on_program
from tests.programs.review.test_review import make_session

pytestmark = pytest.mark.usefixtures("catalogue")


def test_only_shorter_sessions_are_counted_anew(house: House) -> None:
    patient = on_program(house.therapist, starts_on=date(2026, 11, 23))
    entries = [{"dose": {"sets": 2}}, {"dose": {"minutes": 5}}]
    plan = {"kind": "full", "items": entries * 4, "minimum": entries, "relief_only": entries[1:]}
    made = {
        kind: make_session(patient, 1, kind=kind, plan=plan, sets_planned=12) for kind in ("full", "minimum", "relief")
    }
    made["own"] = make_session(patient, 1, kind="minimum", plan={**plan, "kind": "minimum"}, sets_planned=12)
    import_module("programs.migrations.0008_sets_of_short_sessions").recount(apps, None)
    planned = {kind: Session.objects.get(pk=session.pk).sets_planned for kind, session in made.items()}
    assert planned == {"full": 12, "minimum": 3, "relief": 1, "own": 12}
