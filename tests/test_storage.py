"""Our scripts as they are served: without what only their readers need."""

import re
from pathlib import Path

import pytest

from stenosis_pt.storage import compact

SCRIPTS = sorted((Path(__file__).parents[1] / "static" / "js").rglob("*.js"))


@pytest.mark.parametrize(
    ("script", "served"),
    [
        (b"// why\nlet a = 1;\n", b"let a = 1;\n"),
        (b"/**\n * What.\n * @param {string} a\n */\nlet a;\n", b"let a;\n"),
        (b"let a = 1; // why\n", b"let a = 1;\n"),
        (b"  if (a) {\n    b();\n\n  }\n", b"if (a) {\nb();\n}\n"),
        (b'let a = "b // c";\n', b'let a = "b // c";\n'),
        (b'let a = "https://x/"; // why\n', b'let a = "https://x/";\n'),
    ],
)
def test_comments_and_indentation_are_not_served(script: bytes, served: bytes) -> None:
    assert compact(script) == served


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_no_text_of_a_script_goes_over_several_lines(script: Path) -> None:
    """Or its indentation would be part of what is shown."""
    served = compact(script.read_bytes()).decode()
    assert all(len(re.findall(r"(?<!\\)`", line)) % 2 == 0 for line in served.splitlines())
