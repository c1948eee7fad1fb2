"""A member erases themselves at a door of a process of its own: python -m tests.door.erasing."""

import os
import sys

from .process import DATA, ready
from .storing import until

NAME = b"Person 3"


def written():
    """The files of the database that hold the name."""
    return [each.name for each in sorted(DATA.glob("frombelow.sqlite3*")) if NAME in each.read_bytes()]


def main():
    ready()
    from frombelow.polity.members.acts import Erase, StepBack
    from frombelow_site.door import perform, polity, the_door
    from frombelow_site.people.models import Card

    the_door().start()
    until(lambda: the_door().writer)
    person = Card.objects.get(name=NAME.decode()).person
    perform(StepBack(by=person))
    print(bool(written()))
    perform(Erase(by=person, index=polity().people[person].admitted, ground="asked"))
    until(lambda: not written())
    print(written())
    the_door().stop()
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
