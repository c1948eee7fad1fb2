"""What docs/how-to says to copy is copied here, and run: the unit, the web servers in front, the container's file."""

import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import textwrap
import time
import tomllib
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.ports import free_port

ROOT = Path(__file__).parents[2]
HOW_TO = ROOT / "docs" / "how-to"
NAME = "union.example.org"
MEGABYTE = 1_000_000


def block(text, name):
    """What a text says to write into the file of this name: the first indented lines after it."""
    lines = (HOW_TO / text).read_text().partition(f"`{name}`")[2].splitlines()[1:]
    first = next(n for n, line in enumerate(lines) if line.startswith("    "))
    last = next((n for n, line in enumerate(lines) if n > first and line and not line.startswith("    ")), None)
    return textwrap.dedent("\n".join(line for line in lines[first:last] if not line.startswith("    sudo "))).strip()


def needs(program):
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"there is no {program} here")


# The unit


@pytest.fixture
def unit(tmp_path):
    """The unit as a file; its program is one that is there."""
    text = block("serve-for-real.md", "/etc/systemd/system/frombelow.service")
    assert "ExecStart=/opt/frombelow/.venv/bin/frombelow serve\n" in text
    place = tmp_path / "frombelow.service"
    place.write_text(text.replace("/opt/frombelow/.venv/bin/frombelow", "/bin/true") + "\n")
    return place


def analyze(*arguments):
    return subprocess.run(["systemd-analyze", *map(str, arguments)], capture_output=True, text=True, check=False)


@needs("systemd-analyze")
def test_systemd_finds_nothing_wrong_with_the_unit(unit):
    done = analyze("verify", "--man=no", unit)
    assert (done.returncode, done.stderr.strip()) == (0, "")


@needs("systemd-analyze")
def test_the_unit_leaves_the_service_little_to_do_harm_with(unit):
    done = analyze("security", "--offline=true", "--threshold=20", "--no-pager", unit)
    assert done.returncode == 0, done.stdout


@needs("systemd-analyze")
def test_systemd_finds_nothing_wrong_with_the_backups_timer(tmp_path):
    for kind in ("service", "timer"):
        text = block("back-up-and-restore.md", f"/etc/systemd/system/frombelow-backup.{kind}")
        (tmp_path / f"frombelow-backup.{kind}").write_text(text.replace("/srv/frombelow/backup", "/bin/true") + "\n")
    done = analyze("verify", "--man=no", tmp_path / "frombelow-backup.timer", tmp_path / "frombelow-backup.service")
    assert (done.returncode, done.stderr.strip()) == (0, "")


# The container's file, and the settings


def test_what_the_containerfile_copies_is_there_and_what_it_builds_is_enough():
    text = block("serve-for-real.md", "Containerfile")
    copied = [name for line in re.findall(r"^COPY (.+) \S+$", text, re.M) for name in line.split()]
    assert all((ROOT / name).exists() for name in copied), copied
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    needed = {project["project"]["readme"], *project["project"]["license-files"], "pyproject.toml", "src"}
    assert needed <= set(copied)
    assert set(re.findall(r"\S+\.lock", text.partition("RUN")[2])) <= set(copied)
    oldest = project["project"]["requires-python"].removeprefix(">=")
    assert re.search(r"^FROM python:3\.(\d+)", text, re.M)[1] >= oldest.partition(".")[2]


def test_each_setting_in_the_texts_is_one():
    program = "\n".join(place.read_text() for place in (ROOT / "src").rglob("*.py"))
    named = {name for place in HOW_TO.glob("*.md") for name in re.findall(r"FROMBELOW_[A-Z_]+", place.read_text())}
    assert {name for name in named if name not in program} == set()


# The web servers in front


