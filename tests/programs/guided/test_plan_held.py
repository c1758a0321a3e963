"""What precautions, locks, permissions and a pause leave out of a plan (R10, R12, S2, S13, S23, X11, X14, X18)."""

from dataclasses import replace

import pytest

from accounts.models import Patient
from programs.guided.actions import open_day, open_relief
from programs.guided.care import Care, Permission
from programs.guided.loading import load_care
from programs.guided.plan import build_plan
from programs.models import Alert, EntryPermission, Lock, PatientPrecaution, Program, TickedEntry
from programs.wording.alerts import alert_words
from tests.conftest import House
from tests.programs.guided.days import opened, slugs, under_way
from tests.programs.guided.factory import on_program
from tests.programs.guided.telling import DAY, MONDAY

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def patient(house: House) -> Patient:
    """In the third week of a program."""
    return under_way(house)


def test_r12_a_new_code_drops_the_entry_and_tells_the_therapist(patient: Patient) -> None:
    """R12, HZ05: `fall-risk` came on after approval: held entries are not offered; one note per entry."""
    PatientPrecaution.objects.create(patient=patient, code="fall-risk", on_at=MONDAY)
    day = opened(patient)
    assert not {"sit-to-stand", "heel-raise"} & set(slugs(day.plan))
    assert day.left_out == 2
    notes = set(
        Alert.objects.filter(patient=patient, level="note", rule="R12").values_list("params__exercise", flat=True)
    )
    assert notes == {"sit-to-stand", "heel-raise"}
    held = Alert.objects.get(patient=patient, params__exercise="sit-to-stand")
    words = alert_words(rule=held.rule, row=held.row, params=held.params, level=held.level)
    assert words == "Left out of today's session because of a precaution: Sit to stand."
    opened(patient)
    assert Alert.objects.filter(patient=patient).count() == 2


def test_r12_a_tick_brings_a_held_entry_back(patient: Patient) -> None:
    """R12, X6: the OK covers the code that it was made for, not a later one."""
    PatientPrecaution.objects.create(patient=patient, code="fall-risk", on_at=MONDAY)
    TickedEntry.objects.create(
        patient=patient, exercise="sit-to-stand", codes=["fall-risk"], ticked_by=patient.therapist
    )
    assert "sit-to-stand" in slugs(opened(patient).plan)
    PatientPrecaution.objects.create(patient=patient, code="knee-pain", on_at=MONDAY)
    assert "sit-to-stand" not in slugs(opened(patient).plan)


@pytest.mark.parametrize(
    "code", ["dvt-suspected", "progressive-weakness", "heart-disease-unstable", "cervical-myelopathy"]
)
def test_r10_a_blocking_code_closes_the_day(patient: Patient, code: str) -> None:
    """R10, R6, X4: while the code is on nothing starts, and no relief either."""
    PatientPrecaution.objects.create(patient=patient, code=code, on_at=MONDAY)
    offer = open_day(patient=patient, now=MONDAY).offer
    assert (offer.state, offer.kind, offer.relief) == ("closed", "", False)


@pytest.mark.parametrize(("levels", "gravest", "relief"), [("H", "H", True), ("TH", "T", False), ("HTE", "E", False)])
def test_s2_an_open_lock_beats_everything(patient: Patient, levels: str, gravest: str, relief: bool) -> None:
    """S2, X7: nothing starts; the gravest decides what is shown; H alone leaves the rest positions."""
    for level in levels:
        Lock.objects.create(patient=patient, level=level, rule="S9", key=level, opened_at=MONDAY)
    day = open_day(patient=patient, now=MONDAY)
    assert (day.offer.state, day.care.gravest, day.offer.relief) == ("locked", gravest, relief)
    assert (open_relief(patient=patient, now=MONDAY) is not None) is relief


