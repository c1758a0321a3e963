"""Our scripts as they are served: without what only their readers need."""

import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from stenosis_pt.storage import HashedStorage, compact

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


def test_recordings_keep_the_name_that_carries_their_hash(tmp_path: Path) -> None:
    """One address each, the same in the page as on the disk; every other file gets its hash."""
    source = FileSystemStorage(location=tmp_path / "source")
    clip, other = "audio/voice/hold-4b1236.mp3", "audio/voice/manifest.json"
    for name in (clip, other):
        source.save(name, ContentFile(b"{}"))
    storage = HashedStorage(location=tmp_path / "made", base_url="/static/")
    for name in (clip, other):
        storage.save(name, ContentFile(b"{}"))
    list(storage.post_process({name: (source, name) for name in (clip, other)}))
    made = {file.name for file in (tmp_path / "made" / "audio" / "voice").iterdir()}
    assert clip.rpartition("/")[2] in made
    assert not [name for name in made if name.startswith("hold-4b1236.") and not name.endswith("4b1236.mp3")]
    assert storage.url(other) != f"/static/{other}"
