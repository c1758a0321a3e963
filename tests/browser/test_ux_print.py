"""The program on paper."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.server import World
from tests.browser.steps import look_up

ROSA = """
import json
from accounts.models import Patient
print(json.dumps(str(Patient.objects.get(display_name="Rosa A.").pk)))
"""
A4 = {"width": 680, "height": 1009}
"""What 15 mm margins leave of a sheet, in px."""
# Where each picture is, and whether it was painted; the end of the first page in px.
PICTURES = """(name) => [...document.querySelectorAll(name)].map((each) => {
    const box = each.getBoundingClientRect();
    return [each.complete && each.naturalWidth > 0, box.width, box.bottom + scrollY];
})"""


def pages_of(pdf: bytes) -> int:
    """How many sheets a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_ux_35_the_program_is_one_page_of_paper(
    page: Page, sign_in: Callable[[Page, str], None], world: World, shot: Callable[[Page, str], Path]
) -> None:
    """The whole program with its poses on the first page; how each exercise is done on the next ones."""
    sign_in(page, "therapist")
    page.goto(f"/patients/{look_up(world, ROSA)}/program/print/")
    page.set_viewport_size({"width": A4["width"], "height": A4["height"]})
    page.emulate_media(media="print")
    shot(page, "paper")
    exercises = page.locator(".sheet__exercise").count()
    glance = page.evaluate(PICTURES, ".sheet__all img")
    assert page.locator(".sheet__all li").count() == exercises > 8
    assert len(glance) == exercises
    assert all(painted and width >= 60 for painted, width, _ in glance), json.dumps(glance)
    assert max(bottom for _, _, bottom in glance) <= A4["height"]
    steps = page.evaluate(PICTURES, ".sheet__exercise img")
    assert len(steps) >= exercises
    assert all(painted and width >= 100 for painted, width, _ in steps), json.dumps(steps)
    assert pages_of(page.pdf(format="A4", prefer_css_page_size=True)) < exercises
