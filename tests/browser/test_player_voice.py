"""The recorded voice in a browser: under the page's own policy, every clip of a session can be fetched and decoded."""

from tests.browser.playing import Playing

DECODE = """async () => {
  const clips = JSON.parse(document.getElementById("clips").textContent);
  const context = new OfflineAudioContext(1, 22050, 22050);
  const lengths = {};
  for (const [text, address] of Object.entries(clips)) {
    const answer = await fetch(address);
    const sound = await context.decodeAudioData(await answer.arrayBuffer());
    lengths[text] = sound.duration;
  }
  return lengths;
}"""


def test_every_clip_of_a_session_can_be_decoded(playing: Playing) -> None:
    lengths: dict[str, float] = playing.page.evaluate(DECODE)
    assert {"Hold", "Keep breathing", "Half way", "How is your pain now?"} <= set(lengths)
    assert all(0.2 < seconds < 15 for seconds in lengths.values())
    assert lengths["Hold"] < 1
