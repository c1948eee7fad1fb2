"""/health and /metrics: for machines that watch the server; nothing in them is about anybody."""

import re

import pytest
from django.db import DatabaseError
from django.test import Client

from frombelow.polity import Refused
from frombelow.polity.members.acts import StepBack
from frombelow.polity.server.acts import Witness
from frombelow.record import Cosigner
from frombelow_site.door import Closed, cosigned, perform
from frombelow_site.door import figures as counted
from frombelow_site.door.figures import Figures
from frombelow_site.operations import middleware, watching
from frombelow_site.ui.views import not_found
from tests.door.outside import name_witnesses


@pytest.fixture
def metrics(settings):
    settings.METRICS = True
    settings.METRICS_FROM = ""
    settings.PROXIES = ""
    return settings


@pytest.fixture
def figures(monkeypatch):
    """Counts that begin with the test."""
    from frombelow_site.door import writer

    fresh = Figures()
    for place, name in ((counted, "figures"), (writer, "counted"), (watching, "figures")):
        monkeypatch.setattr(place, name, fresh)
    return fresh


def values(answer):
    lines = [line for line in answer.content.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_an_open_door_is_well_in_three_words(site, client):
    answer = client.get("/health")
    assert (answer.status_code, answer.content) == (200, b"door is open\n")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"]
    assert not answer.cookies


def test_health_opens_no_session_whoever_asks(site, django_assert_num_queries):
    browser = site.browser(site.bo)
    with django_assert_num_queries(1):
        browser.get("/health")


def test_health_answers_a_machine_that_asks_by_any_name(site, client):
    assert client.get("/health", headers={"host": "10.0.0.7:8000"}).status_code == 200


def test_a_closed_door_is_told_in_one_word(site, client):
    site.door.trouble = "Nothing is taken in now: Ada's entry differs."
    answer = client.get("/health")
    assert (answer.status_code, answer.content) == (503, b"closed\n")


def test_a_door_that_still_opens_is_told(site, client):
    site.door.writer = None
    answer = client.get("/health")
    assert (answer.status_code, answer.content) == (503, b"opening\n")


def test_a_site_in_which_nothing_was_founded_is_well(site, client, tmp_path):
    site.door.writer = None
    (tmp_path / "record.key").unlink()
    answer = client.get("/health")
    assert (answer.status_code, answer.content) == (200, b"not founded yet\n")


def test_a_database_that_is_gone_is_told(site, client, monkeypatch):
    def gone(**_):
        raise DatabaseError("password of ada@example.org")

    monkeypatch.setattr(watching.Entry.objects, "filter", gone)
    monkeypatch.setattr(watching.connection, "close", lambda: None)
    answer = client.get("/health")
    assert (answer.status_code, answer.content) == (503, b"database\n")


def test_health_takes_nothing_in(site, client):
    assert client.post("/health").status_code == 404


def test_metrics_are_off_unless_asked_for(site, client, settings):
    settings.METRICS = False
    assert client.get("/metrics").status_code == 404


def test_metrics_are_in_the_format_of_prometheus(site, client, metrics):
    answer = client.get("/metrics")
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    text = answer.content.decode()
    assert text.endswith("\n")
    sample = re.compile(r'frombelow_[a-z_]+(\{le="[\d.+Inf]+"\})? [\d.]+')
    for line in text.splitlines():
        assert re.fullmatch(r"# (HELP|TYPE) frombelow_[a-z_]+ .+", line) or sample.fullmatch(line), line


@pytest.mark.checker
def test_prometheus_own_parser_reads_the_metrics(site, client, metrics, figures):
    parser = pytest.importorskip("prometheus_client.parser")
    perform(StepBack(by=site.bo))
    families = {
        family.name: family for family in parser.text_string_to_metric_families(client.get("/metrics").content.decode())
    }
    assert families["frombelow_batch_seconds"].type == "histogram"
    assert families["frombelow_acts_taken_in"].samples[0].value == 1


def test_metrics_count_what_the_door_does(site, client, metrics, figures):
    perform(StepBack(by=site.bo))
    for _ in range(2):
        with pytest.raises(Refused):
            perform(StepBack(by=site.bo))
    found = values(client.get("/metrics"))
    assert found["frombelow_acts_taken_in_total"] == 1
    assert found["frombelow_acts_refused_total"] == 2
    assert found["frombelow_batch_seconds_count"] == found['frombelow_batch_seconds_bucket{le="+Inf"}'] == 3
    assert found["frombelow_entries"] == site.polity.size
    assert found["frombelow_members"] == 4
    assert found["frombelow_door_open"] == 1


def test_metrics_say_what_each_witness_cosigned_last(site, client, metrics):
    witness = Witness(Cosigner.from_seed("bakers.example", bytes(32)).vkey, "https://bakers.example")
    name_witnesses(site, witness)
    cosigned.keep(3, witness.label, site.at, "")
    found = values(client.get("/metrics"))
    assert found['frombelow_cosigned_entries{witness="bakers.example"}'] == 3
    assert found['frombelow_cosigned_at{witness="bakers.example"}'] == site.at


def test_metrics_count_motions_whose_vote_is_open(site, client, metrics):
    site.admit(8)
    site.voting()
    assert values(client.get("/metrics"))["frombelow_motions_voting"] == 1


def test_what_could_not_be_stored_is_counted(site, client, metrics, figures, monkeypatch):
    from frombelow_site.door import projections

    def fails(*_, **__):
        raise DatabaseError("full")

    monkeypatch.setattr(projections, "run", fails)
    with pytest.raises(Closed, match="nothing was stored"):
        perform(StepBack(by=site.bo))
    found = values(client.get("/metrics"))
    assert found["frombelow_acts_failed_total"] == 1
    assert found["frombelow_acts_taken_in_total"] == 0


def test_buckets_are_cumulative(site, client, metrics, figures):
    for seconds in (0.001, 0.005, 0.03, 9):
        figures.batch(1, 0, seconds)
    found = values(client.get("/metrics"))
    assert found['frombelow_batch_seconds_bucket{le="0.005"}'] == 2
    assert found['frombelow_batch_seconds_bucket{le="0.05"}'] == 3
    assert found['frombelow_batch_seconds_bucket{le="2.5"}'] == 3
    assert found["frombelow_batch_seconds_count"] == 4


def test_a_look_at_the_clock_is_no_batch():
    figures = Figures()
    figures.batch(0, 0, 0.1)
    assert figures.batches == 0


def test_a_closed_door_still_tells_its_figures(site, client, metrics):
    site.door.trouble = "closed"
    assert values(client.get("/metrics"))["frombelow_door_open"] == 0


def test_nobody_is_named_in_the_metrics(site, client, metrics):
    text = client.get("/metrics").content.decode()
    for person in (site.ada, site.bo, "Ada", "example.org", "Tenants"):
        assert person not in text


@pytest.mark.parametrize(
    ("named", "address", "status"),
    [
        ("", "127.0.0.1", 200),
        ("", "::1", 200),
        ("", "203.0.113.9", 404),
        ("", "", 404),
        ("10.1.0.0/16", "10.1.2.3", 200),
        ("10.1.0.0/16,192.0.2.7", "192.0.2.7", 200),
        ("10.1.0.0/16", "::ffff:10.1.2.3", 200),
        ("10.1.0.0/16", "10.2.0.1", 404),
        ("10.1.0.0/16", "127.0.0.1", 404),
    ],
)
def test_metrics_are_told_to_those_named_alone(site, metrics, named, address, status):
    metrics.METRICS_FROM = named
    assert Client().get("/metrics", REMOTE_ADDR=address).status_code == status


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "via"])
def test_a_web_server_in_front_does_not_make_everybody_a_neighbour(site, client, metrics, header):
    assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 404


