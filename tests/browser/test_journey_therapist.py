"""The therapist's journey: a new patient, the assembled routine, the builder, approval and the access card."""

import re

from playwright.sync_api import Page, expect

from tests.browser.steps import (
    Desk,
    choose,
    error_links,
    field,
    follow,
    seen,
    send,
    tab_to,
    visit,
)
from tests.browser.therapist_steps import (
    ANNA,
    TOM,
    YEAR,
    approve,
    change,
    entry,
    fill_profile,
    opened,
    order,
    week,
    with_draft,
)

REASON = "Did it for years without harm; the bones were measured in May."


def add_tom(page: Page) -> None:
    """From the list of patients to a new one; a wrong year first."""
    visit(page, "/patients/")
    follow(page, "Add a patient")
    field(page, "display_name").fill(TOM)
    field(page, "year_of_birth").fill("2020")
    field(page, "time_zone").select_option("Europe/London")
    send(page, "Add the patient")
    assert error_links(page) == ["#id_year_of_birth"]
    assert field(page, "display_name").input_value() == TOM
    assert field(page, "year_of_birth").input_value() == "2020"
    assert field(page, "time_zone").input_value() == "Europe/London"
    field(page, "year_of_birth").fill(str(YEAR))
    send(page, "Add the patient")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{TOM} is added")


def record_profile(page: Page) -> None:
    """The profile: what is missing and what is wrong first; nothing that was typed goes."""
    follow(page, "Record the clinical profile and prescribe the program")
    assert page.locator("input[name=regions]:checked, input[name=severity]:checked").count() == 0
    field(page, "walking_minutes").fill("999")
    field(page, "walking_pattern").fill("Both calves.")
    choose(page, "precautions", "knee-pain")
    choose(page, "relief_position", "ninety-ninety-rest")
    send(page, "Save and assemble")
    assert error_links(page) == ["#id_regions_0", "#id_severity_0", "#id_walking_minutes"]
    assert field(page, "walking_minutes").input_value() == "999"
    assert field(page, "walking_pattern").input_value() == "Both calves."
    for name, value in (("precautions", "knee-pain"), ("relief_position", "ninety-ninety-rest")):
        expect(page.locator(f"input[name={name}][value={value}]")).to_be_checked()
    fill_profile(page)
    send(page, "Save and assemble")


def test_r12_a_new_patient_gets_a_routine_that_explains_itself(desk: Desk) -> None:
    """R2, R12, R17, X6: reasons, what was left out, what was swapped, and an entry that waits for its OK."""
    page = desk("therapist")
    add_tom(page)
    record_profile(page)
    assert order(page, "A") == ["marching-seated", "pelvic-tilt", "brace-heel-slide", "heel-raise", "breathing"]
    item = opened(page, "A", "pelvic-tilt")
    expect(item.get_by_role("listitem").filter(has_text="R2")).to_contain_text("Part of the template")
    walking = opened(page, "B", "walking-intervals")
    expect(walking.get_by_role("listitem").filter(has_text="R17")).to_contain_text("In place of Exercise bike.")
    rules = page.get_by_role("region", name="What the rules did")
    line = rules.get_by_role("listitem")
    expect(line.filter(has_text="Aerobic day: Seated forward bend: Not with these precautions")).to_contain_text("R12")
    expect(line.filter(has_text="Bridge: Waits for your OK because of: “Knee pain")).to_contain_text("R12")
    expect(line.filter(has_text="Exercise bike → Walk and rest intervals")).to_contain_text("R17")
    seen(page)

    held = page.get_by_role("region", name=re.compile("Needs your OK"))
    bridge = held.get_by_role("listitem").filter(has_text="Bridge")
    expect(bridge).to_contain_text("Because of: Knee pain with bending or loading.")
    change(page, page.get_by_role("button", name="OK for this patient: Bridge"), "Your OK is recorded.")
    assert order(page, "A").index("bridge") == order(page, "A").index("brace-heel-slide") + 1
    expect(bridge).to_contain_text(f"Covers: Knee pain with bending or loading. {ANNA}")
    expect(rules.get_by_text("Bridge: Waits")).to_have_count(0)
    expect(rules.get_by_text("Sit to stand: Waits")).to_have_count(1)
    change(
        page,
        page.get_by_role("button", name="Take the OK back: Bridge"),
        "OK taken back. The exercise is held again.",
    )
    assert "bridge" not in order(page, "A")
    seen(page)


