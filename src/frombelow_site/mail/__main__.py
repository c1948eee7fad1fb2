"""The process of a carrier: it hands on what comes by the socket whose number it is started with."""

import os
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection

import django

POLITE = 5  # how far it stands back behind the process that answers pages

signal.signal(signal.SIGINT, signal.SIG_IGN)  # at a terminal it is sent to all; the letter in hand goes out
os.nice(POLITE)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frombelow_site.settings")
django.setup()

from .carrier import work  # noqa: E402  the apps must be ready first

with suppress(EOFError, OSError):
    work(Connection(int(sys.argv[1])))