def asked_as(settings, proxies, **meta):
    """Who asks, as the views see it."""
    settings.PROXIES = proxies
    seen = {}

    def respond(request):
        seen.update(address=request.META["REMOTE_ADDR"], secure=request.is_secure())
        return not_found(request)

    from django.test import RequestFactory

    try:
        middleware.ProxyMiddleware(respond)(RequestFactory().get("/", **meta))
    except Exception:  # the page needs a site; who asks was seen before it
        assert seen
    return seen["address"], seen["secure"]


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "found"),
    [
        ("", "127.0.0.1", "203.0.113.9", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "127.0.0.1", "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1,10.0.0.0/8", "127.0.0.1", "203.0.113.9, 10.1.1.1", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.2", "203.0.113.9", "198.51.100.2"),
        ("127.0.0.1", "127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", "nonsense", "nonsense"),
    ],
)
def test_who_asks_is_taken_from_a_proxy_that_was_named_alone(settings, proxies, peer, forwarded, found):
    assert asked_as(settings, proxies, REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)[0] == found


def test_https_is_believed_from_a_named_proxy_alone(settings):
    said = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_PROTO": "https"}
    assert asked_as(settings, "127.0.0.1", **said)[1]
    assert not asked_as(settings, "", **said)[1]


def test_an_address_that_is_none_is_told_at_the_start():
    with pytest.raises(ValueError, match="proxy"):
        middleware.networks("127.0.0.1,proxy.example")