def test_r29_a_dose_over_the_cap_is_refused_and_a_right_one_is_kept(desk: Desk) -> None:
    page = desk("therapist")
    patient = with_draft(page)
    item = entry(page, "A", "pelvic-tilt")
    reps = item.get_by_label("Repetitions", exact=True)
    words = item.locator("#words-A-pelvic-tilt")
    reps.fill("29")
    reps.press("Tab")
    error = page.locator("#error-A-pelvic-tilt-reps")
    expect(error).to_have_text(
        "That is over the daily cap of 20 for this exercise (R29). The cap counts the whole day."
    )
    expect(reps).to_have_value("29")
    expect(reps).to_have_attribute("aria-invalid", "true")
    expect(words).to_contain_text("10 times, hold 10 seconds")
    seen(page)
    reps.fill("12")
    reps.press("Tab")
    expect(error).to_be_empty()
    expect(words).to_contain_text("12 times, hold 10 seconds")
    expect(words).to_contain_text(f"set by {ANNA}", ignore_case=True)
    visit(page, f"{patient}program/")
    expect(reps).to_have_value("12")
    expect(words).to_contain_text(f"set by {ANNA}", ignore_case=True)
    visit(page, f"{patient}program/check/")
    expect(page.get_by_role("row").filter(has_text="Pelvic tilt on back")).to_contain_text("12 times, hold 10 seconds")


def test_r17_entries_are_swapped_taken_out_put_back_and_explained_to_the_patient(desk: Desk) -> None:
    page = desk("therapist")
    patient = with_draft(page)
    before, aerobic = order(page, "A"), order(page, "B")
    item = opened(page, "A", "pelvic-tilt")
    expect(item.get_by_text("Seated pelvic tilt (easier)")).to_be_visible()
    expect(item.get_by_text("Does not pass:")).to_be_visible()
    assert item.get_by_role("button", name="Seated pelvic tilt (easier)").count() == 0
    item = opened(page, "B", "hamstring-stretch-seated")
    harder = item.get_by_role("button", name="Hamstring stretch on back (harder)")
    slug = harder.get_attribute("value") or ""
    change(page, harder, "Hamstring stretch on back takes the place of Hamstring stretch in a chair.")
    assert order(page, "B") == [slug if each == "hamstring-stretch-seated" else each for each in aerobic]
    expect(page.get_by_text(f"Hamstring stretch in a chair: swapped by {ANNA}")).to_be_visible()
    seen(page)
    change(
        page,
        opened(page, "B", slug).get_by_role("button", name="Hamstring stretch in a chair (easier)"),
        "Hamstring stretch in a chair takes the place of Hamstring stretch on back.",
    )
    assert order(page, "B") == aerobic
    assert order(page, "A") == before
    seen(page)

    change(page, page.get_by_role("button", name="Take Heel raise out"), "Heel raise taken out.")
    assert order(page, "A") == [each for each in before if each != "heel-raise"]
    expect(page.get_by_text(f"Heel raise: taken out by {ANNA}")).to_be_visible()
    seen(page)
    change(page, page.get_by_role("button", name="Put Heel raise back"), "Heel raise put back.")
    assert order(page, "A") == before

    item = opened(page, "A", "heel-raise")
    item.get_by_label("Note for the patient").fill("Hold on to the kitchen counter.")
    change(page, item.get_by_role("button", name="Save note"), "Note saved.")
    expect(item.get_by_text("Note: Hold on to the kitchen counter.")).to_be_visible()
    visit(page, f"{patient}program/check/")
    expect(page.get_by_role("row").filter(has_text="Heel raise")).to_contain_text("Hold on to the kitchen counter.")


