"""The templates and style sheets as a whole: they compile, stay within the content security policy, can be
translated, can be read (7:1), and are small."""

import re
from functools import cache
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.template.loader import get_template
from django.test import RequestFactory

from stenosis_pt.storage import compact

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted(str(path.relative_to(ROOT / "templates")) for path in (ROOT / "templates").rglob("*.html"))
SHEETS = sorted(path.name for path in (ROOT / "static/css").glob("*.css"))
PATIENT_SHEETS = [name for name in SHEETS if name != "staff.css"]
PATIENT_CSS_LIMIT = 15_000
PAGE_JS_LIMIT = 40_000


def source(name: str) -> str:
    text = (ROOT / "templates" / name).read_text()
    text = re.sub(r"{%\s*comment.*?{%\s*endcomment\s*%}", "", text, flags=re.S)
    return re.sub(r"{#.*?#}", "", text)


def sheet(name: str) -> str:
    return re.sub(r"/\*.*?\*/", "", (ROOT / "static/css" / name).read_text(), flags=re.S)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_compiles(name: str) -> None:
    assert get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_has_what_the_content_security_policy_forbids(name: str) -> None:
    text = source(name)
    assert not re.findall(r"<style\b", text)
    assert not re.findall(r"\sstyle\s*=", text)
    assert not re.findall(r"<[^>]*\s(?:on\w+|hx-on[\w:-]*)\s*=", text)
    assert "javascript:" not in text
    for attributes in re.findall(r"<script\b([^>]*)>", text):
        assert "src=" in attributes or 'type="application/json"' in attributes
    assert not re.findall(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", text)


def untranslated(text: str) -> list[str]:
    """The words of a template that no translation reaches: between tags, and in attributes that people hear."""
    text = re.sub(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", " ", text, flags=re.S)
    text = re.sub(r"{%\s*block body_class\s*%}.*?{%\s*endblock", " ", text, flags=re.S)
    text = re.sub(r"<(script|svg)\b.*?</\1>", " ", text, flags=re.S)
    text = re.sub(r"{%.*?%}|{{.*?}}", "\N{NULL}", text, flags=re.S)
    text = re.sub(r"\bdata-[\w-]+=\"[^\"]*\"", " ", text)
    spoken = re.findall(r"\s(?:aria-label|alt|title|placeholder)\s*=\s*\"([^\"]*)\"", text)
    between = re.sub(r"<[^>]*>", "\n", text, flags=re.S).split("\n")
    words = (re.sub(r"&\w+;|\N{NULL}", " ", part).replace("Stenosis PT", "") for part in [*between, *spoken])
    return [part.strip() for part in words if re.search(r"[A-Za-z]{2}", part)]


def test_the_search_for_untranslated_words_finds_them() -> None:
    assert untranslated('<p aria-label="Close">Hello {{ name }}</p>') == ["Hello", "Close"]
    assert untranslated('{% translate "Hello" %}<b>{% blocktranslate %}Bye{% endblocktranslate %}</b>') == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_word_in_a_template_is_marked_for_translation(name: str) -> None:
    assert untranslated(source(name)) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_file_that_a_template_names_exists(name: str) -> None:
    text = source(name)
    for file in re.findall(r"{%\s*static\s+[\"']([^\"']+)[\"']", text):
        assert finders.find(file), file
    sprite = (ROOT / "static/icons/sprite.svg").read_text()
    for icon in re.findall(r"{%\s*icon\s+[\"']([\w-]+)[\"']", text):
        assert f'id="{icon}"' in sprite, icon


# Colours


def luminance(colour: str) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@cache
def tokens(scheme: str) -> dict[str, str]:
    """The colour tokens of a scheme: those of light, and for dark what it changes."""
    blocks = re.findall(r":root\s*{([^}]*)}", sheet("base.css"))
    colours = [dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block)) for block in blocks]
    light, dark = (block for block in colours if "ink" in block)
    return light if scheme == "light" else {**light, **dark}


GROUNDS = ("paper", "card", "sunken", "teal-tint", "amber-tint", "red-tint", "blue-tint")
TEXT_ON = [
    *(("ink", ground) for ground in GROUNDS),
    *(("ink-soft", ground) for ground in GROUNDS),
    *((text, ground) for text in ("teal", "blue", "red", "amber") for ground in ("paper", "card", f"{text}-tint")),
    ("on-teal", "teal"),
    ("on-teal", "teal-deep"),
    ("on-red", "red"),
    ("on-red", "red-deep"),
    ("on-blue", "blue"),
    ("on-alarm", "alarm"),
    ("on-night", "night"),
]


