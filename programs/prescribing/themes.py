"""The precautions in the groups in which a therapist asks for them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exercises.content import Precaution

THEMES: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (
        _("Spinal cord, nerves and surgery"),
        (
            "cervical-myelopathy",
            "thoracic-myelopathy",
            "progressive-weakness",
            "limb-weakness",
            "foot-drop",
            "hand-grip-weak",
            "recent-spine-surgery",
            "incontinence",
        ),
    ),
    (_("Which way of bending brings symptoms on"), ("flexion-worsens", "extension-worsens")),
    (
        _("Bones and joints"),
        (
            "osteoporosis",
            "vertebral-fracture",
            "spondylolisthesis-unstable",
            "ra-neck",
            "hip-replacement-precautions",
            "knee-replacement",
            "knee-pain",
            "shoulder-injury",
            "wrist-pain",
        ),
    ),
    (
        _("Floor, positions and help at home"),
        (
            "cannot-get-to-floor",
            "cannot-kneel",
            "cannot-lie-prone",
            "cannot-lie-supine",
            "exercises-alone",
            "cognitive-impairment",
        ),
    ),
    (_("Falls and dizziness"), ("fall-risk", "dizziness-vertigo", "orthostatic-hypotension", "ear-infection-vertigo")),
    (
        _("Heart, blood pressure and circulation"),
        (
            "heart-disease",
            "heart-disease-unstable",
            "heart-failure",
            "hypertension-any",
            "uncontrolled-hypertension",
            "aortic-aneurysm",
            "anticoagulant",
            "dvt-suspected",
            "peripheral-artery-disease",
            "peripheral-arterial-rest-pain",
            "stroke-tia-recent",
        ),
    ),
    (
        _("Eyes, skin and other conditions"),
        (
            "glaucoma",
            "retinal-disease",
            "diabetes-insulin",
            "reduced-sensation",
            "cold-sensitivity",
            "skin-open-wound",
            "pool-unsafe",
            "hernia-abdominal",
            "reflux-hiatus-hernia",
            "pregnancy",
            "seizure-disorder",
        ),
    ),
)


@dataclass(frozen=True)
class Theme:
    """A group of precautions with its heading."""

    title: str
    precautions: tuple[Precaution, ...]


def themes(precautions: Iterable[Precaution]) -> tuple[Theme, ...]:
    """All precautions, each in one group; those that no group names come last."""
    known = {precaution.code: precaution for precaution in precautions}
    groups = [Theme(str(title), tuple(known.pop(code) for code in codes if code in known)) for title, codes in THEMES]
    groups.append(Theme(str(_("Other precautions")), tuple(known.values())))
    return tuple(group for group in groups if group.precautions)