def test_x19_what_is_contraindicated_is_marked_and_needs_a_written_reason(desk: Desk) -> None:
    page = desk("therapist")
    patient = with_draft(page)
    follow(page, "Add an exercise")
    field(page, "q").fill("double knee")
    expect(page.get_by_role("heading", level=2)).to_have_text(["Double knee tuck"])
    visit(page, f"{patient}program/add/?q=belly+brace")
    send(page, "Add Belly brace")
    expect(page.get_by_text("Belly brace added.")).to_be_visible()
    expect(opened(page, "A", "abdominal-brace")).to_contain_text(f"Put in by {ANNA}.")

    visit(page, f"{patient}program/add/?q=seated+forward+bend")
    row = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Seated forward bend"))
    expect(row).to_contain_text("Needs a reason")
    expect(row).to_contain_text(re.compile("Not with these precautions.*R12", re.DOTALL))
    field(page, "day").select_option("D")
    send(page, "Add Seated forward bend")
    assert error_links(page) == ["#id_reason"]
    expect(page.get_by_text("Write the reason first: this exercise is marked for this patient.").first).to_be_visible()
    assert field(page, "day").input_value() == "D"
    field(page, "reason").fill(REASON)
    send(page, "Add Seated forward bend")
    assert "seated-forward-bend" in order(page, "D")
    item = opened(page, "D", "seated-forward-bend")
    expect(item).to_contain_text("Against the rules, by your reason")
    expect(item).to_contain_text("Not with these precautions")
    seen(page)
    approve(page, patient)
    visit(page, f"{patient}program/")
    expect(page.get_by_role("row").filter(has_text="Seated forward bend")).to_contain_text(REASON)


def test_entries_are_put_in_order_by_the_keyboard_alone(desk: Desk) -> None:
    page = desk("therapist")
    patient = with_draft(page)
    before = order(page, "A")
    assert before[1:3] == ["pelvic-tilt", "brace-heel-slide"]
    page.locator("body").press("Home")
    down, up = page.locator("#down-A-pelvic-tilt"), page.locator("#up-A-pelvic-tilt")
    tab_to(page, down)
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("Pelvic tilt on back moved to position 3 of 5.")
    assert order(page, "A") == [before[0], before[2], before[1], *before[3:]]
    expect(down).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("#said")).to_have_text("Pelvic tilt on back moved to position 4 of 5.")
    expect(down).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(up).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("#said")).to_have_text("Pelvic tilt on back moved to position 3 of 5.")
    expect(up).to_be_focused()
    seen(page)
    visit(page, f"{patient}program/")
    assert order(page, "A") == [before[0], before[2], before[1], *before[3:]]


def test_a_press_right_after_a_move_is_a_move_too_and_loads_no_page(desk: Desk) -> None:
    """Keys held down or pressed fast reach the list that was just put in; its buttons work from the first moment."""
    page = desk("therapist")
    with_draft(page)
    before = order(page, "A")
    loads: list[str] = []
    page.on("load", lambda shown: loads.append(shown.url))
    page.evaluate("""() => document.addEventListener("htmx:afterSwap", () => setTimeout(() =>
        document.querySelector("#down-A-pelvic-tilt").click()), {once: true})""")
    page.locator("#down-A-pelvic-tilt").click()
    expect(page.locator("#said")).to_have_text("Pelvic tilt on back moved to position 4 of 5.")
    assert order(page, "A") == [before[0], before[2], before[3], before[1], *before[4:]]
    assert loads == []


def test_r26_the_week_is_set_by_hand_and_back_by_the_rules(desk: Desk) -> None:
    page = desk("therapist")
    patient = with_draft(page)
    rules = ["Strength + Daily set", "Aerobic"] * 3 + ["Daily set"]
    assert week(page) == rules
    page.get_by_text("Change the week").click()
    boxes = page.locator("#week input[type=checkbox]:checked")
    while boxes.count():
        boxes.first.uncheck()
    page.get_by_role("button", name="Save the week").click()
    assert error_links(page) == ["#id-week-d1_0"]
    assert week(page) == rules
    seen(page)
    for day, names in ((1, "A"), (3, "B"), (5, "AD")):
        for name in names:
            choose(page, f"d{day}", name)
    change(page, page.get_by_role("button", name="Save the week"), "Week saved.")
    assert week(page) == ["Strength", "–", "Aerobic", "–", "Strength + Daily set", "–", "–"]
    expect(page.locator("#week h2")).to_contain_text(f"set by {ANNA}")
    visit(page, f"{patient}program/check/")
    expect(page.get_by_text("1 A · 2 – · 3 B · 4 – · 5 A + D · 6 – · 7 –")).to_be_visible()
    visit(page, f"{patient}program/")
    change(page, page.get_by_role("button", name="Back to the week of the rules"), "The week of the rules again.")
    assert week(page) == rules
