"""Filling the slots of one template day: the entry itself, a stand-in, or a gap (X6-X9)."""

from dataclasses import dataclass, field

from exercises.content import RELIEF_POSITIONS, Catalogue, Exercise
from programs.rules.filters import Effect, Sieve, Verdict
from programs.rules.profile import Profile
from programs.rules.routine import Decision, Item, LeftOut, Role, Swap, added
from programs.rules.substitution import Search, StandIn, x7_slot, x8_main

UNKNOWN = Verdict("R17", Effect.UNSUITABLE, "not-in-catalogue")
"""A template entry that the catalogue no longer has."""


@dataclass
class Filling:
    """One day while its slots are filled, and everything that was decided on the way."""

    day: str
    catalogue: Catalogue
    sieve: Sieve
    in_day: set[str]
    items: list[Item] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    swaps: list[Swap] = field(default_factory=list)
    needs_ok: list[tuple[str, str]] = field(default_factory=list)
    explanation: list[Decision] = field(default_factory=list)

    @property
    def profile(self) -> Profile:
        """The patient."""
        return self.sieve.profile

    def fill(self, slug: str, role: Role) -> None:
        """X6-X9: fill the slot of one template entry."""
        exercise = self.catalogue.get(slug)
        if exercise is None:
            verdict = UNKNOWN
        else:
            stopped = self.sieve.verdict(exercise)
            if stopped is None:
                self.place(exercise, role, slug, placing_rules(self.profile))
                return
            verdict = stopped
            if verdict.effect is Effect.HELD:
                self.needs_ok += [(slug, code) for code in verdict.codes]
        found = self.stand_in(slug, exercise, verdict, role)
        for held, reason in found.held:
            self.hold(held, reason)
        if found.exercise is None:
            self.leave_out(slug, verdict)
            return
        self.swap(slug, verdict, found.exercise, role)

    def stand_in(self, slug: str, exercise: Exercise | None, verdict: Verdict, role: Role) -> StandIn:
        """R17: what to try in the place of an entry that is dropped, or for some slots held."""
        search = Search(self.catalogue, self.sieve, self.in_day)
        relief_slot = slug in RELIEF_POSITIONS and (role is Role.CLOSER or self.day == "D")
        if role is Role.OPENER or relief_slot:
            return x7_slot(search, slug, opener=role is Role.OPENER)
        if exercise is None or role is Role.CLOSER:
            return StandIn()
        return x8_main(search, exercise, verdict)

    def place(self, exercise: Exercise, role: Role, origin: str, rules: tuple[str, ...]) -> None:
        """Put an exercise into the day, with the rules that placed it (X20)."""
        codes = exercise.clinician_ok & self.profile.codes
        if rules != ("R17",):
            self.explain(exercise.slug, rules[0], "placed")
        if codes:
            rules = added(rules, "R12")
            self.explain(exercise.slug, "R12", "ticked", codes=tuple(sorted(codes)))
        dose = exercise.doses[self.profile.severity]
        self.items.append(Item(exercise, dose, role, origin, rules))
        self.in_day.add(exercise.slug)

    def swap(self, slug: str, verdict: Verdict, to: Exercise, role: Role) -> None:
        """R17: another exercise takes the place of a template entry."""
        self.explain(slug, verdict.rule, verdict.key, codes=verdict.codes)
        self.explain(slug, "R17", "swapped", to=to.slug)
        self.swaps.append(Swap(self.day, slug, to.slug))
        self.place(to, role, slug, ("R17",))

    def hold(self, exercise: Exercise, verdict: Verdict) -> None:
        """R12, X8: with a tick this exercise would have been the stand-in."""
        self.needs_ok += [(exercise.slug, code) for code in verdict.codes]
        self.explain(exercise.slug, "R12", "needs-ok", codes=verdict.codes)

    def leave_out(self, slug: str, verdict: Verdict) -> None:
        """A template entry stays without its place; one rule says why (X20)."""
        decision = self.explain(slug, verdict.rule, verdict.key, codes=verdict.codes)
        self.left_out.append(LeftOut(self.day, slug, verdict.rule, decision))

    def explain(self, slug: str, rule: str, key: str, **params: object) -> Decision:
        """Keep a decision for the explanation."""
        decision = Decision(self.day, slug, rule, key, params)
        self.explanation.append(decision)
        return decision


def placing_rules(profile: Profile) -> tuple[str, ...]:
    """X5: the rules that put a template's own entry in its place: region, severity, several regions."""
    return ("R2", "R3") if len(profile.regions) == 1 else ("R2", "R3", "R8")


def fill_day(day: str, slugs: tuple[str, ...], catalogue: Catalogue, sieve: Sieve) -> Filling:
    """X6-X9 over one template day; in A and B the first slot is the opener, the last the closer (X7)."""
    filling = Filling(day, catalogue, sieve, in_day=set(slugs))
    for place, slug in enumerate(slugs):
        role = Role.MAIN
        if day != "D":
            role = {0: Role.OPENER, len(slugs) - 1: Role.CLOSER}.get(place, Role.MAIN)
        filling.fill(slug, role)
    return filling