@contextmanager
def started(command, ready, **settings):
    """The program runs; ``ready`` is asked until it says so."""
    process = subprocess.Popen(command, **settings)
    try:
        for _ in range(600):
            assert process.poll() is None, f"{command[0]} ended with {process.returncode}"
            try:
                ready()
                break
            except OSError:
                time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A union, served as the text says to serve it behind a web server: (its port, where its letters stand)."""
    folder, port = tmp_path_factory.mktemp("served"), free_port()
    founders = [f"{name} <{name.split()[0].lower()}@example.org>" for name in ("Ada One", "Eve Two", "Dee Three")]
    arguments = ["--template", "tenants-union", "--name", "Tenants", *(f"--founder={founder}" for founder in founders)]
    arguments += ["--office", "secretary=Eve Two", "--no-key"]
    frombelow = [sys.executable, "-m", "frombelow"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FROMBELOW_")}
    said = dict(re.findall(r"^(FROMBELOW_\w+)=(\S+)$", block("serve-for-real.md", "/srv/frombelow/settings"), re.M))
    settings = {name: said[name] for name in ("FROMBELOW_HOSTS", "FROMBELOW_HTTPS", "FROMBELOW_PROXIES")}
    subprocess.run([*frombelow, "init", *arguments, folder / "data"], env=kept, check=True, capture_output=True)
    with (folder / "letters").open("w") as letters, started(
        [*frombelow, "serve", "--data", str(folder / "data"), "--port", str(port)],
        lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5),
        env={**kept, **settings, "FROMBELOW_METRICS": "1"}, stdout=letters,
    ):  # fmt: skip
        yield port, folder / "letters"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for the name in the texts, and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
         "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder / "cert.pem", folder / "key.pem"


def nginx(folder, certificate, site, plain, port):
    text = block("serve-for-real.md", "/etc/nginx/sites-enabled/union")
    for said, meant in (
        ("listen 80;", f"listen 127.0.0.1:{plain};"), ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        (f"/etc/letsencrypt/live/{NAME}/fullchain.pem", certificate[0]),
        (f"/etc/letsencrypt/live/{NAME}/privkey.pem", certificate[1]),
        ("/var/log/nginx", folder), ("127.0.0.1:8000", f"127.0.0.1:{site}"),
    ):  # fmt: skip
        assert said in text
        text = text.replace(said, str(meant))
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    place = folder / "nginx.conf"
    user = "user root;\n" if os.geteuid() == 0 else ""  # its workers reach the test's folder
    place.write_text(
        f"{user}daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log crit;\nevents {{}}\nhttp {{\n{temporary}{text}}}\n"
    )
    command = ["nginx", "-c", str(place), "-e", str(folder / "error.log")]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    return command, {}


def caddy(folder, certificate, site, plain, port):
    text = block("serve-for-real.md", "/etc/caddy/Caddyfile")
    for said, meant in (
        (f"{NAME} {{\n", f"{NAME}:{port} {{\n    bind 127.0.0.1\n    tls {certificate[0]} {certificate[1]}\n"),
        ("127.0.0.1:8000", f"127.0.0.1:{site}"),
    ):  # fmt: skip
        assert said in text
        text = text.replace(said, meant)
    place = folder / "Caddyfile"
    place.write_text(f"{{\n    admin off\n    http_port {plain}\n}}\n{text}\n")
    settings = {
        "env": {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    }
    adapted = ["--config", str(place), "--adapter", "caddyfile"]
    done = subprocess.run(["caddy", "validate", *adapted], check=False, capture_output=True, text=True, **settings)
    assert done.returncode == 0, done.stderr
    return ["caddy", "run", *adapted], settings


@pytest.fixture(
    scope="module", params=[pytest.param(nginx, marks=needs("nginx")), pytest.param(caddy, marks=needs("caddy"))]
)
def in_front(request, tmp_path_factory, served, certificate):
    """The port on which the web server of the text answers, in front of the site."""
    folder, plain, port = tmp_path_factory.mktemp(request.param.__name__), free_port(), free_port()
    command, settings = request.param(folder, certificate, served[0], plain, port)
    answers = lambda: socket.create_connection(("127.0.0.1", port), 5).close()  # noqa: E731
    with started(command, answers, stderr=subprocess.DEVNULL, **settings):
        yield plain, port


def routes(found):
    """The innermost routes of what Caddy made of the text."""
    if isinstance(found, dict):
        if "match" in found and "routes" not in str(found["handle"]):
            yield found
        found = list(found.values())
    if isinstance(found, list):
        for one in found:
            yield from routes(one)


class Outside:
    """Somebody with a browser, at an address that is not the web server's own."""

    def __init__(self, port, address):
        self.port, self.address, self.cookies = port, address, SimpleCookie()

    def ask(self, path, fields=None, *, body=None, headers=None, method=None):
        """(status, headers, page). ``fields`` are sent as the browser sends the form of the page before."""
        plain = ssl.create_default_context()
        plain.check_hostname, plain.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPConnection(NAME)
        opened = socket.create_connection(("127.0.0.1", self.port), 30, (self.address, 0))
        connection.sock = plain.wrap_socket(opened, server_hostname=NAME)
        sent = {"Connection": "close", **(headers or {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())
        if fields is not None:
            body = urlencode({**fields, "csrfmiddlewaretoken": self.cookies["csrftoken"].value}).encode()
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        if body is not None:
            sent |= {"Origin": f"https://{NAME}", "Content-Length": str(len(body))}
        connection.putrequest(method or ("GET" if body is None else "POST"), path)
        for name, value in sent.items():
            connection.putheader(name, value)
        connection.endheaders()
        with suppress(OSError):  # it was refused while it was still being sent: the answer says so
            connection.sock.sendall(body or b"")
        answer = connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies.load(line)
        page = answer.read().decode()
        connection.close()
        return answer.status, answer.headers, page

    def send_file(self, path, fields, content):
        fields = {**fields, "csrfmiddlewaretoken": self.cookies["csrftoken"].value}
        parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}' for name, value in fields.items()]
        parts.append(
            'Content-Disposition: form-data; name="file"; filename="roll.csv"\r\nContent-Type: text/csv\r\n\r\n'
        )
        body = "".join(f"--edge\r\n{part}\r\n" for part in parts).encode()[:-2] + content + b"\r\n--edge--\r\n"
        return self.ask(path, body=body, headers={"Content-Type": "multipart/form-data; boundary=edge"})


def signed_in(outside, mail, letters):
    """Whoever has this address is signed in by the code in their letter."""
    outside.ask("/enter/")
    status, headers, _ = outside.ask("/enter/", {"mail": mail, "next": ""})
    assert (status, headers["Location"]) == (302, "/enter/code/")
    outside.ask("/enter/code/")
    for _ in range(600):
        codes = re.findall(rf"^Subject: Your code: (\d{{6}})\n(?:\S.*\n)*?To: {mail}$", letters.read_text(), re.M)
        if codes:
            break
        time.sleep(0.05)
    status, headers, _ = outside.ask("/enter/code/", {"code": codes[-1]})
    assert (status, headers["Location"]) == (302, "/")
    return outside


def test_a_member_signs_in_and_brings_in_a_roll_through_the_web_server(in_front, served):
    eve = signed_in(Outside(in_front[1], "127.0.0.2"), "eve@example.org", served[1])
    assert all(eve.cookies[name]["secure"] and eve.cookies[name]["httponly"] for name in ("frombelow", "csrftoken"))
    status, _, page = eve.ask("/people/roll/import/")
    assert status == 200
    branch = re.search(r'<option value="(\w{26})"|name="branch" value="(\w{26})"', page)
    fields = {"branch": branch[1] or branch[2]} if branch else {}
    rows = b"name,email,notes\n" + b"".join(
        b"Kim %d,kim%d@example.org,%s\n" % (n, n, b"x" * 50_000) for n in range(100)
    )
    assert len(rows) > 5 * MEGABYTE
    status, headers, page = eve.send_file("/people/roll/import/", fields, rows)
    assert status == 302, page
    assert headers["Location"].startswith("/people/roll/import/")
    assert eve.ask(headers["Location"])[0] == 200


# Caddy cuts off what it passes on, so that the site may answer first; of it the next test reads the limits.
@pytest.mark.parametrize("in_front", [pytest.param(nginx, marks=needs("nginx"))], indirect=True)
def test_more_than_a_roll_or_an_attachment_may_have_is_refused_at_once(in_front):
    outside = Outside(in_front[1], "127.0.0.2")
    assert outside.ask("/enter/", body=b"x" * (3 * MEGABYTE))[0] == 413
    assert outside.ask("/people/roll/import/", body=b"x" * (55 * MEGABYTE))[0] == 413
    attach = f"/decide/{'a' * 26}/attach/"
    assert outside.ask(attach, body=b"x" * (13 * MEGABYTE))[0] == 413
    assert outside.ask(attach, body=b"x" * (10 * MEGABYTE))[0] == 403  # passed on: the form's token is missing


@needs("caddy")
def test_caddy_passes_on_a_roll_and_an_attachment_and_nothing_else_that_is_large(tmp_path):
    (tmp_path / "Caddyfile").write_text(block("serve-for-real.md", "/etc/caddy/Caddyfile") + "\n")
    command = ["caddy", "adapt", "--config", str(tmp_path / "Caddyfile"), "--adapter", "caddyfile"]
    adapted = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    limits = [
        (one["match"], one["handle"][0]["max_size"])
        for one in routes(json.loads(adapted))
        if "max_size" in str(one["handle"][0])
    ]
    rolls, attached = "/people/roll/import/*", "/decide/*/attach/"
    assert ([{"not": [{"path": [rolls, attached]}]}], 2 * MEGABYTE) in limits
    assert ([{"path": [rolls]}], 51 * MEGABYTE) in limits
    assert ([{"path": [attached]}], 11 * MEGABYTE) in limits


def test_whose_tries_are_counted_does_not_follow_what_somebody_says_about_themselves(in_front):
    crook, neighbour = (Outside(in_front[1], f"127.0.{in_front[1] % 250}.{n}") for n in (3, 4))
    crook.ask("/enter/")
    neighbour.ask("/enter/")
    answers = []
    for n in range(31):
        made_up = {"X-Forwarded-For": f"198.51.100.{n}", "Forwarded": f"for=198.51.100.{n}"}
        answers.append(crook.ask("/enter/", {"mail": f"nobody{n}-{in_front[1]}@example.org"}, headers=made_up)[0])
    assert answers == [302] * 30 + [429]
    assert neighbour.ask("/enter/", {"mail": f"other-{in_front[1]}@example.org"})[0] == 302


def test_figures_are_for_nobody_outside_and_health_is_for_everybody(in_front, served):
    outside = Outside(in_front[1], "127.0.0.2")
    assert outside.ask("/metrics")[0] == 404
    with urllib.request.urlopen(f"http://127.0.0.1:{served[0]}/metrics") as answer:
        assert b"frombelow_" in answer.read()
    assert outside.ask("/health")[::2] == (200, "door is open\n")


def test_what_protects_the_pages_arrives_once(in_front):
    _, headers, _ = Outside(in_front[1], "127.0.0.2").ask("/enter/")
    once = ("Content-Security-Policy", "Strict-Transport-Security", "X-Frame-Options", "X-Content-Type-Options")
    for name in (*once, "Referrer-Policy", "Cross-Origin-Opener-Policy", "Server"):
        assert len(headers.get_all(name) or []) == 1, name


def test_another_name_is_not_answered_and_the_plain_port_leads_to_the_safe_one(in_front, served):
    asked = urllib.request.Request(f"http://127.0.0.1:{served[0]}/enter/", headers={"Host": "elsewhere.example"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked)
    assert refused.value.code == 400
    plain = http.client.HTTPConnection("127.0.0.1", in_front[0])
    plain.request("GET", "/decide/", headers={"Host": NAME})
    answer = plain.getresponse()
    assert answer.status in (301, 308)
    assert answer.headers["Location"].startswith(f"https://{NAME}")
    assert answer.headers["Location"].endswith("/decide/")
