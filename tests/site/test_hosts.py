"""The hosts that a site answers to are read as people write them, or refused by what is wrong with them."""

import doctest
import os
import subprocess
import sys

import pytest

from frombelow_site import hosts
from frombelow_site.commands.serving import address, check_port, unheard
from frombelow_site.hosts import HERE, HostError, check_address, hosts_of
from tests.ports import free_port, wait_for


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("a.example, b.example", ["a.example", "b.example"]), ("", list(HERE)), (" , ", list(HERE)), ("::1", ["[::1]"]),
        ("[2001:db8::7]", ["[2001:db8::7]"]), ("192.168.1.20", ["192.168.1.20"]), ("*", ["*"]), (".a.example", [".a.example"]),
        ("A.Example,", ["a.example"]), ("union_7.local", ["union_7.local"]),
        ("a.example.", ["a.example"]),
    ],
)  # fmt: skip
def test_hosts_are_read_as_a_browser_sends_them(said, read):
    assert hosts_of(said) == read


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("https://x.example", "write “x.example”"), ("https://x.example:8000/", "write “x.example”"),
        ("x.example:8000", "names without ports: write “x.example”"), ("x.example/union", "say that in FROMBELOW_ADDRESS: https://x.example/union"),
        ("x example", "is no host name"), ("x..example", "is no host name"), ("xn--\u2603.example", "is no host name"),
    ],
)  # fmt: skip
def test_what_is_no_host_is_refused_with_what_to_write(said, why):
    with pytest.raises(HostError, match="FROMBELOW_HOSTS") as caught:
        hosts_of(said)
    assert why in str(caught.value)


@pytest.mark.parametrize("said", [
    "https://x.example:8443/", "fe80::1%eth0", "[::1", "https://", "//x.example", "http:/x.example", "http://[::1",
    "https://[2001:db8::7]:80/", "x.example:http", ":80", "/", "https://x.example./u",
])  # fmt: skip
def test_what_a_refusal_says_to_write_is_taken(said):
    with pytest.raises(HostError) as caught:
        hosts_of(said)
    if "write “" in str(caught.value):
        hosts_of(str(caught.value).partition("write “")[2].partition("”")[0])
    else:
        assert "is no host name" in str(caught.value)


@pytest.mark.parametrize("said", [
    "https://x.example/a union/", "https://x.example/a/../b", "https://x.example//b", "x.example", "ftp://x.example", "http://[::1", "https://[2001:db8::1/", "https://x.example?x=1",
    "https://x.example:abc", "https:// x.example", "https://*.example.org", "https://x.example:99999",
])  # fmt: skip
def test_an_address_is_that_of_a_host_and_of_a_path_below_it(said):
    with pytest.raises(HostError, match="FROMBELOW_ADDRESS"):
        check_address(said)
    assert check_address("") == ("", "")
    assert check_address("https://x.example/") == ("https://x.example", "")
    assert check_address(" http://[::1]:8000 ") == ("http://[::1]:8000", "")
    assert check_address("https://x.example/our/union_7/") == ("https://x.example", "/our/union_7")


def test_the_examples_of_the_module_are_true():
    assert doctest.testmod(hosts).failed == 0


@pytest.mark.parametrize(
    "setting", [{"FROMBELOW_HOSTS": "https://x.example"}, {"FROMBELOW_ADDRESS": "https://x.example/a b/"}]
)
def test_a_server_with_a_wrong_setting_does_not_start_and_says_so_in_a_line(tmp_path, setting):
    done = subprocess.run(
        [sys.executable, "-m", "frombelow", "serve", "--data", tmp_path / "data", "--port", "8997"],
        capture_output=True, text=True, env={**os.environ, **setting}, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert next(iter(setting)) in done.stderr


@pytest.mark.parametrize(
    ("host", "why"), [("nosuchhost.invalid", "no address is known"), ("192.0.2.1", "no address of this machine")]
)
def test_a_host_on_which_nobody_can_listen_is_not_called_a_taken_port(tmp_path, host, why):
    done = subprocess.run(
        [sys.executable, "-m", "frombelow", "serve", "--data", tmp_path / "data", "--host", host],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (done.returncode, "taken" in done.stderr) == (2, False)
    assert why in done.stderr


def test_an_address_of_ipv6_stands_in_brackets(settings):
    assert address("::1", 8139) == "http://[::1]:8139"


def test_who_listens_for_others_and_answers_to_nobody_else_is_told_which_setting():
    assert "FROMBELOW_HOSTS=192.168.1.20" in unheard("192.168.1.20", HERE, "192.168.1.20")
    assert "FROMBELOW_HOSTS=NAME" in unheard("0", HERE, "0.0.0.0")
    assert unheard("0.0.0.0", ["x.example"], "0.0.0.0") == unheard("::1", HERE, "::1") == ""
    assert unheard("127.1", HERE, "127.0.0.1") == unheard("localhost", HERE, "127.0.0.1") == ""


@pytest.mark.parametrize(
    ("host", "address"),
    [("localhost", {"127.0.0.1", "::1"}), ("127.1", {"127.0.0.1"}), ("0", {"0.0.0.0"}), ("::1", {"::1"})],
)
def test_a_host_is_listened_on_by_the_address_that_it_has(host, address):
    assert check_port(free_port(), host) in address


@pytest.mark.parametrize("host", ["localhost", "[::1]"])
def test_a_server_answers_on_the_host_that_was_said(tmp_path, host):
    port = free_port()
    command = [sys.executable, "-m", "frombelow", "serve", "--data", tmp_path / "data", "--port", str(port)]
    with subprocess.Popen([*command, "--host", host], stdout=subprocess.DEVNULL) as served:
        try:
            wait_for(f"http://{host}:{port}/")
        finally:
            served.terminate()


def test_a_page_asked_for_under_another_name_says_which_setting_names_it(site):
    answer = site.browser(site.bo).get("/", headers={"host": "192.168.1.20:8121"})
    assert answer.status_code == 400
    assert "FROMBELOW_HOSTS" in answer.content.decode()
