"""Python that has imported what commands need, and forks for each: a process of its own, without a second of imports.

``run("-m", "frombelow", ...)`` is what ``subprocess.run([sys.executable, "-m", "frombelow", ...])`` is. How Python itself
starts is tested where a test starts it."""

import atexit
import gc
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path

# Nothing of it looks at Django's settings, which each command has of its own.
IMPORTED = [
    "frombelow.cli", "frombelow.polity", "frombelow.roll", "asyncio", "concurrent.futures.thread", "imaplib", "mailbox",
    "multiprocessing.resource_tracker", "multiprocessing.synchronize", "csp.constants", "email_validator",
    "fido2.server", "packaging.version", "PIL.Image", "PIL.ImageCms", "PIL.ImageOps", "pydantic.fields", "pyotp", "rich.live",
    "rich.markdown", "rich.progress", "rich.table", "segno", "sqlparse", "typer._adapters", "typer.core",
    "typer.main", "typer.rich_utils",
    "django.conf.urls.i18n", "django.contrib.messages.storage.base", "django.contrib.sessions.backends.base",
    "django.core.mail.backends.base", "django.core.management.commands.migrate", "django.db.backends.sqlite3.base",
    "django.db.migrations.executor", "django.db.models.sql.compiler", "django.forms", "django.http",
    "django.middleware.csrf", "django.middleware.locale", "django.shortcuts", "django.template.loader",
    "django.views.decorators.csrf",
]  # fmt: skip
STREAMS = ("in", "out", "err")


def run(*command, env, cwd=".", input=b"", timeout=120):
    """What the process printed, as text, and its exit status."""
    with tempfile.TemporaryDirectory() as folder:
        places = {name: str(Path(folder, name)) for name in STREAMS}
        for place in places.values():
            Path(place).touch()
        Path(places["in"]).write_bytes(input)
        asked = {"command": [str(each) for each in command], "env": dict(env), "cwd": str(Path(cwd).resolve())}
        status = _ask(asked | places, timeout)
        said = (Path(places[name]).read_text("utf-8") for name in ("out", "err"))
        return subprocess.CompletedProcess(command, status, *said)


@cache
def _started():
    """The Python that is ready, and the way to ask it."""
    ours, theirs = socket.socketpair()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ready", str(theirs.fileno())],
        cwd=Path(__file__).parents[1], pass_fds=[theirs.fileno()], start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    theirs.close()
    atexit.register(process.wait, 5)
    atexit.register(ours.close)
    return process, ours


def _ask(asked, timeout):
    process, way = _started()
    way.settimeout(timeout)
    way.sendall(json.dumps(asked).encode() + b"\n")
    try:
        return json.loads(way.recv(100))
    except TimeoutError:
        os.killpg(process.pid, signal.SIGKILL)
        _started.cache_clear()
        raise


def _become(asked):
    """This process is what was asked for."""
    for number, name in enumerate(STREAMS):
        os.dup2(os.open(asked[name], os.O_RDWR), number)
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    sys.path[:1] = [asked["cwd"], *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    how, what, *arguments = asked["command"]
    sys.argv = [how, *arguments]
    if how == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})


def _serve(way):
    """Each line that comes is done by a fork, until nobody asks any more."""
    with way, way.makefile("rb") as lines:
        for line in lines:
            pid = os.fork()
            if not pid:
                return json.loads(line)
            _, status = os.waitpid(pid, 0)
            with suppress(BrokenPipeError):
                way.sendall(json.dumps(os.waitstatus_to_exitcode(status)).encode())
    return None


def _cost_little():
    """What a passphrase seals costs no second of work: that it does in people's hands is looked at in tests/sealing."""
    from frombelow.keys import files
    from frombelow.sealing import age

    for sealing in (age.Writer.__init__, files.write):
        assert sealing.__defaults__ == (age.WORK,)
        sealing.__defaults__ = (1,)


if __name__ == "__main__":
    for name in IMPORTED:
        import_module(name)
    _cost_little()
    gc.freeze()  # else each fork copies what it looks through
    if asked := _serve(socket.socket(fileno=int(sys.argv[1]))):
        _become(asked)
