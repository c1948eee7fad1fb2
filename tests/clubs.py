"""A club that was founded once, and is there anew for each test that asks for it."""

import shutil
from pathlib import Path

from frombelow.keys import files

KEY_PASSPHRASE = "five words are easy to keep"
KEY = "ada.key"
HELD = [f"--office={key}=Ada" for key in ("chair", "secretary", "treasurer", "administrator")]
FOUNDING = (
    "init", "--template", "club", "--name", "Lantern Club", "--founder", "Ada <ada@example.org>", *HELD,
    "--key-file", KEY, "data",
)  # fmt: skip


def founded(frombelow, folder):
    """Ada founded a club in ``folder``/data and holds each office; her key lies beside it."""
    frombelow(*FOUNDING)
    open_quickly(folder / KEY)


def open_quickly(place, passphrase=KEY_PASSPHRASE):
    """The key file opens at once, as none that people use does."""
    key = files.read(place, lambda: passphrase)
    place.unlink()
    files.write(place, key, lambda: passphrase, work=1)


def put(made: Path, folder: Path) -> Path:
    """The club that was founded in one folder is in another one too, with the key; gives its data folder."""
    shutil.copytree(made / "data", folder / "data")
    shutil.copy2(made / KEY, folder / KEY)
    return folder / "data"
