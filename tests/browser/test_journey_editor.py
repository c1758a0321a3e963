"""The catalogue editor's journey: find, change, preview, publish, see who uses it, retire."""

import re
from io import BytesIO

from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.server import World
from tests.browser.steps import (
    Desk,
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


def test_an_exercise_is_changed_published_and_retired(desk: Desk, world: World) -> None:
    """Programs keep the version they were given; a new draft takes the new one."""
    page, therapist = desk("editor"), desk("therapist")
    rosa = look_up(world, ROSA)
    find(page, "bridge", "Bridge")
    expect(page.get_by_text("Used in").first).to_be_visible()
    send(page, "Make our own version")
    write_a_version(page)
    press_confirmed(page, "Publish", "Publish")
    seen(page)
    expect(page.get_by_text("is published")).to_be_visible()
    if not page.get_by_role("heading", name="History").count():
        follow(page, "Back")
    expect(page.get_by_role("row").filter(has_text="Version 1")).not_to_have_count(0)
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
