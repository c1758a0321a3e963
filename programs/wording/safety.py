"""The patient's words of Table A, the red-flag screen (S4-S14): question and group ids in, plain words out.

The English here is that of ``rules/data/screen.json``; a translation is checked by a clinician before use (HZ26).
"""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from programs.rules.safety import player_data

GROUPS: Mapping[str, Promise] = {
    "S5": gettext_lazy("Bladder, bowel and feeling"),
    "S6": gettext_lazy("A fall or a knock"),
    "S7": gettext_lazy("Fever or feeling very unwell"),
    "S8": gettext_lazy("Hands and walking"),
    "S9": gettext_lazy("Weakness"),
    "S10": gettext_lazy("Pain at night and weight"),
    "S11": gettext_lazy("Chest and heart"),
    "S12": gettext_lazy("One swollen leg"),
    "S13": gettext_lazy("Legs and feet"),
    "S14": gettext_lazy("Sudden severe signs"),
}
"""The groups of Table A by what they are about; never by the name of a disease (S4)."""

QUESTIONS: Mapping[str, Promise] = {
    "s5-numb": gettext_lazy(
        "Is there a new numb or odd feeling between your legs, or round your back passage or "
        "private parts? New means in the last 2 weeks, or getting worse."
    ),
    "s5-pee": gettext_lazy("Is it newly hard to start or stop your pee, or to feel it? Or do you have new leaks?"),
    "s5-bowel": gettext_lazy("Have you newly lost control of your bowels? Or do you not feel when you need to go?"),
    "s5-sex": gettext_lazy("Is there a new change in sexual feeling or function?"),
    "s5-both": gettext_lazy("Is there new or worse pain, numbness or weakness in BOTH legs?"),
    "s5-both-fast": gettext_lazy("Are both legs weak or numb, or did it change fast?"),
    "s6-fall": gettext_lazy("Have you had a fall, a crash or a hard knock, and now have new spine pain?"),
    "s6-grave": gettext_lazy("Was it a very hard knock, or can you not move or feel an arm or leg?"),
    "s6-strain": gettext_lazy("Did a small strain bring on sudden strong spine pain?"),
    "s6-bones": gettext_lazy("Do you have thin bones, take steroid tablets, or are you over 70?"),
    "s7-fever": gettext_lazy("Do you have back or neck pain with a fever, chills or night sweats?"),
    "s7-unwell": gettext_lazy("Do you feel very unwell?"),
    "s7-recent": gettext_lazy(
        "Do you have new pain soon after a spine operation, a needle in your back or a bad "
        "infection? Or new pain, and your body is weak at fighting germs?"
    ),
    "s7-grave": gettext_lazy("Do you have shaking chills, or do you feel confused or very unwell?"),
    "s8-hands": gettext_lazy(
        "Are your hands newly clumsy, or more clumsy, with buttons, keys or writing? Or do you drop things?"
    ),
    "s8-walk": gettext_lazy("Is your walking newly unsteady or stiff? Or do your legs feel newly heavy?"),
    "s8-numb": gettext_lazy("Are your hands newly numb, or more numb?"),
    "s8-shock": gettext_lazy(
        "Do you get new or worse electric shocks down your back, arms or legs when you bend your neck?"
    ),
    "s8-pee": gettext_lazy("Do you newly need to rush to pee?"),
    "s8-grave": gettext_lazy(
        "Did this change within hours or days, or can you not walk? Or has your bladder or bowel changed?"
    ),
    "s9-weak": gettext_lazy("Is an arm or a leg getting weaker?"),
    "s9-foot": gettext_lazy("Has a foot started to drag or slap the floor?"),
    "s9-leg": gettext_lazy("Does a leg keep giving way?"),
    "s9-grave": gettext_lazy("Did it come on within hours, or is it in both legs?"),
    "s10-before": gettext_lazy("Have you ever had cancer, and now have new spine pain?"),
    "s10-night": gettext_lazy("Does your pain never ease, and wake you every night?"),
    "s10-weight": gettext_lazy("Are you losing weight without trying?"),
    "s11-chest": gettext_lazy(
        "In the last 2 weeks, have you had chest pain or tightness, or pain into your arm or jaw?"
    ),
    "s11-breath": gettext_lazy("In the last 2 weeks, have you been badly out of breath?"),
    "s11-faint": gettext_lazy("In the last 2 weeks, have you fainted?"),
    "s11-heart": gettext_lazy("In the last 2 weeks, has your heart raced or beaten unevenly?"),
    "s11-now": gettext_lazy("Is it there now, or did it last more than 5 minutes?"),
    "s11-checked": gettext_lazy("Has a doctor checked this?"),
    "s12-leg": gettext_lazy("Is one calf or leg newly swollen, warm, red or sore to press?"),
    "s12-chest": gettext_lazy("Do you also have chest pain or feel out of breath?"),
    "s13-walk": gettext_lazy("Does walking give you calf or leg pain that goes when you just stand still?"),
    "s13-foot": gettext_lazy("Is a foot cold or pale?"),
    "s13-sore": gettext_lazy("Do you have a sore on a foot that will not heal?"),
    "s13-rest": gettext_lazy("Does the leg or foot hurt at rest?"),
    "s13-grave": gettext_lazy("Did the foot suddenly turn cold, pale, numb and painful?"),
    "s14-tear": gettext_lazy("Do you have sudden tearing pain in your back or belly?"),
    "s14-face": gettext_lazy("Does your face droop, does an arm drift down, or is your speech slurred?"),
    "s14-head": gettext_lazy(
        "Do you have a sudden headache or neck pain, worse than any before? You may also feel "
        "dizzy, see double, be unsteady, or find it hard to swallow or speak."
    ),
}
"""Every question of Table A, for a reading age of 9 to 11."""


def question_words(question: str) -> str:
    """A question of Table A in the reader's language. Raises KeyError for an id that there is not."""
    return str(QUESTIONS[question])


def data_in_words() -> dict[str, Any]:
    """The rules as the session page's data block holds them, with Table A in the reader's language."""
    data = player_data()
    screen = data["screen"]
    groups = [{**group, "title": str(GROUPS[group["id"]])} for group in screen["groups"]]
    asked = {name: {**question, "text": question_words(name)} for name, question in screen["questions"].items()}
    return {**data, "screen": {**screen, "groups": groups, "questions": asked}}
