"""Small pieces of the look: icons, tags, pictures, doses, dates in the reader's zone."""

import re
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from stenosis_pt.dose_words import dose_words
from stenosis_pt.pictures import FIGURE_HEIGHT, FIGURE_WIDTH, HEIGHT, WIDTH, dark_url, position_url

register = template.Library()

TAGS = {
    "call-now": _("Call now"),
    "today": _("Today"),
    "stopped": _("Stopped"),
    "paused": _("Paused"),
    "no-data": _("No data"),
    "question": _("Question"),
    "ok": _("As planned"),
    "held": _("Needs your OK"),
    "excluded": _("Left out"),
    "draft": _("Draft"),
    "published": _("Published"),
    "retired": _("Retired"),
    "active": _("Active"),
}
TURNS_WITH_THE_SCRIPT = {"back", "next"}


@register.simple_tag
def status_tag(kind: str, words: str = "") -> SafeString:
    """A short status in words; the colour only repeats it."""
    return format_html('<span class="tag tag--{}">{}</span>', kind, words or TAGS.get(kind, kind))


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite, hidden from screen readers: words beside it say the same."""
    turns = " icon--turns" if name in TURNS_WITH_THE_SCRIPT else ""
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        turns,
        static("icons/sprite.svg"),
        name,
    )


@register.simple_tag
def exercise_picture(start_position: str, kind: str = "", alt: str = "", big: bool = False) -> SafeString:
    """The picture of a start position; decorative unless ``alt`` says otherwise."""
    return format_html(
        '<img class="picture{}{}" src="{}" alt="{}" width="{}" height="{}"{}>',
        " picture--big" if big else "",
        f" picture--{kind}" if kind else "",
        position_url(str(start_position)),
        alt,
        WIDTH,
        HEIGHT,
        "" if big else SafeString(' loading="lazy"'),
    )


@register.simple_tag
def still(url: str, alt: str = "", css: str = "", lazy: bool = False) -> SafeString:
    """An exercise's still picture by its address, light or dark as the page; decorative unless ``alt`` says more."""
    dark = dark_url(str(url))
    image = format_html(
        '<img{} src="{}" alt="{}" width="{}" height="{}"{}>',
        format_html(' class="{}"', css) if css else "",
        url,
        alt,
        FIGURE_WIDTH,
        FIGURE_HEIGHT,
        SafeString(' loading="lazy"') if lazy else "",
    )
    if not dark:
        return image
    return format_html('<picture><source media="(prefers-color-scheme: dark)" srcset="{}">{}</picture>', dark, image)


@register.simple_tag
def rule_ids(*ids: str) -> SafeString:
    """Rule ids, each in one piece: ``R18, R24``."""
    return format_html_join(", ", '<span class="rule-id">{}</span>', ((rule,) for rule in ids if rule))


SAYS_ENOUGH = ("?", "？", "؟", ".", "…", ":")


@register.filter
def before_colon(label: Any) -> str:
    """A field's name before what is wrong with it: a question keeps its own mark, all else gets a colon."""
    text = str(label).strip()
    return f"{text} " if text.endswith(SAYS_ENOUGH) else text + pgettext("after a field's name", ": ")


@register.filter
def dose(value: Any) -> str:
    """A dose in words, for instance ``2 sets of 6, hold 5 seconds, each side``."""
    return dose_words(value)


@register.filter
def tel(number: object) -> str:
    """A phone number as a ``tel:`` address wants it: digits, with a leading plus kept."""
    text = str(number or "").strip()
    return ("+" if text.startswith("+") else "") + re.sub(r"\D", "", text)


@register.filter
def anchor(field: BoundField) -> str:
    """The id that an error message's link leads to: the control, or the first of a group."""
    widget = field.field.widget
    if hasattr(widget, "subwidgets") and getattr(widget, "use_fieldset", False):
        return f"{field.auto_id}_0"
    return field.id_for_label or str(field.auto_id)


@register.filter
def count_from_zero(length: int) -> range:
    """The numbers 0, 1, … below ``length``."""
    return range(int(length))


@register.filter
def same_number(value: object, number: int) -> bool:
    """Whether a posted or stored value is this number; nothing and an empty text are no number."""
    return value is not None and str(value) == str(number)


@register.filter
def get(mapping: Mapping[Any, Any], key: object) -> object:
    """The mapping's value for a key that a variable holds; None where it has none."""
    return mapping.get(key)


def _zone(zone: str | tzinfo | None) -> tzinfo:
    if zone is None or zone == "":
        return timezone.get_current_timezone()
    return ZoneInfo(zone) if isinstance(zone, str) else zone


@register.filter
def local_date(value: date | datetime | None, zone: str | tzinfo | None = None) -> str:
    """``Friday 21 November`` style day in the reader's (or the named) zone, by the locale's habit."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value, _zone(zone)).date()
    return date_format(value, "DATE_FORMAT")


@register.filter
def local_time(value: datetime | None, zone: str | tzinfo | None = None) -> str:
    """The time of day in the reader's (or the named) zone."""
    return "" if value is None else date_format(timezone.localtime(value, _zone(zone)), "H:i")


@register.filter
def local_moment(value: datetime | None, zone: str | tzinfo | None = None) -> SafeString:
    """Day and time in a ``time`` element that machines can read."""
    if value is None:
        return SafeString("")
    local = timezone.localtime(value, _zone(zone))
    return format_html(
        '<time datetime="{}">{}</time>',
        local.isoformat(),
        f"{date_format(local, 'DATE_FORMAT')}, {date_format(local, 'H:i')}",
    )
