"""Every answer of the assembly rules has words, with nothing left unfilled."""

from hypothesis import given, settings

from exercises.content import Region
from programs.rules.assembly import assemble
from programs.rules.profile import Profile
from programs.rules.severity import bands
from programs.wording.assembly import (
    FIELD_NAMES,
    band_words,
    mark_words,
    why,
)
from tests.programs.rules.assembling import CATALOGUE
from tests.programs.rules.test_assembly_properties import PROFILES


@settings(max_examples=60, deadline=None)
@given(PROFILES)
def test_every_decision_has_words(profile: Profile) -> None:
    routine = assemble(profile, CATALOGUE)
    for decision in routine.explanation:
        words = why(decision, lambda slug: slug.upper())
        assert words and "{" not in words
    for mark in routine.marks:
        assert mark_words(mark.mark)


def test_fields_and_bands_have_words() -> None:
    assert FIELD_NAMES.keys() - {"profile"} == set(Profile.__dataclass_fields__) - {"ok_codes"}
    assert all(band_words(band) for region in Region for band in bands(region))
