"""The signs that a patient reported when a lock opened: what a therapist may mark as known and examined (X8)."""

from typing import Any

from programs.models import Lock, ScreenRecord
from programs.wording.safety import QUESTIONS, question_words


def answered_signs(lock: Lock) -> list[tuple[str, str]]:
    """Questions answered "yes" or "not sure" in the session that opened the lock: (question id, words).

    Emergency signs are never among them: an E lock is ended by an examination, not by a mark.
    """
    if lock.session_id is None or lock.level == Lock.Level.E:
        return []
    answers: dict[str, Any] = {}
    for record in ScreenRecord.objects.filter(session=lock.session_id).order_by("at"):
        answers.update(record.answers)
    said = [question for question, answer in answers.items() if answer in {"yes", "not-sure"}]
    return [(question, question_words(question)) for question in said if question in QUESTIONS]
