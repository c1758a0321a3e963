"""S19: what is kept of each walking interval."""

from typing import Any

from programs.rules.record import done_of
from programs.rules.session import fold, in_order
from programs.wording.review import walk_words
from tests.programs.rules.session_log import Log, begun, make_plan


def walked(log: Log, seconds: int, first: int | None = None) -> Log:
    """An interval, and what hurt after it where the first signs came."""
    log.add("interval", item="W1", planned_s=120, walked_s=seconds, first_symptom_s=first)
    return log.pain("W1", limb=3, source="minutes") if first is not None else log.pain("W1", source="minutes")


def walks_of(log: Log) -> tuple[Any, ...]:
    """What the record says."""
    plan = make_plan()
    return done_of(plan, in_order(log.events), fold(plan, log.events))["W1"].walks


def test_s19_time_walked_time_to_the_first_signs_and_recovery_are_kept() -> None:
    log = walked(begun(), 80, 80).rest("W1", 75, limb=3, after=2, origin="interval")
    log.rest("W1", 150, after=1, origin="interval")
    walked(log, 50)
    assert walks_of(log) == (
        {"walked_s": 80, "first_symptom_s": 80, "recovery_s": 150},
        {"walked_s": 50, "first_symptom_s": None, "recovery_s": None},
    )


def test_x10_only_a_settled_answer_ends_the_recovery() -> None:
    log = walked(begun(), 80, 80)
    for given in ({"limb": 3}, {"spine": 4}, {"tingling": "brief"}, {"spine": None}):
        log.rest("W1", 90, after=0.1, origin="interval", **given)
    assert walks_of(log)[0]["recovery_s"] is None


def test_s19_the_therapist_reads_it_in_words() -> None:
    words = walk_words(2, {"walked_s": 80, "first_symptom_s": 75, "recovery_s": 150})
    assert words == "Walk 2: 1:20 min walked, first leg signs after 1:15 min, settled after 2:30 min of rest"
    assert walk_words(1, {"walked_s": 120, "first_symptom_s": None, "recovery_s": None}) == "Walk 1: 2:00 min walked"


def test_s19_p12_a_walk_made_easier_is_the_plan_of_the_next() -> None:
    """X11: also where the first signs came in a rest, and no walk of that length was told."""
    log = begun().add("interval", item="W1", planned_s=120, walked_s=120, first_symptom_s=None)
    log.pain("W1", source="minutes").add("eased", item="W1", stretch_s=80).pain("W1", limb=3, source="stop-button")
    assert fold(make_plan(), log.events).next_interval_s == 50
