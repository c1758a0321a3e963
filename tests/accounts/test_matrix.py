"""Design decision 5: every route, for every role, with own, foreign, mixed and missing objects."""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from accounts import policy
from accounts.models import Patient, User
from accounts.policy import POLICY, Rule
from programs.models import Session
from tests import factories
from tests.accounts.matrix import CLOSED, OPEN, Route, all_routes, missing_objects, objects_of
from tests.conftest import House
from tests.signing_in import sign_in
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db

AUDIENCES = {
    "anonymous": {"anonymous"},
    "deactivated": {"anonymous"},
    "patient": {"patient"},
    "discharged": {"discharged"},
    "therapist": {"therapist", "staff"},
    "editor": {"editor", "staff"},
    "admin": {"admin", "staff"},
    "no-role": {"staff"},
}
"""Who is in which audience, said again here so that the table is not held against itself."""
NEEDS_MORE_THAN_IDS = ("prescribing:item-", "review:put-back")
"""Routes whose own object exists only in a further state: an item of a draft, an alert that one noted oneself."""


@pytest.fixture
def treated(house: House, catalogue: None) -> Patient:
    """The patient of ``house`` whose things the matrix asks for, with a program."""
    factories.make_profile(house.patient)
    factories.make_revision(house.patient)
    return house.patient


@pytest.fixture
def objects(house: House, other_house: House, treated: Patient) -> dict[str, dict[str, Any]]:
    """The objects by world: own, other, mixed (a foreign thing under an own patient), missing."""
    client = StrictClient(raise_request_exception=False)
    sign_in(client, treated.user)
    client.get("/today/")
    client.post("/today/rest/")
    session = treated.sessions.first() or _session(treated)
    factories.make_profile(other_house.patient)
    factories.make_revision(other_house.patient)
    own = objects_of(house, treated, session)
    other = objects_of(other_house, other_house.patient, _session(other_house.patient))
    return {
        "own": own,
        "other": other,
        "mixed": other | {"patient_id": own["patient_id"]},
        "missing": missing_objects(),
    }


def _session(patient: Patient) -> Session:
    return Session.objects.create(
        patient=patient,
        revision=patient.program.current,
        local_date=timezone.localdate(),
        zone=patient.time_zone,
        plan={"items": []},
    )


def client_of(role: str, house: House, treated: Patient) -> StrictClient:
    """A client on which a person of the role is signed in."""
    client = StrictClient(raise_request_exception=False)
    if role == "anonymous":
        return client
    if role in {"patient", "discharged"}:
        sign_in(client, treated.user)
        if role == "discharged":
            Patient.objects.filter(pk=treated.pk).update(discharged_at=timezone.now())
        return client
    people: dict[str, Callable[[], User]] = {
        "deactivated": lambda: factories.make_staff(house.clinic, "therapist", "editor", "admin"),
        "no-role": lambda: factories.make_staff(house.clinic),
    }
    person = people[role]() if role in people else house.person(role)
    sign_in(client, person)
    if role == "deactivated":
        User.objects.get_queryset().filter(pk=person.pk).update(is_active=False)
    return client


