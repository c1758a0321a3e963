"""Static files under names that carry their content's hash."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files; imports between ES modules are rewritten to the hashed names too."""

    support_js_module_import_aggregation = True
