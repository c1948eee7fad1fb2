"""Files as people send them, honest and otherwise; what a PDF that they get says."""

import io
import re
import zipfile
import zlib

from PIL import Image, ImageCms

PDF = b"%PDF-1.4\n1 0 obj << /Title (Plan of the yard) >> endobj\ntrailer << >>\n%%EOF\n"
ARMED = PDF.replace(b"<< >>", b"<< /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /EmbeddedFiles 2 0 R >>")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def picture(kind="JPEG", size=(60, 40), mode="RGB", colour=(200, 30, 30), **written):
    """A picture, as Pillow writes it."""
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, kind, **written)
    return file.getvalue()


def photo(kind="JPEG"):
    """A picture that says where and by what it was taken, and lies on its side."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Camera of Bo", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 12.0), 3: "W", 4: (0.0, 7.0, 39.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    more = {"comment": b"Comment of Bo"} if kind == "JPEG" else {}
    return picture(kind, exif=exif, icc_profile=profile, **more)


def zipped():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("run.me", "hidden words" * 9)
    return file.getvalue()


def bomb():
    """A picture of a few kilobytes with more points than are read."""
    return picture("PNG", (20_000, 20_000), "1", 0)


def letters(pdf):
    """The letters of the PDF, and the files in it."""
    streams = [
        zlib.decompress(each) for each in re.findall(rb"stream\n(.*?)\nendstream", pdf, re.S) if each[:1] == b"x"
    ]
    drawn = [b" ".join(re.findall(rb"\((.*?)(?<!\\)\) Tj", each, re.S)) for each in streams]
    return b" ".join(drawn).decode("cp1252").replace("\\(", "(").replace("\\)", ")"), streams
