"""The catalogue editor's journey: find, change, preview, publish, see who uses it, retire."""

import json
import re
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.server import World
from tests.browser.steps import (
    Desk,
    choose,
    error_links,
    field,
    follow,
    look_up,
    press_confirmed,
    seen,
    send,
    visit,
)

STEPS = "Lie on your back.\nLift your hips.\nLower slowly."
ROSA = """
import json
from accounts.models import Patient
rosa = Patient.objects.get(display_name="Rosa A.")
print(json.dumps(str(rosa.pk)))
"""


def png() -> FilePayload:
    """A picture as a browser sends it."""
    kept = BytesIO()
    Image.new("RGB", (640, 400), (38, 96, 112)).save(kept, "PNG")
    return {"name": "bridge.png", "mimeType": "image/png", "buffer": kept.getvalue()}


def no_picture() -> FilePayload:
    """Words under the name of a picture."""
    return {"name": "bridge.png", "mimeType": "image/png", "buffer": b"These are words, not a picture."}


def too_big() -> FilePayload:
    """A picture and so much behind it that it is over the limit of 8 MB."""
    picture = png()
    return {**picture, "buffer": picture["buffer"] + bytes(8_000_001)}


def find(page: Page, words: str, name: str) -> None:
    """Find an exercise at the desk and open it."""
    visit(page, "/desk/")
    field(page, "q").fill(words)
    field(page, "q").press("Enter")
    page.wait_for_url("**q=*")
    seen(page)
    follow(page, name)


def write_a_version(page: Page) -> None:
    """Change a draft, with errors first; then with a picture; up to its preview."""
    field(page, "name").fill("")
    field(page, "steps").fill("One step only.")
    field(page, "upload").set_input_files(png())
    send(page, "Save and preview")
    assert {"#id_name", "#id_steps"} <= set(error_links(page))
    assert field(page, "steps").input_value() == "One step only."
    field(page, "name").fill("Bridge, slowly")
    field(page, "steps").fill(STEPS)
    field(page, "upload").set_input_files(png())
    field(page, "picture_alt").fill("A person lies on the back and lifts the hips.")
    field(page, "picture_rights").fill("Drawn by the clinic.")
    send(page, "Save and preview")
    picture = page.get_by_role("img", name="A person lies on the back and lifts the hips.").first
    assert picture.evaluate("each => each.complete && each.naturalWidth > 0")


def publish(page: Page) -> None:
    """Publish the draft that is previewed, and come to the exercise with its history."""
    press_confirmed(page, "Publish", "Publish")
    seen(page)
    expect(page.get_by_text("is published")).to_be_visible()
    if not page.get_by_role("heading", name="History").count():
        follow(page, "Back")


def test_an_exercise_is_changed_published_and_retired(desk: Desk, world: World) -> None:
    """Programs keep the version they were given; a new draft takes the new one."""
    page, therapist = desk("editor"), desk("therapist")
    rosa = look_up(world, ROSA)
    find(page, "bridge", "Bridge")
    expect(page.get_by_text("Used in").first).to_be_visible()
    send(page, "Make our own version")
    write_a_version(page)
    publish(page)
    send(page, "Change it")
    field(page, "feel").fill("The seat and the backs of the legs at work.")
    send(page, "Save and preview")
    publish(page)
    for version in ("Version 1", "Version 2"):
        expect(page.get_by_role("row").filter(has_text=version)).to_have_count(1)
    address = page.url
    visit(page, "/exercises/bridge/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bridge, slowly")
    visit(therapist, f"/patients/{rosa}/")
    expect(therapist.get_by_role("listitem").filter(has_text=re.compile("^Bridge:")).first).to_be_visible()
    expect(therapist.get_by_text("Bridge, slowly")).to_have_count(0)
    visit(therapist, f"/patients/{rosa}/program/")
    send(therapist, "Change this program")
    visit(therapist, f"/patients/{rosa}/program/add/?q=bridge")
    expect(therapist.get_by_role("heading", name="Bridge, slowly")).to_be_visible()

    visit(page, address)
    page.get_by_text("Retire this exercise").click()
    expect(page.get_by_text(re.compile(r"used in \d+ program")).first).to_be_visible()
    send(page, "Retire it")
    visit(therapist, f"/patients/{rosa}/program/add/?q=bridge")
    expect(therapist.get_by_role("heading", name="Bridge, slowly")).to_have_count(0)
    visit(page, address)
    send(page, "Bring it back")
    visit(therapist, f"/patients/{rosa}/program/add/?q=bridge")
    expect(therapist.get_by_role("heading", name="Bridge, slowly")).to_be_visible()


