"""``frombelow verify RECORD --site ADDRESS``: a site that serves other scripts than its record names is found out."""

import json
import signal
import subprocess
import sys
import urllib.request
from urllib.error import HTTPError

import pytest

from frombelow.record.scripts import ListingError, listing, read_listing
from tests import clubs
from tests.commands.conftest import run_in
from tests.door.outside import answering
from tests.ports import free_port, wait_for


@pytest.fixture(scope="module")
def served(club, tmp_path_factory):
    """The address of a club's site, and the record that was downloaded after it started."""
    folder = tmp_path_factory.mktemp("served")
    data, port = clubs.put(club, folder), free_port()
    run = run_in(folder)
    run("record", "export", "before.zip", "--data", data)
    server = subprocess.Popen(
        [sys.executable, "-m", "frombelow", "serve", "--data", str(data), "--port", str(port)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=folder,
    )  # fmt: skip
    assert server.stdout.readline().startswith("Serving on")
    run("record", "export", "r.zip", "--data", data)
    address = f"http://127.0.0.1:{port}"
    wait_for(address + "/record/scripts.txt")
    yield address, folder
    server.send_signal(signal.SIGTERM)
    server.wait(20)
    server.stdout.close()


@pytest.fixture
def verify(served):
    def run(site=served[0], record="r.zip", ends=0, **more):
        return run_in(served[1])("verify", record, "--site", site, *more.get("also", ()), ends=ends)

    return run


def altered(address, path, change):
    """A site that serves what the one at the address does, but at this path."""

    def answer(handler):
        try:
            came = urllib.request.urlopen(address + handler.path, timeout=20)
        except HTTPError as error:
            came = error
        body = came.read()
        handler.send_response(came.status)
        handler.end_headers()
        handler.wfile.write(change(body) if handler.path == path else body)

    return answering(answer)


def test_a_site_that_serves_the_scripts_that_its_record_names_is_found_to(verify):
    assert "scripts that entry" in verify()
    assert json.loads(verify(also=["--json"]))["ok"]


ALTERED = {
    "/static/records/remember.js": (lambda body: body + b" ", "the site serves another records/remember.js"),
    "/record/scripts.txt": (lambda body: body.replace(b"  ui/", b"  uj/"), "lists other scripts than entry"),
    "/enter/": (
        lambda body: body.replace(b"</body>", b'<script src="/static/more.js"></script></body>'),
        "the page enter/ loads a script that the record does not name: /static/more.js",
    ),
    "/record/scripts/": (
        lambda body: body.replace(b"</body>", b"<script>go()</script></body>"), "has a script written into it",
    ),
}  # fmt: skip


@pytest.mark.parametrize("path", ALTERED)
def test_a_site_that_serves_something_else_to_run_is_found_out(served, verify, path):
    change, words = ALTERED[path]
    with altered(served[0], path, change) as site:
        said = verify(site, ends=1)
    assert "This site is not as its record says." in said
    assert words in said


@pytest.mark.parametrize(
    "written",
    [b'<img src=x onerror="go()">', b'<a href=" javascript:go()">a</a>', b'<script src="//evil.example/a.js"></script>',
     b'<base href="https://evil.example/">', b'<iframe src="/a"></iframe>'],
)  # fmt: skip
def test_what_runs_without_being_a_script_of_the_list_is_found_too(served, verify, written):
    with altered(served[0], "/enter/", lambda body: body.replace(b"</body>", written + b"</body>")) as site:
        assert "which the record does not name" in (said := verify(site, ends=1)) or "loads a script" in said


def test_a_record_that_names_no_scripts_says_so(verify):
    assert "does not say which scripts" in verify(record="before.zip", ends=1)


def test_a_site_that_does_not_answer_is_no_finding_about_it(verify):
    assert "could not be read" in verify("http://127.0.0.1:9", ends=2)


def test_a_script_that_never_ends_is_not_fetched_to_its_end(served, verify):
    with altered(served[0], "/record/scripts.txt", lambda body: body * 10_000) as site:
        assert "larger than any record or script" in verify(site, ends=2)


def test_a_listing_is_what_sha256sum_prints_in_the_order_of_the_paths():
    text = listing({"b.js": b"", "a/c.js": b"x", "B.js": b""})
    assert [line.split("  ")[1] for line in text.splitlines()] == ["B.js", "a/c.js", "b.js"]
    assert read_listing(text)["b.js"] == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    for wrong in (text[:-1], text * 2, "".join(reversed(text.splitlines(True))), text.replace("a/c", "../c"), "x\n"):
        with pytest.raises(ListingError):
            read_listing(wrong)


@pytest.mark.parametrize(
    "written",
    [
        b'<script src="/static/ui/again.js?2"></script>',
        b'<!--><script src="/more.js"></script><!-- -->',
        b'<!-- --!><script src="/more.js"></script><!-- -->',
        b'<a href="java&#9;script:go()">Sign in</a>',
        b'<a href="java\nscript:go()">Sign in</a>',
        b'<a href=" JavaScript:go()">Sign in</a>',
    ],
)
def test_a_page_that_browsers_read_otherwise_than_this_does_is_found_out(served, verify, written):
    with altered(served[0], "/enter/", lambda body: body.replace(b"</body>", written + b"</body>")) as site:
        assert "the page enter/" in verify(site, ends=1)
