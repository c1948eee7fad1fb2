"""``frombelow serve`` under a clock that is as many seconds ahead as a file says, whose name is in LATER: python -m
drills.later serve ... What serves asks ``application`` here."""

import os
import sys
import time
from pathlib import Path
from types import SimpleNamespace


def __getattr__(name: str) -> object:
    if name != "application":
        raise AttributeError(name)
    from frombelow_site.wsgi import application

    _go_ahead(Path(os.environ["LATER"]))
    return application


def _go_ahead(file: Path) -> None:
    """Both clocks of the door are ahead."""
    from frombelow_site.door import timekeeping

    shifted = SimpleNamespace(**vars(time))
    shifted.time = lambda: time.time() + int(file.read_text())
    shifted.clock_gettime = lambda which: time.clock_gettime(which) + int(file.read_text())
    timekeeping.time = shifted  # type: ignore[assignment]


def main() -> None:
    from frombelow.cli import main as frombelow

    serve = os.execv

    def execv(program: str, words: list[str]) -> None:
        serve(program, [word.replace("frombelow_site.wsgi", "drills.later") for word in words])

    os.execv = execv  # type: ignore[assignment]
    sys.exit(frombelow())


if __name__ == "__main__":
    main()
