"""The editor's form of one exercise: every field, with messages that say what to do."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from exercises import content, words
from exercises.desk_fields import Columns, LinesField
from exercises.models import ExerciseVersion
from stenosis_pt.fields import WholeNumber

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class ExerciseForm(forms.Form):
    """The content of a version, without its doses."""

    slug = forms.SlugField(
        label=_("Short name for addresses"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens."),
    )
    name = forms.CharField(label=_("Name"), max_length=80)
    other_names = LinesField(label=_("Other names"), required=False, help_text=_("One on each line."))
    regions = forms.MultipleChoiceField(
        label=_("Part of the spine"),
        choices=list(words.REGIONS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=list(words.KINDS.items()))
    start_position = forms.ChoiceField(label=_("Start position"), choices=list(words.POSITIONS.items()))
    direction_bias = forms.ChoiceField(label=_("Direction"), choices=list(words.BIASES.items()))
    per_side = forms.BooleanField(label=_("Done on each side"), required=False)
    equipment = LinesField(
        label=_("What is needed"),
        required=False,
        help_text=_("One thing on each line. Put “or” between things of which either will do: mat or bed."),
    )
    easier = forms.ChoiceField(label=_("Easier version"), required=False)
    harder = forms.ChoiceField(label=_("Harder version"), required=False)
    steps = LinesField(label=_("Steps"), help_text=_("Three to six short steps, one on each line."))
    feel = forms.CharField(label=_("What you should feel"), max_length=300)
    stop = forms.CharField(label=_("Take care"), max_length=300)
    voice_cue = forms.CharField(label=_("Spoken cue"), max_length=300)
    source = forms.CharField(
        label=_("Evidence and sources"),
        widget=forms.Textarea,
        max_length=4000,
    )
    exclude = forms.MultipleChoiceField(label=_("Never with"), required=False, widget=Columns)
    clinician_ok = forms.MultipleChoiceField(
        label=_("Only with a therapist's OK with"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    locks = forms.MultipleChoiceField(
        label=_("Locks"),
        required=False,
        choices=list(words.LOCKS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    upload = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("JPEG, PNG or WebP, up to 8 MB."),
    )
    picture_alt = forms.CharField(
        label=_("The picture in words"),
        max_length=300,
        required=False,
        help_text=_("Say what moves where."),
    )
    picture_rights = forms.CharField(
        label=_("Who made the picture, and its licence"),
        max_length=300,
        required=False,
        help_text=_("If a person can be recognised, say that they agreed."),
    )
    remove_picture = forms.BooleanField(label=_("Take the picture away"), required=False)

    def __init__(
        self,
        *args: Any,
        precautions: tuple[content.Precaution, ...],
        slugs: frozenset[str],
        in_force: Mapping[str, str],
        version: ExerciseVersion | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.slugs, self.version = slugs, version
        for field in self.fields.values():
            field.error_messages["required"] = (
                _("Choose at least one.") if isinstance(field, forms.MultipleChoiceField) else _("Fill this in.")
            )
        codes = [(item.code, item.statement) for item in precautions]
        for name in ("exclude", "clinician_ok"):
            self.fields[name].choices = codes  # type: ignore[attr-defined]
        for name in ("easier", "harder"):
            kept = str(self.initial.get(name) or "")
            gone = {kept: _("%(slug)s (not in the catalogue)") % {"slug": kept}} if kept not in in_force else {}
            choices = [("", _("None")), *({**in_force, **gone} if kept else in_force).items()]
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if version is not None:
            del self.fields["slug"]
        if version is None or version.picture_id is None:
            del self.fields["remove_picture"]

    def clean_slug(self) -> str:
        """Is the short name free?"""
        slug = str(self.cleaned_data["slug"])
        if not SLUG.fullmatch(slug):
            raise ValidationError(_("Use small letters, digits and single hyphens only, such as “towel-squeeze”."))
        if slug in self.slugs:
            raise ValidationError(_("Another exercise has this short name. Choose another."))
        return slug

    def clean_steps(self) -> list[str]:
        """Three to six steps of a readable length."""
        steps: list[str] = self.cleaned_data["steps"]
        if not 3 <= len(steps) <= 6:
            raise ValidationError(
                _("Write three to six steps. You wrote %(count)d."),
                params={"count": len(steps)},
            )
        return steps

    def clean_equipment(self) -> tuple[tuple[str, ...], ...]:
        """Every word is one that profiles know."""
        groups = tuple(
            tuple(part.strip().lower() for part in line.split(" or ")) for line in self.cleaned_data["equipment"]
        )
        unknown = [word for group in groups for word in group if word not in words.EQUIPMENT]
        if unknown:
            raise ValidationError(
                _("Not known: %(unknown)s. Known are: %(known)s."),
                params={
                    "unknown": ", ".join(unknown),
                    "known": ", ".join(words.EQUIPMENT),
                },
            )
        return groups

    def clean(self) -> dict[str, Any]:
        """Checks that need more than one field."""
        data = super().clean() or {}
        has_picture = bool(data.get("upload")) or bool(
            self.version and self.version.picture_id and not data.get("remove_picture")
        )
        if has_picture and not data.get("picture_alt"):
            self.add_error("picture_alt", _("Say in words what the picture shows."))
        if has_picture and not data.get("picture_rights"):
            self.add_error("picture_rights", _("Say who made the picture and under which licence."))
        return data

    def entry(self, slug: str, doses: dict[content.Severity, content.Dose]) -> content.Exercise:
        """The content that was typed, as the rules read it. Call on a valid form only."""
        data = self.cleaned_data
        return content.Exercise(
            slug=slug,
            doses=doses,
            regions=tuple(content.Region(code) for code in data["regions"]),
            kind=content.Kind(data["kind"]),
            start_position=content.StartPosition(data["start_position"]),
            direction_bias=content.Bias(data["direction_bias"]),
            locks=tuple(content.Lock(code) for code in data["locks"]),
            easier=data["easier"] or None,
            harder=data["harder"] or None,
            exclude=frozenset(data["exclude"]),
            clinician_ok=frozenset(data["clinician_ok"]),
            other_names=tuple(data["other_names"]),
            steps=tuple(data["steps"]),
            equipment=data["equipment"],
            **{name: data[name] for name in ("name", "per_side", "feel", "stop", "voice_cue", "source")},
        )


class DoseForm(forms.Form):
    """The start dose at one severity."""

    TYPES = (
        ("", _("Not used")),
        ("reps", _("Sets and repetitions")),
        ("minutes", _("Minutes")),
    )

    type = forms.ChoiceField(label=_("How it is dosed"), choices=TYPES, required=False)
    sets = WholeNumber(label=_("Sets"), required=False, min_value=1, max_value=5)
    reps = WholeNumber(label=_("Repetitions"), required=False, min_value=1, max_value=30)
    hold_seconds = WholeNumber(label=_("Hold, seconds"), required=False, min_value=0, max_value=120)
    rest_seconds = WholeNumber(label=_("Rest, seconds"), required=False, min_value=0, max_value=300)
    minutes = WholeNumber(label=_("Minutes in all"), required=False, min_value=1, max_value=60)
    work_seconds = WholeNumber(label=_("Go for, seconds"), required=False, min_value=10, max_value=1800)
    times_a_day = WholeNumber(label=_("Times a day"), required=False, min_value=1, max_value=20)
    days_a_week = WholeNumber(label=_("Days a week"), required=False, min_value=1, max_value=7)
    daily_cap = WholeNumber(label=_("Daily cap"), required=False, min_value=1, max_value=240)

    def clean(self) -> dict[str, Any]:
        """What the chosen way of dosing needs is there, and one session stays inside the cap (R29)."""
        data = super().clean() or {}
        way = data.get("type")
        needed = {"reps": ("sets", "reps"), "minutes": ("minutes",)}.get(way or "", ())
        for name in (
            *needed,
            *(("times_a_day", "days_a_week", "daily_cap") if way else ()),
        ):
            if data.get(name) is None and name not in self.errors:
                self.add_error(name, _("Give a number."))
        once = data.get("minutes") if way == "minutes" else (data.get("sets") or 0) * (data.get("reps") or 0)
        if way and once and data.get("daily_cap") is not None and once > data["daily_cap"]:
            self.add_error(
                "daily_cap",
                _("One session has %(once)d, which is over this cap.") % {"once": once},
            )
        return data

    def dose(self, *, per_side: bool) -> content.Dose | None:
        """The dose that was typed, or None for "not used". Call on a valid form only."""
        data = self.cleaned_data
        way = data["type"]
        if not way:
            return None
        common = {name: data[name] for name in ("times_a_day", "days_a_week", "daily_cap")}
        if way == "minutes":
            rest = data["rest_seconds"] if data["work_seconds"] else None
            return content.Dose(
                minutes=data["minutes"],
                work_seconds=data["work_seconds"],
                rest_seconds=rest,
                per_side=per_side,
                cap_unit="minutes",
                **common,
            )
        return content.Dose(
            sets=data["sets"],
            reps=data["reps"],
            hold_seconds=data["hold_seconds"] or 0,
            rest_seconds=data["rest_seconds"] or 0,
            per_side=per_side,
            cap_unit="reps",
            **common,
        )
