"""The order of a day's entries (X10): blocks by R18, and few changes of position (R24)."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from exercises.content import Kind, StartPosition
from programs.rules.routine import Item, Role

MAX_POSITION_CHANGES = 5
"""X10: with more than this the main part is sorted by position."""

R24_RANK: dict[StartPosition, int] = {
    StartPosition.SITTING: 1,
    StartPosition.STANDING: 2,
    StartPosition.SUPINE: 3,
    StartPosition.SIDE: 4,
    StartPosition.FOUR_POINT: 5,
    StartPosition.PRONE: 6,
    StartPosition.FLOOR_SITTING: 7,
}
"""R24: positions from easy to reach to hard to leave; the ones that are not listed come last."""


def position_changes(items: Iterable[Item]) -> int:
    """R24: how often the patient changes position; an entry that starts anywhere (`any`) never counts."""
    starts = [item.content.start_position for item in items if item.content.start_position is not StartPosition.ANY]
    return sum(before is not after for before, after in pairwise(starts))


def order(items: Sequence[Item], *, fall_risk: bool) -> tuple[Item, ...]:
    """X10: the day in its order. A D set, which has neither opener nor closer, stays as it is."""
    if not any(item.role in (Role.OPENER, Role.CLOSER) for item in items):
        return tuple(items)
    opener = [item for item in items if item.role is Role.OPENER]
    closer = [item for item in items if item.role is Role.CLOSER]
    main = [item for item in items if item.role is Role.MAIN]
    main = r18_blocks(main, fall_risk=fall_risk)
    if position_changes((*opener, *main, *closer)) > MAX_POSITION_CHANGES:
        main = r24_sorted(main, fall_risk=fall_risk)
    return (*opener, *main, *closer)


def r18_blocks(main: list[Item], *, fall_risk: bool) -> list[Item]:
    """R18: balance after the aerobic entry, or with fall-risk before everything else."""
    if fall_risk:
        return _of(main, Kind.BALANCE) + [item for item in main if item.content.kind is not Kind.BALANCE]
    aerobic = [place for place, item in enumerate(main) if item.content.kind is Kind.AEROBIC]
    if not aerobic:
        return main
    before, after = main[: aerobic[-1] + 1], main[aerobic[-1] + 1 :]
    kept = [item for item in before if item.content.kind is not Kind.BALANCE]
    return kept + _of(before, Kind.BALANCE) + after


def r24_sorted(main: list[Item], *, fall_risk: bool) -> list[Item]:
    """R24: by position, stably; then the aerobic and the balance entries, with fall-risk balance first."""
    balance, aerobic = _of(main, Kind.BALANCE), _of(main, Kind.AEROBIC)
    rest = [item for item in main if item.content.kind not in (Kind.BALANCE, Kind.AEROBIC)]
    rest.sort(key=lambda item: R24_RANK.get(item.content.start_position, len(R24_RANK) + 1))
    return balance + rest + aerobic if fall_risk else rest + aerobic + balance


def _of(items: Sequence[Item], kind: Kind) -> list[Item]:
    return [item for item in items if item.content.kind is kind]
