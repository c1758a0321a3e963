"""What tests do at the editor's desk: fill in its forms and press its buttons."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from exercises.models import Exercise, ExerciseVersion
from tests.strict import StrictClient

NEW = {
    "slug": "towel-squeeze",
    "name": "Towel squeeze",
    "regions": ["lumbar"],
    "kind": "strength",
    "start_position": "sitting",
    "direction_bias": "neutral",
    "equipment": "chair\ntowel or pillow",
    "steps": "Sit tall on the chair.\nPut the towel between your knees.\nSqueeze it and breathe.",
    "feel": "The inside of the thighs working.",
    "stop": "Stop if pain goes down the leg.",
    "voice_cue": "Squeeze and breathe.",
    "source": "Written by the clinic's therapists.",
    "mild-type": "reps",
    "mild-sets": "2",
    "mild-reps": "8",
    "mild-hold_seconds": "5",
    "mild-rest_seconds": "30",
    "mild-times_a_day": "1",
    "mild-days_a_week": "3",
    "mild-daily_cap": "20",
}


def picture_bytes(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **save: Any) -> bytes:
    """A small picture file."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **save)
    return out.getvalue()


def upload(data: bytes, name: str = "p.jpg") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def draft_of(client: StrictClient, slug: str) -> ExerciseVersion:
    """Begin a draft of an exercise through the desk."""
    exercise = Exercise.objects.filter(slug=slug).order_by("clinic").last()
    assert exercise is not None
    response = client.post(reverse("desk:start-draft", args=[exercise.id]))
    assert response.status_code == 302
    return ExerciseVersion.objects.with_doses().get(status="draft", exercise__slug=slug)


def publish(client: StrictClient, version: ExerciseVersion) -> Any:
    """Press "Publish" on the preview as it stands now."""
    seen = client.get(reverse("desk:preview", args=[version.id])).context["version"].edit_count
    return client.post(reverse("desk:publish", args=[version.id]), {"seen": seen})


def form_of(client: StrictClient, version: ExerciseVersion) -> dict[str, Any]:
    """What a browser would send of the edit page as it stands."""
    forms = client.get(reverse("desk:edit", args=[version.id])).context["forms"]
    data: dict[str, Any] = {"seen": str(version.edit_count)}
    for form in forms.all_forms:
        for field in form:
            value = field.value()
            if isinstance(value, list | tuple) and field.name in {"other_names", "steps", "equipment"}:
                value = "\n".join(value)
            if value not in (None, False, "") and field.name != "upload":
                data[field.html_name] = "on" if value is True else value
    return data
