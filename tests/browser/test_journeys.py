"""One journey for each role, through the real pages, from the first press to what the next person sees."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Check, OpenContext, Watching
from tests.browser.playing import Playing
from tests.browser.server import Server

SignIn = Callable[[Page, str], None]


def press(page: Page, name: str) -> None:
    """Press a button by its words, and wait for the next page."""
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def check(page: Page, name: str, value: str) -> None:
    """Choose a radio or tick a box by its name and value."""
    page.locator(f"input[name={name}][value='{value}']").first.check()


def add_patient(page: Page, name: str) -> None:
    """The therapist adds a patient; a wrong year first."""
    page.goto("/patients/add/")
    page.fill("input[name=display_name]", name)
    page.fill("input[name=year_of_birth]", "2020")
    press(page, "Add the patient")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert page.input_value("input[name=display_name]") == name
    page.fill("input[name=year_of_birth]", "1948")
    page.select_option("select[name=time_zone]", "Europe/London")
    press(page, "Add the patient")


def fill_profile(page: Page, patient: str) -> None:
    """The profile of a patient with moderate lumbar stenosis and sore knees; nothing chosen at first."""
    page.goto(f"{patient}profile/")
    press(page, "Save and assemble")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    check(page, "regions", "lumbar")
    check(page, "severity", "moderate")
    check(page, "precautions", "knee-pain")
    page.select_option("select[name=usual_spine]", "3")
    page.select_option("select[name=usual_limb]", "2")
    check(page, "relief_position", "ninety-ninety-rest")
    press(page, "Save and assemble")


@pytest.fixture
def desk(open_context: OpenContext, watch: Watching, sign_in: SignIn) -> Callable[[str], Page]:
    """A member of staff, signed in at a desk; forms that are sent back on purpose are no faults."""

    def sit(role: str) -> Page:
        page = open_context().new_page()
        watch(page).expect("status of 400", "status of 422")
        sign_in(page, role)
        return page

    return sit


def patient_address(page: Page, name: str) -> str:
    """The address of a patient's page, found through the search."""
    page.goto(f"/patients/?all=1&q={name.split()[0]}")
    href = page.get_by_role("link", name=name).first.get_attribute("href")
    assert href is not None
    return href


def approve(page: Page, patient: str) -> None:
    """From the draft through the check page to an approved program."""
    page.goto(f"{patient}program/check/")
    page.locator("input[name=confirm]").check()
    press(page, "Approve this program")
    page.goto(patient)
    expect(page.get_by_text("revision 1 from")).to_be_visible()


def card_code(page: Page, patient: str) -> str:
    """The code of a new access card."""
    page.goto(f"{patient}card/")
    press(page, "Make a card")
    return page.locator("#card-code").inner_text()


def test_the_therapist_prescribes_and_the_patient_s_alarm_comes_back_to_them(
    desk: Callable[[str], Page], open_context: OpenContext, watch: Watching, server: Server, axe: Check
) -> None:
    """R1, R12, S2, S5, X8: from a new patient to the release of an emergency lock."""
    therapist = desk("therapist")
    add_patient(therapist, "Tom W.")
    patient = patient_address(therapist, "Tom W.")
    fill_profile(therapist, patient)
    therapist.goto(f"{patient}program/")
    axe(therapist, enhanced=False)
    expect(therapist.get_by_text("R12").first).to_be_visible()
    approve(therapist, patient)
    axe(therapist, enhanced=False)
    code = card_code(therapist, patient)

    phone = open_context(viewport=PHONE).new_page()
    watched = watch(phone)
    watched.expect("status of 400")  # the year that is typed wrong
    phone.goto("/card/")
    axe(phone)
    phone.fill("input[name=code]", code.replace("-", " ").lower())
    phone.locator("main form button").first.click()
    phone.wait_for_load_state()
    for year in ("1949", "1948"):
        phone.locator("main form input:not([type=hidden])").first.fill(year)
        press(phone, "Open my exercises")
    expect(phone.get_by_role("heading", name="Tom W.")).to_be_visible()
    axe(phone)

    playing = Playing(phone, server.world, watched).open(minutes_ago=5)
    while playing.state == "question":
        playing.answer("yes" if playing.name == "question:s5-numb" else "no")
    assert playing.state == "outcome"
    expect(phone.get_by_text("999").first).to_be_visible()
    axe(phone)
    playing.sent()
    phone.goto("/today/")
    assert phone.get_by_role("link", name="Start").count() == 0

    therapist.goto("/inbox/")
    first = therapist.locator(".inbox-row").first
    expect(first).to_contain_text("Tom W.")
    expect(first).to_contain_text("Call now")
    first.get_by_role("link", name="Open").click()
    therapist.get_by_role("link", name="Release this lock").first.click()
    press(therapist, "Release the lock")
    expect(therapist.get_by_role("heading", name="There is a problem")).to_be_visible()
    therapist.fill("textarea[name=reason]", "Seen in hospital; no nerve sign.")
    therapist.fill("input[name=examined_by]", "Dr Moss")
    therapist.fill("input[name=examined_on]", date.today().isoformat())  # noqa: DTZ011
    press(therapist, "Release the lock")
    expect(therapist.get_by_text("The lock is released.")).to_be_visible()

    phone.goto("/today/")
    phone.get_by_role("link", name="Start").or_(phone.get_by_role("button", name="Start")).first.click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("numb or odd feeling")
