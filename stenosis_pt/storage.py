"""Static files under names that carry their content's hash."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

OWN_SCRIPTS = "js/"
COMMENTS = re.compile(rb"^[ \t]*(?://[^\n]*|/\*\*.*?\*/)[ \t]*\n", re.MULTILINE | re.DOTALL)
REMARKS = re.compile(rb"""[ \t]+// [^\n"'`]*$""", re.MULTILINE)
"""After code; a line whose rest holds a quote is left alone, for it may be inside a string."""
RECORDINGS = re.compile(r"^audio/voice/[a-z0-9-]+-[0-9a-f]{6}\.mp3$")
"""Named by what they are made from: a second hash would only make every session page longer."""
INDENTS = re.compile(rb"^[ \t]+|^\n", re.MULTILINE)


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files; imports between ES modules are rewritten to the hashed names too.

    Our own scripts are served without comments and indentation: patients' phones need not fetch them.
    """

    support_js_module_import_aggregation = True
    max_post_process_passes = 12
    """One for each module that a module is imported through."""

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        """Hash and compress all but the recordings, whose names carry a hash of what they are made from already."""
        others = {name: found for name, found in paths.items() if not RECORDINGS.match(name)}
        yield from super().post_process(others, *args, **options)

    def _save(self, name: str, content: Any) -> str:
        if name.startswith(OWN_SCRIPTS) and name.endswith(".js"):
            content.seek(0)
            read = content.read()
            content = ContentFile(compact(read.encode() if isinstance(read, str) else read))
        saved: str = super()._save(name, content)
        return saved


def compact(script: bytes) -> bytes:
    """The script without comments and indentation; our scripts have no template string over several lines."""
    return INDENTS.sub(b"", REMARKS.sub(b"", COMMENTS.sub(b"", script)))