@contextmanager
def undone(client: StrictClient) -> Iterator[None]:
    """Whatever a request changes is undone, in the database and in the client's cookies."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


def ask(client: StrictClient, method: str, route: Route, values: dict[str, Any], account: str) -> Any:
    """The answer to one request, which changes nothing that lasts."""
    address = route.address(values)
    body, kind = b"", "application/x-www-form-urlencoded"
    if address.endswith("/events/"):
        body, kind = f'{{"account": "{account}", "events": []}}'.encode(), "application/json"
    with undone(client):
        return client.generic(method, address, body, content_type=kind)


@pytest.mark.parametrize("role", AUDIENCES)
def test_every_route_answers_as_the_policy_says(
    role: str, house: House, other_house: House, treated: Patient, objects: dict[str, dict[str, Any]]
) -> None:
    client = client_of(role, house, treated)
    faults: list[str] = []
    for route in all_routes():
        rule = POLICY[route.name]
        allowed = bool(rule.audience & AUDIENCES[role])
        for method in ("GET", "HEAD", "POST"):
            check = _allowed if allowed else _denied
            for fault, answer in check(client, method, route, rule, objects, role):
                if fault:
                    faults.append(f"{role} {method} {route.name}: {fault}, got {answer.status_code}")
                if other_house.canary.encode() in answer.content:
                    faults.append(f"{role} {method} {route.name} shows the other clinic's words")
    assert not faults, "\n".join(faults)


def _denied(
    client: StrictClient, method: str, route: Route, rule: Rule, objects: dict[str, dict[str, Any]], role: str
) -> Iterator[tuple[str, Any]]:
    for world in ("own", "missing") if route.parameters else ("own",):
        answer = ask(client, method, route, objects[world], "")
        if "anonymous" not in AUDIENCES[role] or not rule.audience:
            yield ("should be 404" if answer.status_code != 404 else ""), answer
        elif route.name == "guided:events":
            yield ("should be 401" if answer.status_code != 401 else ""), answer
        else:
            to_sign_in = answer.status_code == 302 and answer["Location"].startswith(("/account/login/", "/card/"))
            yield ("" if to_sign_in else "should ask to sign in"), answer


def _allowed(
    client: StrictClient, method: str, route: Route, rule: Rule, objects: dict[str, dict[str, Any]], role: str
) -> Iterator[tuple[str, Any]]:
    account = str(objects["own"]["patient_id"])
    own = ask(client, method, route, objects["own"], account)
    refused = own.status_code >= 500 or own.status_code in {401, 403}
    lost = own.status_code == 404 and rule.object_kind in CLOSED and not route.name.startswith(NEEDS_MORE_THAN_IDS)
    yield ("should be answered" if refused or lost else ""), own
    if rule.object_kind not in CLOSED:
        return
    missing = ask(client, method, route, objects["missing"], account)
    yield ("a missing object should be 404" if missing.status_code not in {404, 405} else ""), missing
    worlds = ("other", "mixed") if len(route.parameters) > 1 and role == "therapist" else ("other",)
    for world in worlds:
        if world == "mixed" and rule.object_kind == "patient":
            continue
        foreign = ask(client, method, route, objects[world], account)
        same = (foreign.status_code, foreign.content) == (missing.status_code, missing.content)
        yield ("" if same else f"a {world} object should look like a missing one"), foreign


def test_every_route_has_a_rule_and_every_rule_knows_its_kind_of_object() -> None:
    for route in all_routes():
        rule = POLICY[route.name]
        assert rule.object_kind in CLOSED | OPEN | {""}, f"teach the matrix about {rule.object_kind!r}"
        assert bool(rule.object_kind) == bool(route.parameters), f"{route.name}: name the kind of its object"
    assert {route.name for route in all_routes()} == POLICY.keys()


def test_a_route_without_a_rule_is_denied(monkeypatch: pytest.MonkeyPatch, house: House, catalogue: None) -> None:
    monkeypatch.delitem(POLICY, "exercises:list")
    client = StrictClient(raise_request_exception=False)
    assert client.get("/exercises/").status_code == 302
    sign_in(client, house.therapist)
    assert client.get("/exercises/").status_code == 404


def test_only_therapists_and_the_patient_reach_what_is_a_patients() -> None:
    for name, rule in POLICY.items():
        if rule.object_kind in {"patient", "session", "alert", "lock", "device"}:
            assert rule.audience in ({"therapist"}, {"patient"}, {"patient", "discharged"}), name


def test_a_discharged_patient_reaches_the_day_and_can_send_what_was_done_before_and_no_more() -> None:
    private = {
        name for name, rule in POLICY.items() if "discharged" in rule.audience and "anonymous" not in rule.audience
    }
    assert private == {"guided:today", "guided:session", "guided:events", "accounts:confirm-me"}


def test_nobody_is_let_in_by_a_closed_rule() -> None:
    everybody = [User(email=None), User(email="x@y.example", is_therapist=True, is_editor=True, is_admin=True)]
    closed = replace(POLICY["home"], audience=policy.NOBODY)
    assert not any(closed.allows(person) for person in everybody)
