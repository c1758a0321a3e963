"""The catalogue's codes in words."""

from exercises import content, words


def test_every_piece_of_equipment_has_its_words() -> None:
    """For lists of the catalogue and for the patient's "have at hand"."""
    assert words.EQUIPMENT.keys() == words.EQUIPMENT_AT_HAND.keys() == set(content.EQUIPMENT)
    assert (str(words.EQUIPMENT["mat"]), str(words.EQUIPMENT_AT_HAND["mat"])) == ("mat", "a mat")
