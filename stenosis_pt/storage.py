"""Static files under names that carry their content's hash."""

import re
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

OWN_SCRIPTS = "js/"
COMMENTS = re.compile(rb"^[ \t]*(?://[^\n]*|/\*\*.*?\*/)[ \t]*\n", re.MULTILINE | re.DOTALL)


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files; imports between ES modules are rewritten to the hashed names too.

    Our own scripts are served without the comments that stand on lines of their own: patients' phones need not
    fetch them.
    """

    support_js_module_import_aggregation = True

    def _save(self, name: str, content: Any) -> str:
        if name.startswith(OWN_SCRIPTS) and name.endswith(".js"):
            content.seek(0)
            read = content.read()
            content = ContentFile(without_comments(read.encode() if isinstance(read, str) else read))
        saved: str = super()._save(name, content)
        return saved


def without_comments(script: bytes) -> bytes:
    """The script without comments on lines of their own; nothing else changes."""
    return COMMENTS.sub(b"", script)
