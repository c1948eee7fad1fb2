"""The site by a clock that a bench can turn: ``data/bench-clock`` holds the seconds to add."""

import os
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frombelow_site.settings")
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from frombelow_site.door import the_door  # noqa: E402
from frombelow_site.mail.carrier import Apart  # noqa: E402
from frombelow_site.mail.postman import Postman  # noqa: E402

PLACE = Path(os.environ["FROMBELOW_DATA"]) / "bench-clock"


def turned() -> int:
    """Now, with what the bench added."""
    return int(time.time()) + (int(PLACE.read_text() or 0) if PLACE.exists() else 0)


the_door().clock = turned
the_door().start()
Postman(the_door(), Apart()).start()
