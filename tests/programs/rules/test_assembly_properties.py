"""Section G of the routine rules: what holds for every profile."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from exercises.content import EQUIPMENT, RELIEF_POSITIONS, Kind, Region, Severity, StartPosition
from programs.rules.assembly import assemble
from programs.rules.filters import FLOOR_STARTS, first_verdict
from programs.rules.limits import R20_ACTIVE, RESTFUL, active_count, r30_counted_seconds, r30_fits
from programs.rules.ordering import position_changes
from programs.rules.profile import Profile
from programs.rules.routine import Role, Routine
from programs.rules.schedule import Load, planned_days, r28_conflicts
from programs.rules.substitution import OPENERS
from programs.rules.templates import template_for, templates
from programs.rules.time_limit import limit
from programs.rules.timing import whole_minutes
from tests.programs.rules.assembling import CATALOGUE, item

FEW = settings(max_examples=150, deadline=None)
CODES = sorted(CATALOGUE.codes)
PROFILES = st.builds(
    Profile,
    regions=st.lists(st.sampled_from(Region), min_size=1, max_size=3, unique=True).map(tuple),
    severity=st.sampled_from(Severity),
    precautions=st.frozensets(st.sampled_from(CODES), max_size=5),
    equipment=st.none() | st.frozensets(st.sampled_from([*EQUIPMENT, "none"]), max_size=6),
    minutes=st.none() | st.integers(10, 60),
    ok=st.frozensets(st.sampled_from(sorted(CATALOGUE.by_slug)), max_size=20),
    helps=st.frozensets(st.sampled_from(RELIEF_POSITIONS), max_size=2),
    mjoa=st.none() | st.integers(0, 18),
    specialist_agreement=st.booleans(),
    specialist_reason_against_surgery=st.booleans(),
    first_session=st.booleans(),
)


def routine_of(profile: Profile) -> Routine:
    return assemble(profile, CATALOGUE)


@FEW
@given(PROFILES)
def test_r12_r11_nothing_forbidden_or_locked_is_placed(profile: Profile) -> None:
    """G1; R12, R11, R10-R16: every placed entry passes all filters."""
    for day in routine_of(profile).days.values():
        for placed in day.items:
            assert not placed.content.exclude & profile.codes
            assert not placed.content.locks
            assert first_verdict(placed.content, profile) is None


@FEW
@given(PROFILES, st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_r28_r30_hold_over_any_seven_days(profile: Profile, start: date) -> None:
    """G2; R28, R30: three weeks on the calendar never break a limit."""
    routine = routine_of(profile)
    loads = []
    for on in (start + timedelta(days=since) for since in range(21)):
        names = planned_days(routine.week, start, on)
        items = [placed for name in names for placed in routine.days[name].items]
        assert r30_fits(r30_counted_seconds(items), profile.severity)
        aerobic = sum(
            placed.dose.minutes or 0
            for placed in items
            if placed.content.kind is Kind.AEROBIC and placed.role is not Role.OPENER
        )
        loads.append(Load(on, names, aerobic))
    assert r28_conflicts(loads) == ()


@FEW
@given(PROFILES)
def test_r17_never_upward(profile: Profile) -> None:
    """G3; R17: no stand-in is harder than what it replaces."""
    for swap in routine_of(profile).swaps:
        assert swap.to not in CATALOGUE.harder_reach(swap.origin)
        kind = CATALOGUE.by_slug[swap.origin].kind
        slot = swap.origin in RELIEF_POSITIONS or swap.to in (*OPENERS, "breathing") or kind is Kind.AEROBIC
        longer = len(CATALOGUE.easier_chain(swap.to)) > len(CATALOGUE.easier_chain(swap.origin))
        assert slot or not longer


def test_r24_position_changes_of_the_shipped_templates() -> None:
    """G4; R24: at most five position changes, and the worst template has five."""
    counts = [
        position_changes([item(slug, name.rsplit("-", 1)[1]) for slug in day])
        for name, template in templates().items()
        for day in template.days.values()
    ]
    assert max(counts) == 5


@FEW
@given(PROFILES)
def test_r15_nothing_on_the_floor(profile: Profile) -> None:
    """G5; R15: with `cannot-get-to-floor` no entry starts on the floor."""
    for day in routine_of(profile).days.values():
        starts: set[StartPosition] = {placed.content.start_position for placed in day.items}
        assert "cannot-get-to-floor" not in profile.codes or not starts & FLOOR_STARTS


@FEW
@given(PROFILES.filter(lambda profile: profile.severity is Severity.SEVERE))
def test_r19_severe_opens_softly(profile: Profile) -> None:
    """G6; R19, R20: a relief, breathing or seated entry opens, and at most four are active."""
    for name, day in routine_of(profile).days.items():
        assert active_count(day.items) <= 4
        if day.items and name != "D":
            opener = day.items[0].content
            assert opener.slug in RESTFUL or opener.start_position is StartPosition.SITTING


@FEW
@given(PROFILES)
def test_x20_same_in_same_out_and_every_template_entry_is_accounted_for(profile: Profile) -> None:
    """X20: deterministic; each template entry is placed, swapped or left out, exactly once."""
    routine = routine_of(profile)
    assert routine == routine_of(profile)
    if routine.blocked and routine.blocked.rule != "R17":
        return
    for name, template in template_for(profile).days.items():
        placed = [entry.exercise for entry in routine.days[name].items if entry.exercise == entry.origin]
        swapped = [swap.origin for swap in routine.swaps if swap.day == name]
        missing = [gap.exercise for gap in routine.left_out if gap.day == name]
        assert sorted([*placed, *swapped, *missing]) == sorted(template)
        assert all(entry.reasons for entry in routine.days[name].items)
        assert len({entry.exercise for entry in routine.days[name].items}) == len(routine.days[name].items)
        assert {swap.to for swap in routine.swaps if swap.day == name} <= {
            entry.exercise for entry in routine.days[name].items
        }


@FEW
@given(PROFILES)
def test_r20_r23_limits_of_a_session(profile: Profile) -> None:
    """R20, R23, X12: active entries and minutes fit, or the explanation says that they cannot."""
    routine = routine_of(profile)
    admitted = {row.day for row in routine.explanation if row.key == "still-over-time"}
    for name, day in routine.days.items():
        assert active_count(day.items) <= R20_ACTIVE[profile.severity]
        assert whole_minutes(day.seconds) <= limit(name, profile) or name in admitted


@FEW
@given(PROFILES)
def test_x6_a_tick_settles_what_needs_ok(profile: Profile) -> None:
    """X6: an entry that needs an OK lacks nothing else."""
    for slug, code in routine_of(profile).needs_ok:
        assert code in profile.codes
        verdict = first_verdict(CATALOGUE.by_slug[slug], profile)
        assert verdict is not None
        assert verdict.rule == "R12" and code in verdict.codes
