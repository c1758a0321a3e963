"""Steps of the therapist's journeys: a patient with a program, and one change of a draft after the other."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import choose, field, press

ANNA, BEN = "Anna Okafor", "Ben Hartley"
BENS_EMAIL = "ben@riverside.example"
TOM, YEAR = "Tom W.", 1948


def add_patient(page: Page, name: str = TOM) -> str:
    """Add a patient; gives the address of the patient's page."""
    page.goto("/patients/add/")
    field(page, "display_name").fill(name)
    field(page, "year_of_birth").fill(str(YEAR))
    field(page, "time_zone").select_option("Europe/London")
    press(page, "Add the patient")
    return page.url.removesuffix("added/")


def fill_profile(page: Page) -> None:
    """Moderate lumbar stenosis, sore knees, thin bones."""
    choose(page, "regions", "lumbar")
    choose(page, "severity", "moderate")
    for code in ("knee-pain", "osteoporosis"):
        choose(page, "precautions", code)
    field(page, "usual_spine").select_option("3")
    field(page, "usual_limb").select_option("2")
    field(page, "walking_minutes").fill("10")
    choose(page, "relief_position", "ninety-ninety-rest")


def with_draft(page: Page) -> str:
    """A new patient whose routine is assembled, with the draft on the page; gives the patient's address."""
    patient = add_patient(page)
    page.goto(f"{patient}profile/")
    fill_profile(page)
    press(page, "Save and assemble")
    assert page.url == f"{patient}program/"
    return patient


def approve(page: Page, patient: str) -> None:
    """Approve the draft as it is."""
    page.goto(f"{patient}program/check/")
    page.get_by_label("I have checked this program and approve it").check()
    press(page, "Approve this program")


def entry(page: Page, day: str, exercise: str) -> Locator:
    """An entry of the draft."""
    return page.locator(f"#item-{day}-{exercise}")


def opened(page: Page, day: str, exercise: str) -> Locator:
    """An entry of the draft with its explanation and its small forms in sight."""
    item = entry(page, day, exercise)
    if not item.locator("details").evaluate("each => each.open"):
        item.locator("summary").click()
    return item


def order(page: Page, day: str) -> list[str]:
    """The entries of a day, in their order."""
    return [
        each.removeprefix(f"item-{day}-")
        for each in page.locator(f"[id^='item-{day}-']").evaluate_all("all => all.map(each => each.id)")
    ]


def change(page: Page, button: Locator, said: str) -> None:
    """Press a button that changes the draft in its place, and read what is said of it."""
    button.click()
    expect(page.locator("#said")).to_have_text(said)


def week(page: Page) -> list[str]:
    """What each of the seven days is for."""
    return page.locator("#week .week-plan__what").all_inner_texts()
