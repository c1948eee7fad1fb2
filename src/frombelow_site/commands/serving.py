"""``frombelow serve``: the site on one port, in one process."""

import errno
import os
import socket
import sys
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

import typer

from frombelow_site.hosts import HERE as THIS_MACHINE
from frombelow_site.operations.findings import Finding, good

from .folder import HERE, Data, stop, use_new_folder

THREADS = 12
# Seconds to answer what is being answered. A worker that is told to stop before it listens for that would never.
STOPPING = 10


def serve(
    data: Data = HERE,
    port: Annotated[int, typer.Option(help="the port on which to serve")] = 8000,
    host: Annotated[str, typer.Option(help="the address to listen on")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(help="web processes; more than one only with PostgreSQL")] = 1,
) -> None:
    """Serve the organization; in a new folder, the pages that found one. One process takes acts in; time acts by
    itself as long as it runs."""
    host = host.strip("[]")
    listens = check_port(port, host)
    use_new_folder(data)
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    if workers > 1 and connection.vendor != "postgresql":
        stop("With SQLite one web process is faster than two. Use PostgreSQL for more.")
    if not (found := database_state()).good:
        stop(f"{found.what} {found.do}")
    call_command("migrate", verbosity=0, interactive=False)
    if code := founding_code():
        typer.echo(f"Found your organization on {address(host, port)}/begin/#{code}\nThe founding code: {code}")
    else:
        record_start()
        typer.echo(f"Serving on {address(host, port)}")
    if told := unheard(host, settings.ALLOWED_HOSTS, listens):
        typer.echo(told, err=True)
    run_server(data, listens, port, workers)


def address(host: str, port: int) -> str:
    """Where people reach the site: by the first host name of the settings with https, else where it listens."""
    from django.conf import settings

    named = next((name for name in settings.ALLOWED_HOSTS if name[0] not in ".*"), "")
    return f"https://{named}" if settings.HTTPS and named else f"http://{f'[{host}]' if ':' in host else host}:{port}"


def database_state() -> Finding:
    """Whether this version can serve the database: a fresh one it can; one with tables has to be of this version, since
    bringing it up to date begins with a backup, which is what “frombelow upgrade” does."""
    from django.db import connection

    from frombelow_site.operations import versions

    fresh = "door_entry" not in connection.introspection.table_names()
    return good("database", "The database is fresh.") if fresh else versions.tables()


def founding_code() -> str:
    """The code with which to found an organization here; "" where there is one, or the copy of one."""
    from frombelow_site.beginning.code import make_code
    from frombelow_site.door import the_door
    from frombelow_site.door.models import Entry

    if Entry.objects.exists() or the_door().published.checkpoint() is not None:
        return ""
    return make_code(the_door().data)


def record_start() -> None:
    """The start stands in the record. Where the door cannot open, or doubts its clock, the site is still served: for
    reading. Exits with 1 where nothing can be stored."""
    from frombelow_site.door import Closed, the_door

    door = the_door()
    try:
        door.record_start()
    except Closed as closed:
        if door.fault:
            stop(f"{door.fault.what} {door.fault.do}", 1)
        typer.echo(_in_doubt(door.until()) if door.until() else str(closed), err=True)
    door.election.lose()


def _in_doubt(until: int) -> str:
    from frombelow_site.operations.machine import doubted

    found = doubted(until)
    return f"{found.what} {found.do}"


def check_port(port: int, host: str = "127.0.0.1") -> str:
    """The port is free on the address of this host, which is returned. Asked beforehand: the web server would share it
    silently with one that was forgotten. Exits with 2, and says why, where one cannot listen there."""
    try:
        family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError):
        stop(f"--host: no address is known for “{host}”. Give one of this machine’s, or 127.0.0.1 for itself alone.")
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except OSError as error:
            stop(_cannot_listen(host, port, error))
    return str(place[0])


def _cannot_listen(host: str, port: int, error: OSError) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return f"Port {port} is taken by another program. Stop it, or choose another with --port."
        case errno.EADDRNOTAVAIL:
            return (
                f"--host: “{host}” is no address of this machine. Give one of its own, or 127.0.0.1 for itself alone."
            )
        case errno.EACCES:
            return f"Port {port} is not open to this user. Choose one from 1024 on with --port."
    return f"Nobody can listen on “{host}”, port {port}: {error.strerror}."


def unheard(host: str, hosts: Sequence[str], listens: str) -> str:
    """What to do where the site listens on an address for others and answers to this machine alone; "" where it is not
    so."""
    if tuple(hosts) != THIS_MACHINE or ip_address(listens).is_loopback:
        return ""
    name = "NAME" if ip_address(listens).is_unspecified else host
    return f"It answers to this machine alone. For others set FROMBELOW_HOSTS={name}, the name in their address bar."


def run_server(data: Path, host: str, port: int, workers: int = 1) -> None:
    """This process becomes the web server: what was loaded to check things does not stay in memory."""
    os.environ["FROMBELOW_DATA"] = str(data.resolve())
    os.environ["FROMBELOW_SERVED"] = f"http://localhost:{port}"
    arguments = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers)]
    arguments += ["--blocking-threads", str(THREADS), "--no-ws", "--log-level", "warning", "--respawn-failed-workers"]
    arguments += ["--workers-kill-timeout", str(STOPPING)]
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "granian", *arguments, "frombelow_site.wsgi:application"])  # noqa: S606
