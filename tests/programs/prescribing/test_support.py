"""The numbers beside the severity (R5, R7): noted, shown where they point to, never deciding."""

import pytest

from exercises.content import Severity
from programs.models import ClinicalProfile
from programs.prescribing.support import FIELDS, pointers, r5_pointed
from tests.conftest import House
from tests.programs.prescribing.helpers import ClientFor, record, url

pytestmark = pytest.mark.usefixtures("catalogue")
MEASURES = {"odi_percent": "55", "ndi_points": "20", "six_minute_walk_metres": "310"}


@pytest.mark.parametrize(
    ("measure", "score", "severity"),
    [
        ("ODI", 0, "mild"), ("ODI", 20, "mild"), ("ODI", 21, "moderate"), ("ODI", 41, "severe"), ("ODI", 100, "severe"),
        ("NDI", 4, None), ("NDI", 5, "mild"), ("NDI", 24, "moderate"), ("NDI", 25, "severe"), ("NDI", 50, "severe"),
        ("6MWT", 299, "severe"), ("6MWT", 300, None), ("6MWT", 1000, None),
    ],
)  # fmt: skip
def test_r5_where_a_score_points_to(measure: str, score: int, severity: str | None) -> None:
    """R5, R7: the bands as they stand; worse than the last band is severe, better than the first points nowhere."""
    assert r5_pointed(measure, score) == (Severity(severity) if severity else None)


def test_r5_numbers_are_kept_shown_and_decide_nothing(house: House, client_for: ClientFor) -> None:
    """R5, R3: the choice stays the therapist's, no warning comes of them, and the patient's page shows them."""
    client, patient = client_for("therapist"), house.patient
    record(client, patient, **MEASURES)
    row = ClinicalProfile.objects.get(patient=patient)
    assert {name: str(getattr(row, name)) for name in FIELDS} == MEASURES and row.severity == "moderate"
    page = client.get(url(patient, "profile"))
    words = page.content.decode()
    severe = words.index('value="severe"')
    assert severe < words.index("ODI 55 percent: points to severe")
    assert words.index('value="moderate"') < words.index("NDI 20 of 50: points to moderate") < severe
    assert "6-minute walk 310 metres: points to no line" in words
    assert not page.context["page"].mismatches
    shown = client.get(f"/patients/{patient.pk}/").content.decode()
    assert "55 percent" in shown and "310 metres" in shown


BAD = (
    ("odi_percent", "101"),
    ("ndi_points", "51"),
    ("six_minute_walk_metres", "1001"),
    ("odi_percent", "-1"),
    ("ndi_points", "many"),
)


@pytest.mark.parametrize(("field", "bad"), BAD)
def test_r5_numbers_outside_their_bounds_are_refused(house: House, client_for: ClientFor, field: str, bad: str) -> None:
    """R5: said at the field, with what was typed; the page still comes."""
    answer = record(client_for("therapist"), house.patient, **{field: bad})
    page = answer.content.decode()
    assert answer.status_code == 422 and f'href="#id_{field}"' in page and f'value="{bad}"' in page
    assert not ClinicalProfile.objects.exists()


def test_r5_two_who_noted_different_numbers_see_both(house: House, client_for: ClientFor) -> None:
    """The numbers are part of what the second therapist decides about."""
    first, second, patient = client_for("therapist"), client_for(house.second_therapist), house.patient
    record(first, patient, **MEASURES)
    answer = record(second, patient, **(MEASURES | {"odi_percent": "30"}))
    assert answer.status_code == 409 and "ODI, percent" in answer.content.decode()


def test_r5_what_is_no_number_points_nowhere() -> None:
    """Half-typed values do not break the page."""
    assert pointers({"odi_percent": "x", "ndi_points": None, "six_minute_walk_metres": "12345"}) == ()