def test_s13_a_walking_lock_holds_walking_entries_only(patient: Patient) -> None:
    """S13, X7: aerobic entries that start standing are held; the rest of the day stays."""
    Lock.objects.create(patient=patient, level="H", scope="walking", rule="S13", key="w", opened_at=MONDAY)
    plan = opened(patient, MONDAY + DAY).plan
    assert "walking-intervals" not in slugs(plan) and "seated-forward-bend" in slugs(plan)


@pytest.mark.parametrize(("restriction", "kind"), [("minimum", "minimum"), ("relief", "relief")])
def test_x14_a_paused_program_offers_only_what_is_left(patient: Patient, restriction: str, kind: str) -> None:
    """Safety X14, P14: minimum plan or relief only, until the therapist restarts."""
    Program.objects.filter(patient=patient).update(restricted_to=restriction)
    day = opened(patient)
    assert day.offer.kind == kind
    assert slugs(day.plan) == slugs(day.plan, "minimum" if kind == "minimum" else "relief_only")
    assert bool(slugs(day.plan, "minimum")) == (kind == "minimum"), "relief has no exercise to fall back on"


def test_s23_a_permission_counts_for_its_entry_before_its_expiry(patient: Patient) -> None:
    """S23, S20, safety X15: never in walking entries; 0 after the date."""
    for exercise, expires in (("bridge", None), ("heel-raise", MONDAY), ("walking-intervals", None)):
        EntryPermission.objects.create(
            patient=patient,
            exercise=exercise,
            rise_limit=2,
            centralising_ok=True,
            expires_at=expires,
            set_by=patient.therapist,
        )
    items = {item["slug"]: item for item in opened(patient).plan["items"]}  # type: ignore[index]
    assert (items["bridge"]["rise_limit"], items["bridge"]["centralising_ok"]) == (2, True)
    assert (items["heel-raise"]["rise_limit"], items["heel-raise"]["centralising_ok"]) == (0, False)
    walk = next(i for i in opened(patient, MONDAY + DAY).plan["items"] if i["slug"] == "walking-intervals")  # type: ignore[index]
    assert (walk["kind"], walk["rise_limit"]) == ("walk", 0)


def test_x11_a_neck_in_the_plan_makes_walking_ordinary(house: House) -> None:
    """Safety X11: walk kind only where lumbar is the only region."""
    patient = on_program(house.therapist, starts_on=MONDAY.date() - DAY, profile={"regions": ("lumbar", "cervical")})
    plan = opened(patient).plan
    assert plan is not None and not plan["walk_allowed"]
    assert {item["kind"] for item in plan["items"]} == {"ordinary"}


def test_s26_sugar_is_asked_with_insulin(patient: Patient) -> None:
    """S26: only with the code."""
    assert not opened(patient).plan["ask_sugar"]  # type: ignore[index]
    PatientPrecaution.objects.create(patient=patient, code="diabetes-insulin", on_at=MONDAY)
    assert opened(patient).plan["ask_sugar"]  # type: ignore[index]


def test_x18_what_is_left_seated_or_lying(patient: Patient) -> None:
    """Safety X18: sitting, supine, side; getting up from a chair is not seated."""
    left = {item["slug"] for item in opened(patient).plan["items"] if item["seated_or_lying"]}  # type: ignore[index]
    assert {"marching-seated", "bridge", "breathing"} <= left
    assert not {"sit-to-stand", "heel-raise"} & left


@pytest.mark.parametrize("code", ["cervical-myelopathy", "thoracic-myelopathy"])
def test_s23_no_rise_is_allowed_with_a_myelopathy_code(patient: Patient, code: str) -> None:
    """S23, safety X15: a permission from before the code counts for nothing."""
    allowed = replace(load_care(patient, MONDAY), permissions={"bridge": Permission(rise_limit=2)})

    def limit(care: Care) -> int:
        plan = build_plan(care, session="s", kind="full", day="A")
        return next(int(item["rise_limit"]) for item in plan["items"] if item["slug"] == "bridge")

    assert limit(allowed) == 2
    assert limit(replace(allowed, codes=allowed.codes | {code})) == 0
