"""A picture is read and written anew here, in a process of its own: ``python -m frombelow_site.decide.pictures JPEG``.

The picture comes on its standard input and goes to its standard output: what is seen and nothing else. It knows no
database and no Django, takes no more memory and time than stands here, and leaves nothing behind.
"""

import io
import sys

from PIL import Image, ImageCms, ImageOps

from frombelow.files import bound_process

SECONDS, MEGABYTES = 30, 800
POINTS = 25_000_000  # at four bytes each; WebP takes six times that
TOO_LARGE = 3  # what the process ends with


class TooLargeError(Exception):
    """More points than are read."""


def anew(data: bytes, kind: str) -> bytes:
    """The same picture, the right way up and in the colours of sRGB, with no metadata and nothing behind it; of several
    in one file the first. Raises TooLargeError, and anything else about what is no picture of this kind."""
    with Image.open(io.BytesIO(data), formats=(kind,)) as image:
        if image.width * image.height > POINTS:
            raise TooLargeError
        ImageOps.exif_transpose(image, in_place=True)
        plain = _plain(image)
    plain.info = {}  # some of it would be written with the picture
    written = io.BytesIO()
    plain.save(written, kind, **({} if kind == "PNG" else {"quality": 90}))
    return written.getvalue()


def _plain(image: Image.Image) -> Image.Image:
    """The picture in grey or in the colours of sRGB, with what shines through."""
    mode, profile = "RGBA" if image.has_transparency_data else "RGB", image.info.get("icc_profile")
    if image.mode not in ("L", "RGB", "RGBA", "CMYK"):
        image = image.convert(mode)
    if profile:
        try:
            srgb = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, io.BytesIO(profile), srgb, outputMode=mode) or image
        except ImageCms.PyCMSError:  # a profile of something else, or none
            pass
    return image.copy() if image.mode in ("L", mode) else image.convert(mode)


def main() -> None:
    bound_process(SECONDS, MEGABYTES)
    Image.MAX_IMAGE_PIXELS = None  # looked at above
    try:
        sys.stdout.buffer.write(anew(sys.stdin.buffer.read(), sys.argv[1]))
    except (TooLargeError, MemoryError):
        sys.exit(TOO_LARGE)


if __name__ == "__main__":
    main()
