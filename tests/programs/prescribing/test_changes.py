"""What differs between two programs, and the edits of a draft, as plain values."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exercises.content import Dose
from programs.changes import Placed, compare, raises_or_adds
from programs.prescribing import edits
from programs.prescribing.draft import Draft, Entry, from_json, to_json

DOSE = Dose(sets=2, reps=8, hold_seconds=5, rest_seconds=30, daily_cap=20)
SLUGS = ("bridge", "clamshell", "heel-raise", "pelvic-tilt", "toe-raise", "wall-slide")


def program(*slugs: str, dose: Dose = DOSE) -> tuple[Placed, ...]:
    """Entries of an A day."""
    return tuple(Placed("A", number, slug, dose) for number, slug in enumerate(slugs, start=1))


def test_what_goes_moves_nothing_else() -> None:
    """Only a change of order among what stays is a move."""
    changes = compare(program("bridge", "clamshell", "heel-raise"), program("clamshell", "heel-raise"))
    assert [item.exercise for item in changes.removed] == ["bridge"] and not changes.changed
    changes = compare(program("bridge", "clamshell"), program("clamshell", "bridge"))
    assert {change.field for change in changes.changed} == {"position"} and not changes.added


@pytest.mark.parametrize(
    ("field", "value", "raises"),
    [
        ("sets", 3, True),
        ("sets", 1, False),
        ("hold_seconds", 6, True),
        ("rest_seconds", 15, True),
        ("rest_seconds", 60, False),
        ("times_a_day", 2, True),
        ("per_side", True, True),
    ],
)
def test_r39_what_raises_and_what_does_not(field: str, value: Any, raises: bool) -> None:
    """R39, X18: more work or less rest raises; less work or more rest does not."""
    after = program("bridge", dose=replace(DOSE, **{field: value}))
    assert raises_or_adds(program("bridge"), after) is raises


def test_r39_the_same_exercise_on_a_further_day_adds() -> None:
    """R39: another day is more."""
    before = program("bridge")
    assert raises_or_adds(before, (*before, Placed("D", 1, "bridge", DOSE)))
    assert not raises_or_adds(before, before) and not raises_or_adds(before, ())


def draft(slugs: list[str]) -> Draft:
    """A draft with an A day."""
    return Draft(days={"A": tuple(Entry(slug, DOSE) for slug in slugs), "B": (), "D": ()}, severity="mild")


DAYS = st.lists(st.sampled_from(SLUGS), min_size=1, unique=True)


@given(DAYS, st.data())
@settings(max_examples=100, deadline=None)
def test_moving_keeps_every_entry_and_removing_can_be_undone(slugs: list[str], data: st.DataObject) -> None:
    """For any day: nothing is lost or doubled, and what was taken out comes back to its place."""
    begun, slug = draft(slugs), data.draw(st.sampled_from(slugs))
    moved = edits.move(begun, "A", slug, data.draw(st.integers(-3, 12)))
    assert sorted(entry.exercise for entry in moved.days["A"]) == sorted(slugs)
    back = edits.restore(edits.remove(begun, "A", slug), "A", slug)
    assert back.days == begun.days and not back.removed
    assert from_json(to_json(moved)) == moved


@given(DAYS, DAYS, st.data())
@settings(max_examples=100, deadline=None)
def test_merging_keeps_what_was_done_by_hand(old: list[str], fresh: list[str], data: st.DataObject) -> None:
    """Assembling again: hand-set doses and hand-added entries stay, what was taken out stays out, nothing twice."""
    begun = draft(old)
    chosen = data.draw(st.sampled_from(old))
    dose = replace(DOSE, reps=3)
    begun = edits.set_dose(begun, "A", chosen, dose)
    begun = edits.add(begun, "A", Entry("mini-squat", DOSE, by_hand=True))
    gone = data.draw(st.sampled_from(old))
    begun = edits.remove(begun, "A", gone)
    merged = edits.merge(begun, draft(fresh))
    slugs = [entry.exercise for entry in merged.days["A"]]
    assert "mini-squat" in slugs and gone not in slugs and len(slugs) == len(set(slugs))
    kept = merged.entry("A", chosen)
    assert kept is None or kept.dose == dose
    assert set(fresh) - {gone} <= set(slugs)
