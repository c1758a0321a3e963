"""Modules that a later page will need, fetched ahead."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from stenosis_pt.shell import modules_of

register = template.Library()


@register.simple_tag
def preload(*folders: str) -> SafeString:
    """A link for each module of these folders of static/js/, so that none waits for the one that imports it."""
    return format_html_join("\n", '<link rel="modulepreload" href="{}">', ((url,) for url in modules_of(*folders)))
