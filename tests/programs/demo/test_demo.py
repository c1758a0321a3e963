"""The demo clinic: every story is told by the application's own actions, and can be moved along."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker, Settings

from accounts.demo import DEMO_CLINIC, DEMO_PATIENT, DEMO_STAFF
from accounts.models import Clinic, Patient, User
from exercises.loading import load
from exercises.starter import load_starter
from programs.demo.building import bring_up_to_date
from programs.demo.moving import later_words, move_along
from programs.demo.stories import stories
from programs.models import Alert, Lock, ProgramRevision, Session, SessionEvent
from programs.review import states

NOW = datetime(2026, 7, 15, 14, 30, tzinfo=UTC)
TODAY = NOW.date()


def patient(name: str) -> Patient:
    """The demo's patient of that name."""
    return Patient.objects.get(display_name=name)


def test_the_stories_can_be_read() -> None:
    told = stories()
    assert len(told) == 8
    assert {story.therapist for story in told} == {"therapist", "second-therapist"}
    assert told[0].name == DEMO_PATIENT


def test_pain_changes_evenly_between_the_days_of_a_story() -> None:
    rosa = stories()[0]
    assert rosa.pain_on(-56) == (4, 5)
    assert rosa.pain_on(0) == (2, 2)
    assert rosa.pain_on(-14) in {(2, 3), (3, 3)}


def test_only_the_demo_has_demo_people(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="demo mode only"):
        call_command("load_demo")


@pytest.mark.django_db
def test_only_the_demo_s_dates_are_moved(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(RuntimeError):
        move_along(1)


def test_dates_inside_texts_and_values_are_moved() -> None:
    plan = {"local_date": "2026-02-27", "at": "2026-02-28T23:50:00+00:00", "n": [1, "no-answer:2026-02-28"], "x": None}
    assert later_words(plan, 2) == {
        "local_date": "2026-03-01",
        "at": "2026-03-02T23:50:00+00:00",
        "n": [1, "no-answer:2026-03-02"],
        "x": None,
    }
    assert later_words("2026-99-99", 2) == "2026-99-99"


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo, made at NOW, once for all tests of this file; each of them is rolled back to here."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(load_starter())
        assert bring_up_to_date(NOW).built
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(built: None, db: None, settings: Settings) -> None:
    """The demo, made at NOW."""
    settings.DEMO = True


def test_everybody_of_the_issue_is_there_and_every_story_is_true(demo: None) -> None:
    clinic = Clinic.objects.get(name=DEMO_CLINIC)
    assert {user.email for user in User.objects.staff_of(clinic)} == {person.email for person in DEMO_STAFF.values()}
    assert Patient.objects.count() == 8

    rosa = patient(DEMO_PATIENT)
    assert rosa.sessions.filter(state=Session.State.FINISHED).count() > 40
    assert rosa.revisions.count() == 2
    assert not Lock.objects.open().filter(patient=rosa).exists()

    walter = Alert.objects.open().filter(patient=patient("Walter B."))
    assert walter.filter(level=Alert.Level.STOP).exists()
    assert patient("Walter B.").sessions.filter(state=Session.State.ENDED).count() == 1

    grace = patient("Grace O.")
    locks = Lock.objects.open().filter(patient=grace)
    assert {(lock.level, lock.rule, lock.opened_at.date()) for lock in locks} == {
        ("T", "S9", TODAY),
        ("H", "S9", TODAY),
    }
    assert Alert.objects.open().filter(patient=grace, level=Alert.Level.T).count() == 1

    henry = patient("Henry K.")
    last = henry.sessions.exclude(started_at=None).latest("local_date").local_date
    assert TODAY - last >= timedelta(days=states.AWAY_DAYS)

    lena = patient("Lena F.")
    assert lena.revisions.get().starts_on == TODAY
    assert not lena.sessions.exclude(started_at=None).exists()

    held = patient("Amara D.").revisions.get()
    assert any(gap["rule"] == "R12" and gap["exercise"] == "seated-row-band" for gap in held.left_out)

    assert "cannot-get-to-floor" in patient("Josef P.").revisions.get().codes
    assert patient("Bea S.").is_discharged


def test_the_past_was_written_in_the_past(demo: None) -> None:
    assert not Session.objects.filter(minted_at__gt=NOW).exists()
    assert not SessionEvent.objects.filter(received_at__gt=NOW).exists()
    assert not Alert.objects.filter(at__gt=NOW).exists()
    assert Session.objects.earliest("minted_at").minted_at.date() <= TODAY - timedelta(days=55)


def test_a_second_load_on_the_same_day_changes_nothing(demo: None) -> None:
    before = list(Session.objects.order_by("pk").values_list("pk", "minted_at"))
    outcome = bring_up_to_date(NOW + timedelta(hours=5))
    assert (outcome.built, outcome.moved_days) == (False, 0)
    assert list(Session.objects.order_by("pk").values_list("pk", "minted_at")) == before


def test_days_later_every_date_is_moved_and_nothing_is_lost(demo: None) -> None:
    ids = set(SessionEvent.objects.values_list("pk", flat=True))
    began = ProgramRevision.objects.get(patient=patient("Lena F."))
    outcome = bring_up_to_date(NOW + timedelta(days=9))
    assert (outcome.built, outcome.moved_days) == (False, 9)
    assert set(SessionEvent.objects.values_list("pk", flat=True)) == ids
    moved = ProgramRevision.objects.get(pk=began.pk)
    assert moved.starts_on == began.starts_on + timedelta(days=9)
    assert moved.approved_at == began.approved_at + timedelta(days=9)
    for session in Session.objects.all()[:20]:
        assert session.plan["local_date"] == session.local_date.isoformat()
    opened = set(Lock.objects.open().filter(patient=patient("Grace O.")).values_list("opened_at__date", flat=True))
    assert opened == {TODAY + timedelta(days=9)}