def draft_of(page: Page) -> str:
    """The id of the draft that is open."""
    found = re.search(r"/versions/([^/]+)/", page.url)
    assert found is not None, page.url
    return found[1]


@pytest.mark.parametrize(
    ("upload", "words"),
    [(no_picture, "This is not a picture that we can use."), (too_big, "The file is larger than 8 MB.")],
    ids=["words", "too-big"],
)
def test_a_file_that_is_no_use_as_a_picture_is_refused_and_what_was_typed_stays(
    desk: Desk, upload: Callable[[], FilePayload], words: str
) -> None:
    page = desk("editor")
    find(page, "bridge", "Bridge")
    send(page, "Make our own version")
    typed = {
        "name": "Bridge, slowly", "steps": STEPS, "picture_alt": "A person lifts the hips.",
        "picture_rights": "Drawn by the clinic.",
    }  # fmt: skip
    for name, value in typed.items():
        field(page, name).fill(value)
    field(page, "upload").set_input_files(upload())
    send(page, "Save and preview")
    assert error_links(page) == ["#id_upload"]
    expect(page.get_by_text(words).first).to_be_visible()
    assert {name: field(page, name).input_value() for name in typed} == typed
    field(page, "picture_alt").fill("")
    field(page, "upload").set_input_files(png())
    send(page, "Save and preview")
    assert error_links(page) == ["#id_picture_alt"]
    assert field(page, "name").input_value() == typed["name"]
    field(page, "picture_alt").fill(typed["picture_alt"])
    field(page, "upload").set_input_files(png())
    send(page, "Save and preview")
    expect(page.get_by_role("img", name=typed["picture_alt"]).first).to_be_visible()


def test_the_figure_of_a_draft_is_the_public_one_only_after_publishing(desk: Desk) -> None:
    """Data with a fault is not taken and stays in its field; to look at data saves nothing. Seen by a colleague."""
    page, therapist = desk("editor"), desk("therapist")
    find(page, "bridge", "Bridge")
    send(page, "Make our own version")
    address = f"/desk/versions/{draft_of(page)}/figure/"
    before = public_pictures(therapist)
    visit(page, address)
    kept = field(page, "figure").input_value()
    for faulty in ("{ no figure", "{}"):
        field(page, "figure").fill(faulty)
        send(page, "Save the figure")
        assert error_links(page) == ["#id_figure"]
        assert field(page, "figure").input_value() == faulty
    field(page, "figure").fill(reworded(kept))
    send(page, "Check and show it")
    expect(page.get_by_text("It is not saved yet.")).to_be_visible()
    expect(page.locator(".figure__stage svg")).to_be_visible()
    visit(page, address)
    assert field(page, "figure").input_value() == kept
    field(page, "figure").fill(reworded(kept))
    send(page, "Save the figure")
    expect(page.get_by_text("The figure is saved.")).to_be_visible()
    assert public_pictures(therapist) == before
    publish(page)
    after = public_pictures(therapist)
    assert after
    assert after != before


def test_a_therapist_marks_a_figure_on_the_sheet(desk: Desk) -> None:
    page = desk("therapist")
    visit(page, "/exercises/figures/")
    visit(page, "/exercises/figures/bridge/")
    send(page, "Save my mark")
    assert len(error_links(page)) == 1
    choose(page, "verdict", "change")
    send(page, "Save my mark")
    assert error_links(page) == ["#id_note"]
    assert page.locator("input[name=verdict][value=change]").is_checked()
    field(page, "note").fill("The feet stand too far from the hips.")
    send(page, "Save my mark")
    expect(page.get_by_text("is saved.")).to_be_visible()
    visit(page, "/exercises/figures/bridge/")
    mark = page.get_by_role("listitem").filter(has_text="The feet stand too far from the hips.")
    expect(mark).to_have_count(1)


def public_pictures(page: Page) -> list[str]:
    """The addresses of the pictures on the exercise's page in the catalogue; a figure's address holds its digest."""
    visit(page, "/exercises/bridge/")
    found: list[str] = page.locator("main img").evaluate_all("all => all.map(each => each.getAttribute('src'))")
    return found


def reworded(figure: str) -> str:
    """The same figure with other words for what is seen."""
    return json.dumps(json.loads(figure) | {"alt": "A person lies on the back and lifts the hips."})
