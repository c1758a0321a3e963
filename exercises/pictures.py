"""Uploaded pictures: checked before decoding, made anew from their pixels, nothing else kept."""

import io
import struct
import warnings
import zlib
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 8_000_000
MAX_PIXELS = 25_000_000
"""Of a JPEG, which is decoded at the size that is wanted."""
MAX_PIXELS_WHOLE = 12_000_000
"""Of the other formats, which are decoded whole: four bytes a pixel."""
LONGEST_SIDE = 1600
"""Pixels of the longer side after scaling: enough for a tablet, small enough for an old phone."""

ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each value of the metadata's orientation."""
DAMAGED = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Warning,
)
"""What the decoders raise on files that are not what they claim to be."""


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
    except DAMAGED as error:
        raise ValidationError(_("The picture cannot be read. The file may be damaged.")) from error


def _decode(upload: UploadedFile) -> Image.Image:
    upload.seek(0)
    image = Image.open(upload, formats=FORMATS)
    most = MAX_PIXELS if image.format == "JPEG" else MAX_PIXELS_WHOLE
    if image.width * image.height > most:  # read from the header, before any pixel is decoded
        words = _("The picture has more than %(most)d million pixels. Choose a smaller one.")
        raise ValidationError(words, params={"most": most // 1_000_000})
    if getattr(image, "n_frames", 1) > 1:
        raise ValidationError(_("The picture moves. Choose a still one."))
    image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is made smaller while it is decoded
    image.load()
    return image


def _turn(image: Image.Image) -> Image.Transpose | None:
    """How the picture is to be turned, by its metadata. What stands there may be anything: nonsense turns nothing."""
    try:
        return TURNS.get(image.getexif().get(ORIENTATION, 1))
    except Exception:
        return None


def _encode(image: Image.Image) -> CleanPicture:
    turn = _turn(image)
    wanted = "RGBA" if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info else "RGB"
    if image.mode not in {"RGB", "RGBA", "L", "CMYK", "YCbCr"} or "transparency" in image.info:
        image = image.convert(wanted)  # these cannot be made smaller smoothly
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    image = image.convert(wanted)
    if turn is not None:
        image = image.transpose(turn)
    pixels = Image.frombytes(image.mode, image.size, image.tobytes())
    out = io.BytesIO()
    pixels.save(out, "WEBP", quality=82, method=4)
    return CleanPicture(ContentFile(out.getvalue()), "image/webp", pixels.width, pixels.height)
