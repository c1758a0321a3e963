"""The therapist's journey, continued: approval, the access card, the patient's device, discharge and return."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, OpenContext, Watching
from tests.browser.server import Server
from tests.browser.steps import (
    Desk,
    confirm_me,
    error_links,
    field,
    follow,
    look_up,
    press_confirmed,
    seen,
    send,
    sign_in_by_password,
    visit,
)
from tests.browser.therapist_steps import (
    ANNA,
    BEN,
    BENS_EMAIL,
    TOM,
    YEAR,
    approve,
    change,
    entry,
    opened,
    with_draft,
)

CLINIC = """
import json
from accounts.demo import DEMO_PATIENT
from accounts.models import Patient
clinic = Patient.objects.get(display_name=DEMO_PATIENT).clinic
print(json.dumps([clinic.name, clinic.phone]))
"""

ANOTHER_DAY = """
from django.utils import timezone
from accounts.models import Patient
zone = "Pacific/Kiritimati" if timezone.now().hour >= 10 else "Etc/GMT+12"
Patient.objects.filter(display_name="{name}").update(time_zone=zone)
"""
"""On another day of the patient's calendar, whatever the time of the test."""


def make_card(page: Page, patient: str, clinic: tuple[str, str]) -> str:
    """Make an access card and read it as it is printed; gives its code."""
    visit(page, f"{patient}card/")
    page.get_by_role("button", name="Make a").click()
    page.locator("#card-code").wait_for()
    seen(page)
    sheet = page.locator("main")
    for words in (TOM, *clinic):
        expect(sheet).to_contain_text(words)
    square = page.get_by_role("img", name="The square to point a camera at")
    assert square.locator("svg path, svg rect").count() > 0
    assert square.bounding_box()["width"] >= 120  # type: ignore[index]
    return page.locator("#card-code").inner_text()


