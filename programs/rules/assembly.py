"""Assembling a routine from a profile and a catalogue (sections A-E of the routine rules; steps as in X20)."""

from dataclasses import replace

from exercises.content import Catalogue
from programs.rules.filters import Sieve
from programs.rules.gates import block
from programs.rules.given import check
from programs.rules.limits import R20_ACTIVE, r20_surplus, r30_shortened, r39_test_dose
from programs.rules.ordering import order
from programs.rules.profile import Profile
from programs.rules.routine import Day, Decision, Item, LeftOut, Mark, Routine
from programs.rules.slots import Filling, fill_day
from programs.rules.templates import DAYS, template_for
from programs.rules.time_limit import fit
from programs.rules.week import is_offered, marks, week


def assemble(profile: Profile, catalogue: Catalogue) -> Routine:
    """The routine for a patient: a draft for the therapist, with every decision explained (R1).

    Same in, same out (X20). Raises ``ProfileError`` for a code or slug that the catalogue does not know (X1).
    """
    check(profile, catalogue)
    template = template_for(profile)
    empty = Routine(
        severity=profile.severity.value,
        regions=tuple(region.value for region in profile.regions),
        template=template.name,
        days={name: Day() for name in DAYS},
    )
    if gate := block(profile):
        decision = Decision("", "", gate.rule, gate.key, {"codes": (gate.code,), "mjoa": profile.mjoa})
        return replace(empty, blocked=decision, explanation=(decision,))
    sieve = Sieve(profile)
    fillings = {name: _day(name, template.days[name], catalogue, sieve) for name in DAYS}
    noted = [mark for filling in fillings.values() for mark in _thin(filling, profile)]
    _shorten_daily(fillings, profile)
    days = {name: Day(tuple(filling.items)) for name, filling in fillings.items()}
    routine = replace(
        empty,
        days=days,
        week=week(days, profile.severity),
        left_out=tuple(gap for filling in fillings.values() for gap in filling.left_out),
        swaps=tuple(swap for filling in fillings.values() for swap in filling.swaps),
        needs_ok=tuple(dict.fromkeys(pair for filling in fillings.values() for pair in filling.needs_ok)),
        marks=tuple(noted),
        explanation=tuple(row for filling in fillings.values() for row in filling.explanation),
    )
    return _blocked_if_empty(routine)


def _day(name: str, slugs: tuple[str, ...], catalogue: Catalogue, sieve: Sieve) -> Filling:
    """X6-X12 and X18 for one day."""
    profile = sieve.profile
    filling = fill_day(name, slugs, catalogue, sieve)
    filled = tuple(filling.items)
    ordered = order(filled, fall_risk="fall-risk" in profile.codes)
    if ordered != filled:
        filling.explain("", "R18" if "fall-risk" in profile.codes else "R24", "reordered")
    kept, surplus = r20_surplus(ordered, profile.severity)
    for item in surplus:
        drop(filling, item, "R20", "over-active-limit", limit=R20_ACTIVE[profile.severity])
    if profile.first_session:
        kept = tuple(_tested(filling, item) for item in kept)
    fitted = fit(name, kept, profile)
    _explain_fit(filling, kept, fitted.items, limit=fitted.limit)
    for item in fitted.dropped:
        drop(filling, item, "R23", "over-time", limit=fitted.limit)
    if fitted.over:
        filling.explain("", "R23", "still-over-time", limit=fitted.limit)
    filling.items = fitted.items
    return filling


def _tested(filling: Filling, item: Item) -> Item:
    changed = r39_test_dose(item)
    if changed != item:
        filling.explain(item.exercise, "R39", "test-dose")
    return changed


def _explain_fit(filling: Filling, before: tuple[Item, ...], after: list[Item], *, limit: int) -> None:
    planned = {item.exercise: item.dose.minutes for item in before}
    for item in after:
        if item.dose.minutes != planned[item.exercise]:
            filling.explain(
                item.exercise,
                "R23",
                "shortened",
                minutes=item.dose.minutes,
                planned=planned[item.exercise],
                limit=limit,
            )


def drop(filling: Filling, item: Item, rule: str, key: str, **params: object) -> None:
    """Take a placed entry out again: the template entry of its place is left out by ``rule`` (X20)."""
    decision = filling.explain(item.exercise, rule, key, **params)
    filling.swaps = [swap for swap in filling.swaps if swap.origin != item.origin]
    filling.left_out.append(LeftOut(filling.day, item.origin, rule, decision))


def _thin(filling: Filling, profile: Profile) -> tuple[Mark, ...]:
    """X13: the marks of an offered day; a day that is not offered loses all its entries."""
    day = Day(tuple(filling.items))
    if is_offered(filling.day, day, profile.severity):
        found = marks(filling.day, day)
        for mark in found:
            filling.explain("", "X13", mark.mark.replace(" ", "-"))
        return found
    filling.explain("", "X13", "not-offered")
    for item in day.items:
        drop(filling, item, "R17", "not-offered")
    filling.items = []
    return ()


def _shorten_daily(fillings: dict[str, Filling], profile: Profile) -> None:
    """R30, X15: where A and D together pass the day's exercise minutes, D loses entries from its end."""
    control, daily = fillings["A"], fillings["D"]
    kept, lost = r30_shortened(tuple(control.items), tuple(daily.items), profile.severity)
    for item in lost:
        drop(daily, item, "R30", "over-day-limit")
    daily.items = list(kept)


def _blocked_if_empty(routine: Routine) -> Routine:
    """X13: with no day offered the therapist builds by hand."""
    if any(day.items for day in routine.days.values()):
        return routine
    decision = Decision("", "", "R17", "blocked-nothing-left")
    return replace(routine, blocked=decision, explanation=(*routine.explanation, decision))
