"""A newcomer: a fresh clone, ./script/server, the first page."""

import os
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from rich.console import Console

ROOT = Path(__file__).parents[1]
PORT = 8765


def measure() -> dict[str, float]:
    """Seconds from starting ./script/server in a fresh clone, with nothing cached, to its first page."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "frombelow"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        environment = {key: value for key, value in os.environ.items() if key not in ("VIRTUAL_ENV", "PYTHONPATH")}
        environment |= {"UV_CACHE_DIR": f"{folder}/uv", "PIP_CACHE_DIR": f"{folder}/pip"}
        start = time.perf_counter()
        with (Path(folder) / "log").open("w+") as log:
            server = subprocess.Popen(
                ["./script/server", "--port", str(PORT)], cwd=clone, env=environment, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
            try:
                while not _answers():
                    if server.poll() is not None:
                        log.seek(0)
                        raise RuntimeError(log.read())
                    time.sleep(0.2)
                seconds = time.perf_counter() - start
            finally:
                os.killpg(server.pid, signal.SIGTERM)
                server.wait(20)
    Console(width=110).print(f"First page {seconds:.1f} s after ./script/server")
    return {"first page seconds": seconds}


def _answers() -> bool:
    try:
        return bool(urllib.request.urlopen(f"http://127.0.0.1:{PORT}/enter/", timeout=5).status == 200)
    except OSError:
        return False
