"""Uploaded pictures: checked before decoding, made anew from their pixels, nothing else kept."""

import io
import warnings
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 8_000_000
MAX_PIXELS = 25_000_000
LONGEST_SIDE = 1600
"""Pixels of the longer side after scaling: enough for a tablet, small enough for an old phone."""


@dataclass(frozen=True)
class CleanPicture:
    """A picture made anew: WebP bytes and their size in pixels."""

    file: "ContentFile[bytes]"
    content_type: str
    width: int
    height: int


def clean(upload: UploadedFile) -> CleanPicture:
    """The upload's pixels as a fresh WebP file; metadata and anything behind the picture are gone.

    Raises ValidationError, in words, for a file that is too large, is no JPEG, PNG or WebP, has too many pixels,
    moves, or cannot be read.
    """
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(_("The file is larger than 8 MB. Choose a smaller picture."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _encode(_decode(upload))
    except ValidationError:
        raise
    except UnidentifiedImageError as error:
        raise ValidationError(_("This is not a picture that we can use. Choose a JPEG, PNG or WebP file.")) from error
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        Image.DecompressionBombError,
        Warning,
    ) as error:
        raise ValidationError(_("The picture cannot be read. The file may be damaged.")) from error


def _decode(upload: UploadedFile) -> Image.Image:
    upload.seek(0)
    image = Image.open(upload, formats=FORMATS)
    if image.width * image.height > MAX_PIXELS:  # read from the header, before any pixel is decoded
        raise ValidationError(_("The picture has more than 25 million pixels. Choose a smaller one."))
    if getattr(image, "n_frames", 1) > 1:
        raise ValidationError(_("The picture moves. Choose a still one."))
    image.load()
    return ImageOps.exif_transpose(image)


def _encode(image: Image.Image) -> CleanPicture:
    image = image.convert("RGBA" if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info else "RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    pixels = Image.frombytes(image.mode, image.size, image.tobytes())
    out = io.BytesIO()
    pixels.save(out, "WEBP", quality=82, method=4)
    return CleanPicture(ContentFile(out.getvalue()), "image/webp", pixels.width, pixels.height)
