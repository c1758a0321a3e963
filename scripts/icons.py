"""Make the icons of a phone's home screen from static/icons/icon.svg: PNG files beside it.

Usage: python -m scripts.icons (it needs Chromium). ``maskable`` fills the whole square, with the drawing inside the
middle four fifths, for phones that cut icons to a shape of their own.
"""

import re
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from scripts import browser

ICONS = Path(__file__).resolve().parents[1] / "static" / "icons"
SQUARE = re.compile(r'(<rect width="64" height="64") rx="14"')
MASKABLE_VIEW = "-8 -8 80 80"
"""The drawing's own 64 in a square of 80: four fifths."""


def masked(svg: str) -> str:
    """The icon without round corners, on a square that reaches its edges."""
    whole = SQUARE.sub('<rect x="-8" y="-8" width="80" height="80"', svg, count=1)
    return whole.replace('viewBox="0 0 64 64"', f'viewBox="{MASKABLE_VIEW}"', 1)


def save(page: Page, svg: str, size: int, name: str) -> None:
    """Draw the icon so many pixels wide."""
    page.set_viewport_size({"width": size, "height": size})
    page.set_content(f'<body style="margin:0">{svg.replace("<svg ", f"<svg width={size} height={size} ", 1)}</body>')
    page.screenshot(path=ICONS / name, omit_background=True)


def main() -> int:
    """Draw them all."""
    path = browser.executable()
    if not path:
        print("There is no Chromium on this machine: install chromium, or set CHROMIUM to its path.")
        return 1
    svg = (ICONS / "icon.svg").read_text()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=browser.FLAGS)
        page = running.new_page()
        save(page, svg, 192, "icon-192.png")
        save(page, svg, 512, "icon-512.png")
        save(page, masked(svg), 512, "maskable-512.png")
        save(page, masked(svg), 180, "touch-180.png")
        running.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
