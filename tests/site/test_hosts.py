"""The hosts that a site answers to are read as people write them, or refused by what is wrong with them."""

import doctest
import os
import subprocess
import sys

import pytest

from frombelow_site import hosts
from frombelow_site.commands.serving import address, unheard
from frombelow_site.hosts import HERE, HostError, check_address, hosts_of


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("a.example, b.example", ["a.example", "b.example"]), ("", list(HERE)), (" , ", list(HERE)), ("::1", ["[::1]"]),
        ("[2001:db8::7]", ["[2001:db8::7]"]), ("192.168.1.20", ["192.168.1.20"]), ("*", ["*"]), (".a.example", [".a.example"]),
        ("A.Example,", ["a.example"]), ("union_7.local", ["union_7.local"]),
    ],
)  # fmt: skip
def test_hosts_are_read_as_a_browser_sends_them(said, read):
    assert hosts_of(said) == read


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("https://x.example", "write “x.example”"), ("https://x.example:8000/", "write “x.example:8000”"),
        ("x.example:8000", "names without ports: write “x.example”"), ("x.example/union", "cannot lie below another, at /union"),
        ("x example", "is no host name"), ("x..example", "is no host name"), ("xn--\u2603.example", "is no host name"),
    ],
)  # fmt: skip
def test_what_is_no_host_is_refused_with_what_to_write(said, why):
    with pytest.raises(HostError, match="FROMBELOW_HOSTS") as caught:
        hosts_of(said)
    assert why in str(caught.value)


@pytest.mark.parametrize("said", ["https://x.example/union/", "x.example", "ftp://x.example"])
def test_an_address_is_that_of_a_site_with_a_host_of_its_own(said):
    with pytest.raises(HostError, match="FROMBELOW_ADDRESS"):
        check_address(said)
    assert check_address("https://x.example/") == "https://x.example"


def test_the_examples_of_the_module_are_true():
    assert doctest.testmod(hosts).failed == 0


@pytest.mark.parametrize(
    "setting", [{"FROMBELOW_HOSTS": "https://x.example"}, {"FROMBELOW_ADDRESS": "https://x.example/u/"}]
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
    assert "FROMBELOW_HOSTS=192.168.1.20" in unheard("192.168.1.20", HERE)
    assert "FROMBELOW_HOSTS=NAME" in unheard("0.0.0.0", HERE)
    assert unheard("0.0.0.0", ["x.example"]) == unheard("::1", HERE) == ""


def test_a_page_asked_for_under_another_name_says_which_setting_names_it(site):
    answer = site.browser(site.bo).get("/", headers={"host": "192.168.1.20:8121"})
    assert answer.status_code == 400
    assert "FROMBELOW_HOSTS" in answer.content.decode()
