"""``frombelow`` under a clock that is as many seconds ahead as a file says: python -m drills.later FILE COMMAND."""

import sys
import time
from pathlib import Path


def main() -> None:
    ahead = Path(sys.argv.pop(1))

    def by() -> int:
        return int(ahead.read_text() or 0)

    import django

    django.setup()
    from frombelow_site.door import door, timekeeping

    real = timekeeping.machine_clocks()
    shifted = timekeeping.Clocks(lambda: int(time.time()) + by(), lambda: real.steady() + by(), real.boot)
    door.machine_clocks = lambda: shifted  # type: ignore[attr-defined]
    from frombelow.cli import main as frombelow

    frombelow()


if __name__ == "__main__":
    main()