def test_contrast_is_computed_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_stands_out_seven_to_one(scheme: str, text: str, ground: str) -> None:
    colours = tokens(scheme)
    assert contrast(colours[text], colours[ground]) >= 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("edge", ["edge", "focus", "teal", "red", "blue"])
@pytest.mark.parametrize("ground", ["paper", "card"])
def test_the_edges_of_controls_stand_out_three_to_one(scheme: str, edge: str, ground: str) -> None:
    colours = tokens(scheme)
    assert contrast(colours[edge], colours[ground]) >= 3


# Style sheets


@pytest.mark.parametrize("name", SHEETS)
def test_sheets_use_rem_logical_sides_and_no_other_host(name: str) -> None:
    text = sheet(name)
    assert re.findall(r"[\d.]px\b", text) == []
    assert re.findall(r"(?:margin|padding|border)-(?:left|right|top|bottom)\b|[\s;{](?:left|right)\s*:", text) == []
    assert re.findall(r"(?:text-align|float)\s*:\s*(?:left|right)", text) == []
    assert "url(" not in text
    assert "@import" not in text
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("name", [name for name in SHEETS if name != "figures-dark.css"])
def test_colours_come_from_the_tokens(name: str) -> None:
    """The figures have a palette of their own, which tests/exercises/figures/test_night.py holds."""
    outside = re.sub(r"--[\w-]+:\s*[^;]+;", "", sheet(name))
    assert [colour for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b", outside) if colour != "#ffffff"] == []


def test_a_patients_page_loads_at_most_15_kb_of_css() -> None:
    sizes = [len(brotli.compress((ROOT / "static/css" / name).read_bytes())) for name in PATIENT_SHEETS]
    assert sum(sizes) <= PATIENT_CSS_LIMIT


def test_the_small_modules_are_small_and_import_each_other_by_relative_names() -> None:
    scripts = [ROOT / "static/js/app.js", *(ROOT / "static/js/components").glob("*.js")]
    assert sum(len(brotli.compress(script.read_bytes())) for script in scripts) <= PAGE_JS_LIMIT / 10
    for script in scripts:
        for name in re.findall(r"^import .* from (.*);$", script.read_text(), flags=re.M):
            assert re.fullmatch(r'"\./[\w/-]+\.js"', name), (script, name)
            assert (script.parent / name.strip('"')).is_file()


def test_what_moves_a_figure_has_at_most_4_kb() -> None:
    scripts = [ROOT / "static/js/figure" / f"{name}.js" for name in ("way", "canvas", "figure")]
    assert sum(len(brotli.compress(compact(script.read_bytes()))) for script in scripts) <= 4 * 1024


# What the layouts say


def render(text: str, **context: object) -> str:
    request = RequestFactory().get("/")
    return Template(text).render(Context({"request": request, "roles": frozenset(), **context}))


CLINIC = {
    "name": "Riverside",
    "phone": "+44 1632 960 123",
    "emergency_number": "999",
    "not_watched_words": "Nobody watches.",
}


@pytest.mark.parametrize("layout", ["patient", "public", "staff", "print"])
def test_every_layout_has_a_skip_link_a_language_and_one_main(layout: str) -> None:
    html = render(f'{{% extends "layout/{layout}.html" %}}{{% block title %}}Here{{% endblock %}}')
    assert '<html lang="en"' in html
    assert "<title>Here – Stenosis PT</title>" in html
    assert html.count("<main ") == 1
    assert html.index('href="#main"') < html.index("<header")


@pytest.mark.parametrize("layout", ["patient", "public", "print"])
def test_the_clinics_phone_can_be_pressed_on_every_patients_page(layout: str) -> None:
    html = render(f'{{% extends "layout/{layout}.html" %}}', clinic=CLINIC)
    assert 'href="tel:+441632960123"' in html
    assert html.index("tel:") < html.index("<main ")


def test_s31_a_patients_page_says_that_nobody_watches_and_names_the_emergency_number() -> None:
    html = render('{% extends "layout/patient.html" %}', clinic=CLINIC)
    assert "Nobody watches." in html
    assert "Emergency: phone 999." in html


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_need_nothing_but_themselves(name: str) -> None:
    html = get_template(f"{name}.html").render()
    assert html.count("<h1>") == 1
    assert 'href="/"' in html
