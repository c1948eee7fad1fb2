"""The site with one app more, and the Spanish of its sentences."""

import tempfile
from pathlib import Path

import polib

from frombelow_site.settings import *  # noqa: F403
from frombelow_site.settings import INSTALLED_APPS, LOCALE_PATHS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.site.tearoom"]
_SPANISH = {
    "{by} brewed {cups} {cups|cup|cups}.": "{by} preparó {cups} {cups|taza|tazas}.",
    "A pot went cold.": "Una tetera se enfrió.",
    "Tea room": "Salón de té",
}
_folder = Path(tempfile.mkdtemp()) / "es" / "LC_MESSAGES"
_folder.mkdir(parents=True)
_catalogue = polib.POFile()
_catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
_catalogue.extend(polib.POEntry(msgid=english, msgstr=spanish) for english, spanish in _SPANISH.items())
_catalogue.save_as_mofile(str(_folder / "django.mo"))
LOCALE_PATHS = [_folder.parents[1], *LOCALE_PATHS]
