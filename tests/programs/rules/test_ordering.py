"""X10: the order of a day (R18, R24)."""

from dataclasses import replace

from exercises.content import StartPosition
from programs.rules.ordering import order, position_changes
from programs.rules.routine import Item, Role
from tests.programs.rules.assembling import item, routine, slugs


def day(*main: str) -> list[Item]:
    return [item("marching-seated", role=Role.OPENER), *map(item, main), item("breathing", role=Role.CLOSER)]


def names(items: tuple[Item, ...]) -> list[str]:
    return [entry.exercise for entry in items[1:-1]]


def test_r18_template_order_stands() -> None:
    given = ("bridge", "single-leg-stand", "clamshell")
    assert names(order(day(*given), fall_risk=False)) == list(given)


def test_r18_balance_comes_after_the_aerobic_entry() -> None:
    given = day("tandem-stand", "bridge", "stationary-bike", "clamshell")
    assert names(order(given, fall_risk=False)) == ["bridge", "stationary-bike", "tandem-stand", "clamshell"]


def test_r18_fall_risk_balance_straight_after_the_opener() -> None:
    given = day("bridge", "stationary-bike", "tandem-stand")
    assert names(order(given, fall_risk=True)) == ["tandem-stand", "bridge", "stationary-bike"]
    found = routine(codes=("fall-risk",), ok=["single-leg-stand"])
    assert slugs(found, "A")[1] == "single-leg-stand"


LONG = ("heel-raise", "bridge", "sit-to-stand", "tandem-stand", "clamshell", "stationary-bike", "pelvic-tilt")


def test_r24_many_changes_are_sorted_by_position() -> None:
    assert position_changes(day(*LONG)) > 5
    ordered = order(day(*LONG), fall_risk=False)
    assert names(ordered) == [
        "sit-to-stand",
        "heel-raise",
        "bridge",
        "pelvic-tilt",
        "clamshell",
        "stationary-bike",
        "tandem-stand",
    ]
    risky = order(day(*LONG), fall_risk=True)
    assert names(risky) == ["tandem-stand", *names(ordered)[:-1]]


def test_r24_five_changes_stay_and_any_never_counts() -> None:
    five = day("heel-raise", "sit-to-stand", "bridge", "toe-raise", "pelvic-tilt")
    six = position_changes(five)
    assert six == 6
    anywhere = [
        replace(entry, content=replace(entry.content, start_position=StartPosition.ANY))
        if entry.exercise == "heel-raise"
        else entry
        for entry in five
    ]
    assert position_changes(anywhere) == 4
    assert names(order(anywhere, fall_risk=False)) == [entry.exercise for entry in five[1:-1]]


def test_r24_floor_sitting_after_prone() -> None:
    given = day("hamstring-stretch-floor", "bridge", "plank-knee", "bird-dog", "clamshell", "heel-raise")
    assert names(order(given, fall_risk=False)) == [
        "heel-raise",
        "bridge",
        "clamshell",
        "bird-dog",
        "plank-knee",
        "hamstring-stretch-floor",
    ]


def test_x10_a_daily_set_stays_as_it_is() -> None:
    given = [item("tandem-stand"), item("stationary-bike")]
    assert order(given, fall_risk=True) == tuple(given)