def open_by_typing(page: Page, code: str) -> None:
    """The patient types the code in small letters and without the dashes; a wrong year first."""
    visit(page, "/card/")
    field(page, "code").fill(code.replace("-", " ").lower())
    send(page, "Next")
    field(page, "year_of_birth").fill(str(YEAR + 1))
    send(page, "Open my exercises")
    expect(page.locator(".error-summary")).to_contain_text("This card and this year do not work together")
    assert field(page, "year_of_birth").input_value() == str(YEAR + 1)
    field(page, "year_of_birth").fill(str(YEAR))
    send(page, "Open my exercises")
    assert page.url.endswith("/today/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(TOM)


def test_r1_approval_the_card_and_the_end_of_a_device(
    desk: Desk, open_context: OpenContext, watch: Watching, server: Server
) -> None:
    """From the check to the patient's day, and until the therapist signs the phone out."""
    page = desk("therapist")
    patient = with_draft(page)
    follow(page, "Check and approve")
    expect(page.get_by_role("row").filter(has_text="Seated march").first).to_contain_text("2 minutes")
    field(page, "reason").fill("First program, after the visit.")
    send(page, "Approve this program")
    assert error_links(page) == ["#id_confirm"]
    assert field(page, "reason").input_value() == "First program, after the visit."
    visit(page, patient)
    expect(page.get_by_text("No program has been approved yet.")).to_be_visible()
    page.goto(f"{patient}program/check/")
    field(page, "reason").fill("First program, after the visit.")
    page.get_by_label("I have checked this program and approve it").check()
    send(page, "Approve this program")
    expect(page.get_by_text("Revision 1 is approved and active.")).to_be_visible()
    visit(page, patient)
    expect(page.get_by_text("revision 1 from")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="First program, after the visit.")).to_contain_text(ANNA)
    expect(page.get_by_role("listitem").filter(has_text="Pelvic tilt on back:")).to_contain_text("hold 10 seconds")

    phone = open_context(viewport=PHONE).new_page()
    watch(phone).expect("status of 400", "status of 404", "status of 410", "status of 422")
    name, number = look_up(server.world, CLINIC)
    open_by_typing(phone, make_card(page, patient, (name, number)))
    expect(phone.get_by_text(number).first).to_be_visible()
    assert phone.locator("main a[href^='/sessions/']").count() > 0

    server.world.python(ANOTHER_DAY.format(name=TOM))
    visit(phone, "/today/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Is this you?")
    expect(phone.locator("main")).to_contain_text(TOM)
    send(phone, "Yes, this is me")
    expect(phone.get_by_role("heading", level=1)).to_contain_text(TOM)

    lost = make_card(page, patient, (name, number))
    visit(page, f"{patient}card/")
    expect(page.get_by_text("A card is out and not used yet")).to_be_visible()
    assert lost not in page.content()
    press_confirmed(page, "Stop this card", "Stop it")
    seen(page)
    expect(page.get_by_text("A card is out and not used yet")).to_have_count(0)
    finder = open_context(viewport=PHONE).new_page()
    watch(finder).expect("status of 400", "status of 404", "status of 410", "status of 422")
    finder.goto(f"/card/{lost}/")
    if finder.get_by_role("button", name="Open my exercises").count():
        field(finder, "year_of_birth").fill(str(YEAR))
        send(finder, "Open my exercises")
    finder.goto("/today/")
    assert TOM not in finder.content()
    expect(finder.get_by_role("heading", level=1)).to_have_text("This device is not signed in")

    follow(page, "Devices that are signed in")
    button = page.get_by_role("button", name="Sign out ").filter(has_text="Sign out").last
    assert page.locator("main tbody tr").count() == 1
    button.click()
    with page.expect_navigation():
        page.locator("dialog").get_by_role("button", name="Sign it out", exact=True).click()
    seen(page)
    expect(page.get_by_text("No device is signed in")).to_be_visible()
    visit(phone, "/today/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("This device is not signed in")


def test_a_patient_is_discharged_and_taken_back(desk: Desk) -> None:
    """The phone says that the care has ended, and opens again after the return."""
    page, phone = desk("therapist"), desk("patient")
    phone.goto("/today/")
    confirm_me(phone)
    assert phone.locator("main a[href^='/sessions/']").count() > 0
    visit(page, "/patients/")
    follow(page, "Rosa A.")
    patient = page.url
    follow(page, "Discharge")
    expect(page.get_by_text("No session can be started.")).to_be_visible()
    follow(page, "No, go back")
    assert page.url == patient
    follow(page, "Discharge")
    send(page, "Discharge")
    visit(page, "/patients/")
    expect(page.get_by_role("link", name="Rosa A.")).to_have_count(0)
    visit(page, "/patients/?all=1&discharged=1")
    expect(page.get_by_role("link", name="Rosa A.")).to_be_visible()
    visit(phone, "/today/")
    expect(phone.get_by_text("Your care with us has ended.")).to_be_visible()
    assert phone.locator("main a[href^='/sessions/'], main form[action^='/sessions/']").count() == 0

    follow(page, "Rosa A.")
    assert page.get_by_role("link", name="Access card").count() == 0
    follow(page, "Take back into care")
    expect(page.get_by_text("The program from before counts again.")).to_be_visible()
    send(page, "Take back")
    visit(page, "/patients/")
    expect(page.get_by_role("link", name="Rosa A.")).to_be_visible()
    phone.goto("/today/")
    confirm_me(phone)
    seen(phone)
    assert phone.locator("main a[href^='/sessions/']").count() > 0


def side_by_side(page: Page, theirs: str, mine: str) -> None:
    """The page shows both changes, and whose is which."""
    expect(page.get_by_text("Your change is not saved yet, and nothing is lost")).to_be_visible()
    heard = page.locator("section").filter(has=page.get_by_role("heading", name=f"{ANNA} has saved"))
    expect(heard).to_contain_text(theirs)
    wanted = page.locator("section").filter(has=page.get_by_role("heading", name="You want"))
    expect(wanted).to_contain_text(mine)
    seen(page)


def test_two_therapists_change_one_draft_and_neither_loses_anything(desk: Desk, server: Server) -> None:
    anna, ben = desk("therapist"), desk("")
    sign_in_by_password(ben, server.world, BENS_EMAIL)
    patient = with_draft(anna)
    visit(ben, f"{patient}program/")

    item = opened(anna, "A", "pelvic-tilt")
    item.get_by_label("Note for the patient").fill("Slowly, please.")
    change(anna, item.get_by_role("button", name="Save note"), "Note saved.")
    item = opened(ben, "A", "pelvic-tilt")
    item.get_by_label("Note for the patient").fill("Breathe out as you press.")
    item.get_by_role("button", name="Save note").click()
    side_by_side(ben, "Slowly, please.", "Breathe out as you press.")
    follow(ben, "Look at the draft as it is")
    expect(entry(ben, "A", "pelvic-tilt")).to_contain_text("Note: Slowly, please.")

    change(anna, anna.get_by_role("button", name="Take Heel raise out"), "Heel raise taken out.")
    reps = entry(ben, "A", "brace-heel-slide").get_by_label("Repetitions", exact=True)
    reps.fill("7")
    reps.press("Tab")
    side_by_side(ben, "Brace with heel slide: 2 sets of 6", "7")
    send(ben, "Make my change on top")
    expect(entry(ben, "A", "brace-heel-slide")).to_contain_text("2 sets of 7")
    expect(entry(ben, "A", "pelvic-tilt")).to_contain_text("Note: Slowly, please.")
    expect(ben.get_by_text(f"Heel raise: taken out by {ANNA}")).to_be_visible()
    visit(anna, f"{patient}program/")
    expect(entry(anna, "A", "brace-heel-slide")).to_contain_text(f"set by {BEN}")

    visit(ben, f"{patient}program/check/")
    change(anna, anna.get_by_role("button", name="Put Heel raise back"), "Heel raise put back.")
    ben.get_by_label("I have checked this program and approve it").check()
    send(ben, "Approve this program")
    expect(ben.get_by_text("Your change is not saved yet, and nothing is lost")).to_be_visible()
    visit(anna, patient)
    expect(anna.get_by_text("No program has been approved yet.")).to_be_visible()
    approve(ben, patient)
    visit(anna, patient)
    expect(anna.get_by_text("revision 1 from")).to_be_visible()


def test_two_therapists_save_one_profile_and_choose_line_by_line(desk: Desk, server: Server) -> None:
    anna, ben = desk("therapist"), desk("")
    sign_in_by_password(ben, server.world, BENS_EMAIL)
    patient = with_draft(anna)
    for page in (anna, ben):
        visit(page, f"{patient}profile/")
    field(anna, "usual_spine").select_option("4")
    field(anna, "walking_pattern").fill("The left calf.")
    send(anna, "Save")
    field(ben, "walking_minutes").fill("20")
    field(ben, "walking_pattern").fill("Both calves.")
    send(ben, "Save")
    expect(ben.get_by_role("heading", level=1)).to_have_text("Two people changed this profile")
    pattern = ben.get_by_role("group", name="Usual leg symptoms on walking")
    expect(pattern).to_contain_text("The left calf.")
    expect(pattern).to_contain_text("Both calves.")
    for row in ben.locator("main fieldset").all():
        mine = "Both calves." in row.inner_text() or "20" in row.inner_text()
        row.locator(f"input[value={'mine' if mine else 'theirs'}]").check()
    send(ben, "Save what I chose")
    visit(anna, f"{patient}profile/")
    assert field(anna, "usual_spine").input_value() == "4"
    assert field(anna, "walking_minutes").input_value() == "20"
    assert field(anna, "walking_pattern").input_value() == "Both calves."
    expect(anna.get_by_text(f"saved by {BEN}")).to_be_visible()
