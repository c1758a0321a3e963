"""What a patient's present state forbids in a program that was approved earlier (R12, HZ05). No database."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from exercises.content import Catalogue, Exercise
from programs.models import ProgramItem, ProgramRevision
from programs.rules.filters import Effect, Verdict, judge
from programs.rules.gates import Block, block
from programs.rules.profile import Profile

NOT_BY_A_CODE = frozenset({"R11", "R13", "R14"})
"""Verdicts that were the therapist's to weigh at approval and that no later code brings about."""


@dataclass(frozen=True)
class BlockedItem:
    """An entry that must not start now: why, and through which precaution codes."""

    exercise: str
    rule: str
    effect: Effect
    key: str
    codes: tuple[str, ...] = ()


def blocked_items(revision: ProgramRevision, profile: Profile, catalogue: Catalogue) -> tuple[BlockedItem, ...]:
    """R12, HZ05: the entries of ``revision`` that the patient's present precautions exclude or hold.

    A gate that closed since the approval (X4) blocks every entry. An entry that the therapist added by hand with
    a reason stands against the codes in force at approval (R38), not against a later one. Prefetch ``items__version``.
    """
    items = {item.exercise: item for item in revision.items.all()}
    gate = gate_since(profile, revision.codes)
    if gate is not None:
        return tuple(BlockedItem(slug, gate.rule, Effect.EXCLUDED, gate.key, (gate.code,)) for slug in items)
    found = []
    for slug, item in items.items():
        # What was retired since is judged by the version that the program pins.
        exercise = catalogue.get(slug) or item.version.as_content()
        verdict = forbidden(exercise, profile, known=revision.codes if item.by_hand_reason else ())
        verdict = verdict or _through_a_part(item, profile, catalogue)
        if verdict is not None:
            found.append(BlockedItem(slug, verdict.rule, verdict.effect, verdict.key, verdict.codes))
    return tuple(found)


def _through_a_part(item: ProgramItem, profile: Profile, catalogue: Catalogue) -> Verdict | None:
    """X19: a core block stands only while every part of it does."""
    parts = [catalogue.get(part["exercise"]) for part in item.parts or ()]
    verdicts = [forbidden(part, profile) for part in parts if part is not None]
    return next((verdict for verdict in verdicts if verdict is not None), None)


def gate_since(profile: Profile, codes_at_approval: Iterable[str]) -> Block | None:
    """X4: the gate that is closed now; surgery that the program was built by hand for is no news (R37)."""
    known = frozenset({"recent-spine-surgery"}) & frozenset(codes_at_approval)
    return block(replace(profile, precautions=profile.precautions - known))


def forbidden(exercise: Exercise, profile: Profile, known: Iterable[str] = ()) -> Verdict | None:
    """The first verdict through a code (R6, R12, R15, R16) that a reason for the ``known`` codes does not answer."""
    for verdict in judge(exercise, profile):
        if verdict.rule in NOT_BY_A_CODE or verdict.key == "extension-lumbar":
            continue
        if verdict.effect is Effect.HELD or not verdict.codes or set(verdict.codes) - set(known):
            return verdict
    return None
