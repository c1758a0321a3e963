"""Table A without JavaScript: one group of questions a page. What was answered before goes along with the page."""

from collections.abc import Mapping
from typing import Any

from django import forms

from programs.guided.fields import sign
from programs.rules.screen import ANSWERS, judge_screen, question_ids, screen
from programs.wording.safety import GROUPS, question_words


class ScreenForm(forms.Form):
    """Table A, whole or in part (S1, S5-S14).

    It is valid once all is answered, or at once when an answer is an emergency. Before that it shows the next group;
    a grading question comes once its sign was answered yes (X6). Without ``part`` in the data all groups are meant.
    """

    def __init__(self, scope: str, data: Any = None, known_signs: Any = ()) -> None:
        self.scope, self.known = scope, tuple(known_signs)
        self.groups: list[str] = list(screen().get(scope, [scope])) if scope in {"full", "short"} else [scope]
        self.given = self._given(data or {})
        part, bound = self._place(data)
        self.part = part
        super().__init__(data if bound else None, initial=self.given)
        for each in self._asked(part):
            self.fields[each] = sign(question_words(each), each, self.known)

    @property
    def parts(self) -> int:
        """How many groups there are."""
        return len(self.groups)

    @property
    def title(self) -> str:
        """What this page's questions are about."""
        return str(GROUPS[self.groups[self.part - 1]])

    @property
    def carried(self) -> tuple[tuple[str, str], ...]:
        """The answers of the other pages, to go along."""
        return tuple((name, said) for name, said in self.given.items() if name not in self.fields)

    @property
    def asked(self) -> str:
        """The questions of this page, so that a new one is not taken for one that was left out."""
        return " ".join(self.fields)

    @property
    def answers(self) -> dict[str, str]:
        """The answers by question, those alone that belong to what is asked."""
        wanted = question_ids(self.scope, self.given, self.known)
        return {name: self.given[name] for name in wanted if name in self.given}

    @property
    def complete(self) -> bool:
        """Is every question answered (X4)? After an emergency the rest is not asked."""
        return not judge_screen(self.answers, known_signs=self.known, scope=self.scope).unanswered

    def _given(self, data: Mapping[str, Any]) -> dict[str, str]:
        said = {name: str(data[name]) for name in screen()["questions"] if name in data}
        return {name: answer for name, answer in said.items() if answer in ANSWERS}

    def _asked(self, part: int) -> tuple[str, ...]:
        return question_ids(self.groups[part - 1], self.given, self.known)

    def _place(self, data: Any) -> tuple[int, bool]:
        """Which group is shown, and whether with what is wrong about it."""
        if data is None:
            return 1, False
        wanted = str(data.get("part", ""))
        reached = min(max(int(wanted), 1), self.parts) if wanted.isdecimal() else self.parts
        if "back" in data:
            return max(reached - 1, 1), False
        if judge_screen(self.answers, known_signs=self.known).gravest == "E":
            return reached, True
        seen = str(data.get("asked", "")).split()
        for part in range(1, reached + 1):
            missing = [name for name in self._asked(part) if name not in self.given]
            if missing:
                return part, not seen or any(name in seen for name in missing)
        return (reached, True) if reached == self.parts else (reached + 1, False)

    def full_clean(self) -> None:
        """An emergency is taken at once: what the page left open is not asked for."""
        super().full_clean()
        if self.is_bound and judge_screen(self.answers, known_signs=self.known).gravest == "E":
            self._errors = forms.utils.ErrorDict(renderer=self.renderer)
