"""The program on paper."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.server import World
from tests.browser.steps import look_up

# A patient of the demo's therapist for each template of the rules (section E), with all of its exercises.
PATIENTS = """
import json
from accounts.models import Patient
from programs.rules.templates import templates
from tests import factories
therapist = Patient.objects.get(display_name="Rosa A.").therapist
found = {}
for name, template in templates().items():
    area, _, severity = name.rpartition("-")
    regions = ["lumbar", "cervical"] if area == "multi-region" else [area]
    patient = factories.make_patient(therapist, f"Wilhelmina Oduya-{name}")
    factories.make_profile(patient, severity=severity, regions=regions)
    factories.make_revision(patient, items=dict(template.days))
    found[name] = [str(patient.pk), sum(map(len, template.days.values()))]
print(json.dumps(found))
"""
# Where each picture is, and whether it was painted.
PICTURES = """(name) => [...document.querySelectorAll(name)].map((each) => {
    return [each.complete && each.naturalWidth > 0, each.getBoundingClientRect().width];
})"""
WITHOUT = "(name) => { for (const each of document.querySelectorAll(name)) each.remove(); }"


def sheets(page: Page, paper: str) -> int:
    """How many sheets of paper the page takes."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper, prefer_css_page_size=True)))


def test_ux_35_each_program_that_the_rules_make_is_one_page_of_paper(
    page: Page, sign_in: Callable[[Page, str], None], world: World, shot: Callable[[Page, str], Path]
) -> None:
    """Every exercise with its pose and dose on the first sheet, A4 or Letter; how each is done from the next one on."""
    sign_in(page, "therapist")
    for name, (patient, exercises) in look_up(world, PATIENTS).items():
        page.goto(f"/patients/{patient}/program/print/")
        page.emulate_media(media="print")
        rows = page.locator(".sheet__all li")
        assert rows.count() == page.locator(".sheet__exercise").count() == exercises
        assert all(re.search(r"\d", words) for words in rows.locator("span").all_inner_texts()), name
        poses = page.evaluate(PICTURES, ".sheet__all img")
        assert len(poses) == exercises
        assert all(painted and width >= 60 for painted, width in poses), f"{name}: {json.dumps(poses)}"
        steps = page.evaluate(PICTURES, ".sheet__exercise img")
        assert len(steps) >= exercises
        assert all(painted and width >= 100 for painted, width in steps), f"{name}: {json.dumps(steps)}"
        whole = {paper: sheets(page, paper) for paper in ("A4", "Letter")}
        page.evaluate(WITHOUT, ".sheet__glance ~ .sheet, .site-footer")
        for paper, number in whole.items():
            assert sheets(page, paper) == 1, f"{name}: the overview does not fit on {paper}"
            assert 1 < number < exercises, f"{name}: {number} sheets of {paper}"
