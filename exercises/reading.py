"""How hard a text is to read: the US school grade of Flesch and Kincaid, for English."""

import re

WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*|\d+")
VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?]+")


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of an English text; 0 for one without words."""
    words = WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, sum(bool(part.strip()) for part in SENTENCE_END.split(text)))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """The syllables of an English word, from the dictionary or else by its vowels."""
    import textstat  # it takes some 75 MB of memory: only a process that grades texts pays for them

    try:
        return int(textstat.syllable_count(word))
    except KeyError:  # with some versions of its dictionary textstat fails at a word that is not in it
        return max(1, len(VOWELS.findall(word)))
