"""The clinic admin's journey: settings, a colleague from invitation to first sign-in, roles, leaving, a lost phone."""

from playwright.sync_api import Page, expect

from tests.browser.server import Server
from tests.browser.steps import (
    PASSWORD,
    Desk,
    app_code,
    choose,
    error_links,
    field,
    follow,
    press,
    press_confirmed,
    seen,
    send,
    sign_in_by_password,
    visit,
)

NIA = "nia@riverside.example"
ANNA, BEN = "Anna Okafor", "Ben Hartley"


def test_settings_with_an_error_keep_what_was_typed(desk: Desk, server: Server) -> None:
    """S31: the words of the clinic below every page of a patient."""
    page = desk("admin")
    visit(page, "/clinic/")
    follow(page, "Change the settings")
    field(page, "name").fill("Riverside Clinic")
    field(page, "phone").fill("ring us")
    send(page, "Save")
    assert error_links(page) == ["#id_phone"]
    assert (field(page, "name").input_value(), field(page, "phone").input_value()) == ("Riverside Clinic", "ring us")
    field(page, "phone").fill("020 7946 0001")
    field(page, "not_watched").fill("Nobody reads this at night. Phone if it is urgent.")
    send(page, "Save")
    assert page.url == f"{server.url}/clinic/"
    expect(page.get_by_role("heading", level=1)).to_have_text("Riverside Clinic")
    patient = desk("patient")
    patient.goto("/today/")
    expect(patient.get_by_text("Nobody reads this at night.")).to_be_visible()
    expect(patient.get_by_text("020 7946 0001").first).to_be_visible()


def invite(page: Page) -> str:
    """The admin invites Nia, a wrong address first; gives the link."""
    visit(page, "/clinic/")
    follow(page, "Invite staff")
    field(page, "name").fill("Nia Roe")
    field(page, "email").fill("not an address")
    send(page, "Make the link")
    assert "#id_email" in error_links(page)
    assert field(page, "name").input_value() == "Nia Roe"
    field(page, "email").fill(NIA)
    choose(page, "roles", "therapist")
    send(page, "Make the link")
    return page.get_by_label("Link").input_value()


def accept(page: Page, link: str) -> list[str]:
    """Nia opens the link, chooses a password and sets up the app; gives her recovery codes."""
    visit(page, link)
    field(page, "password").fill("short")
    field(page, "again").fill("other")
    send(page, "Go on")
    assert error_links(page)
    field(page, "password").fill(PASSWORD)
    field(page, "again").fill(PASSWORD)
    send(page, "Go on")
    assert page.url.endswith("/account/2fa/")
    follow(page, "Set up the app")
    secret = page.locator("#secret").inner_text()
    field(page, "code").fill("12345")
    send(page, "Done")
    assert error_links(page) == ["#id_code"]
    assert page.locator("#secret").inner_text() == secret
    field(page, "code").fill(app_code(secret))
    send(page, "Done")
    visit(page, "/account/2fa/recovery-codes/")
    codes = page.locator("main code").all_inner_texts()
    assert len(codes) == 10
    return codes


def sign_in_with(page: Page, code: str) -> None:
    """Nia signs in with her password and a recovery code."""
    page.goto("/account/login/")
    page.get_by_label("Email").fill(NIA)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    send(page, "Sign in")
    assert page.url.endswith("/account/2fa/authenticate/")
    field(page, "code").fill("00000000")
    send(page, "Sign in")
    assert error_links(page) == ["#id_code"]
    field(page, "code").fill(code)
    send(page, "Sign in")


def test_a_colleague_is_invited_given_roles_and_helped_after_a_lost_phone(desk: Desk) -> None:
    admin, colleague = desk("admin"), desk("", "status of 404")
    link = invite(admin)
    codes = accept(colleague, link)
    colleague.goto("/account/logout/")
    if colleague.get_by_role("button", name="Sign out").count():
        press(colleague, "Sign out")
    sign_in_with(colleague, codes[0])
    visit(colleague, "/patients/")
    visit(colleague, "/account/reauthenticate/?next=/account/2fa/recovery-codes/generate/")
    prove(colleague)
    send(colleague, "Make new codes")
    new = colleague.locator("main code").all_inner_texts()
    assert len(new) == 10
    assert not set(new) & set(codes)

    visit(admin, "/clinic/")
    follow(admin, "Nia Roe")
    choose(admin, "roles", "editor")
    send(admin, "Save the roles")
    visit(colleague, "/desk/")
    follow_to_member(admin)
    admin.locator("input[name=roles][value=therapist]").uncheck()
    send(admin, "Save the roles")
    answer = colleague.goto("/patients/")
    assert answer is not None
    assert answer.status == 404

    follow_to_member(admin)
    follow(admin, "Reset the second step")
    send(admin, "Reset it")
    sign_in_by_password_alone(colleague)
    visit(colleague, "/account/2fa/")
    follow(colleague, "Set up the app")
    field(colleague, "code").fill(app_code(colleague.locator("#secret").inner_text()))
    send(colleague, "Done")


def prove(page: Page) -> None:
    """Show once more who it is, with a wrong password first."""
    assert "/account/reauthenticate/" in page.url
    field(page, "password").fill("not the one")
    send(page, "Go on")
    assert error_links(page) == ["#id_password"]
    field(page, "password").fill(PASSWORD)
    send(page, "Go on")


def follow_to_member(page: Page) -> None:
    """The admin opens Nia's page."""
    page.goto("/clinic/")
    follow(page, "Nia Roe")


def sign_in_by_password_alone(page: Page) -> None:
    """Nia's session has ended; her password alone lets her in, as far as the second step."""
    page.goto("/account/login/")
    page.get_by_label("Email").fill(NIA)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")
    assert "authenticate" not in page.url


def test_a_therapist_leaves_and_the_patients_are_handed_over(desk: Desk, server: Server) -> None:
    admin, leaving = desk("admin"), desk("therapist")
    visit(admin, "/clinic/")
    follow(admin, ANNA)
    field(admin, "to").select_option(label=BEN)
    send(admin, "Hand the patients over")
    admin.goto("/clinic/")
    row = admin.get_by_role("row").filter(has_text=ANNA)
    expect(row.get_by_role("cell").last).to_have_text("0")
    follow(admin, ANNA)
    button = admin.locator("form[action$='/deactivate/'] button")
    press_confirmed(admin, button.inner_text(), button.locator("..").get_attribute("data-confirm-yes") or "Yes")
    seen(admin)
    leaving.goto("/patients/")
    assert "/account/login/" in leaving.url
    sign_in_by_password(leaving, server.world, "anna@riverside.example")
    seen(leaving)
    leaving.goto("/patients/")
    assert "/account/login/" in leaving.url
    other = desk("")
    sign_in_by_password(other, server.world, "ben@riverside.example")
    visit(other, "/patients/")
    expect(other.get_by_role("link", name="Rosa A.")).to_be_visible()
