"""The small modules and the sheets in a real browser, under the content security policy, without a server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from playwright.sync_api import Browser, Page, Route, expect

HOST = "http://components.test"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'"
)
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class Stage:
    """A page that shows given HTML inside the real style sheets and scripts, and keeps what is posted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.html = ""
        self.posted: list[str] = []
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda message: self.problems.append(message.text))
        page.route("**/*", self._answer)

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOST)
        if path.startswith("/static/"):
            file = Path(settings.BASE_DIR) / path.lstrip("/")
            route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
            return
        if route.request.method == "POST":
            self.posted.append(route.request.post_data or "")
        route.fulfill(body=self.html, content_type="text/html", headers={"Content-Security-Policy": POLICY})

    def show(self, body: str, **context: object) -> None:
        template = (
            '<!doctype html><html lang="en"><head><title>x</title>{% load static ui %}'
            '<link rel="icon" href="{% static "icons/icon.svg" %}">'
            '<link rel="stylesheet" href="{% static "css/base.css" %}">'
            '<link rel="stylesheet" href="{% static "css/patient.css" %}">'
            '<script type="module" src="{% static "js/app.js" %}"></script></head>'
            f'<body class="for-patient"><main class="page-main">{body}</main>'
            '<template id="confirm-dialog"><dialog><p data-confirm-words></p>'
            "<button data-confirm-yes>Yes</button><button data-confirm-no>No</button></dialog></template></body></html>"
        )
        self.html = Template(template).render(Context(context))
        self.page.goto(HOST + "/")


@pytest.fixture
def stage(chromium: Browser) -> Iterator[Stage]:
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    staged = Stage(context.new_page())
    yield staged
    context.close()
    assert staged.problems == []


def test_the_error_summary_takes_the_focus(stage: Stage) -> None:
    stage.show('{% include "components/error_summary.html" %}', errors=["Too old."])
    expect(stage.page.locator(".error-summary")).to_be_focused()


WRONG = (
    '<div class="field"><label for="sets">Sets</label><p class="error" id="error-sets" role="alert"></p>'
    '<input id="sets" aria-describedby="error-sets"></div>'
)
SWAP = """words => {
    const place = document.querySelector("#error-sets").cloneNode();
    place.textContent = words;
    place.dataset.module = "field-error";
    document.querySelector("#error-sets").replaceWith(place);
    place.dispatchEvent(new CustomEvent("htmx:load", {bubbles: true, detail: {elt: place}}));
}"""


def test_a_swapped_message_marks_its_field_and_leaves_the_focus(stage: Stage) -> None:
    stage.show(WRONG)
    field = stage.page.get_by_label("Sets")
    field.focus()
    stage.page.evaluate(SWAP, "Give a whole number.")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    expect(stage.page.get_by_role("alert")).to_have_text("Give a whole number.")
    stage.page.evaluate(SWAP, "")
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_the_stepper_steps_between_its_ends(stage: Stage) -> None:
    stage.show('{% include "components/stepper.html" with name="sets" label="Sets" value=2 min=1 max=3 %}')
    more = stage.page.get_by_role("button", name="More: Sets")
    for _ in range(3):
        more.click()
    expect(stage.page.get_by_label("Sets", exact=True)).to_have_value("3")
    for _ in range(4):
        stage.page.get_by_role("button", name="Less: Sets").click()
    expect(stage.page.get_by_label("Sets", exact=True)).to_have_value("1")


CONFIRMED = '<form method="post" data-confirm="Remove it?"><button name="do" value="remove">Remove</button></form>'


def test_no_in_the_dialog_sends_nothing(stage: Stage) -> None:
    stage.show(CONFIRMED)
    stage.page.get_by_role("button", name="Remove").click()
    expect(stage.page.locator("dialog")).to_contain_text("Remove it?")
    stage.page.get_by_role("button", name="No").click()
    expect(stage.page.locator("dialog")).to_have_count(0)
    assert stage.posted == []


def test_escape_in_the_dialog_sends_nothing(stage: Stage) -> None:
    stage.show(CONFIRMED)
    stage.page.get_by_role("button", name="Remove").click()
    stage.page.keyboard.press("Escape")
    expect(stage.page.locator("dialog")).to_have_count(0)
    assert stage.posted == []


def test_yes_in_the_dialog_sends_the_button_that_was_pressed(stage: Stage) -> None:
    stage.show(CONFIRMED)
    stage.page.get_by_role("button", name="Remove").click()
    with stage.page.expect_navigation():
        stage.page.get_by_role("button", name="Yes").click()
    assert stage.posted == ["do=remove"]


def test_a_double_tap_sends_once(stage: Stage) -> None:
    stage.show('<form method="post" data-module="submit-once"><button name="do" value="save">Save</button></form>')
    with stage.page.expect_navigation():
        stage.page.get_by_role("button", name="Save").dblclick()
    assert stage.posted == ["do=save"]


def test_what_htmx_swaps_in_is_started_too(stage: Stage) -> None:
    stage.show(
        '<div id="place"></div><template id="t">'
        '{% include "components/stepper.html" with name="n" label="N" value=1 %}</template>'
    )
    stage.page.evaluate(
        """() => {
          const part = document.getElementById("t").content.cloneNode(true).querySelector(".field");
          document.getElementById("place").append(part);
          part.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: part } }));
        }"""
    )
    stage.page.get_by_role("button", name="More: N").click()
    expect(stage.page.get_by_label("N", exact=True)).to_have_value("2")


@pytest.mark.parametrize("width", [320, 360, 700, 1280])
def test_pain_can_be_hit_and_read_at_every_width(stage: Stage, width: int) -> None:
    stage.page.set_viewport_size({"width": width, "height": 700})
    stage.show('{% include "components/pain_scale.html" with name="s" legend="Back pain now" error="Choose one." %}')
    boxes = [cell.bounding_box() for cell in stage.page.locator(".pain-scale__cell").all()]
    assert len(boxes) == 11
    for box in boxes:
        assert box is not None
        assert box["width"] >= 44
        assert box["height"] >= 48
    assert len({box["y"] for box in boxes if box}) == (1 if width >= 700 else 2)
    assert stage.page.evaluate("document.documentElement.scrollWidth") <= width
    assert stage.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 20


def test_the_pause_bar_stays_on_screen_and_is_large(stage: Stage) -> None:
    stage.show(
        '<div class="session__step session__step--run"><p class="countdown">07</p>'
        + "<p>More</p>" * 40
        + '</div><div class="pause-bar"><button type="button">Pause</button></div>'
    )
    box = stage.page.get_by_role("button", name="Pause").bounding_box()
    assert box is not None
    assert box["height"] >= 96
    assert box["width"] >= 280
    assert box["y"] + box["height"] <= 640 + 1
    digits = stage.page.evaluate("parseFloat(getComputedStyle(document.querySelector('.countdown')).fontSize)")
    assert digits >= 128
