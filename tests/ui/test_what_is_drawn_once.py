"""What pages keep instead of drawing it anew is what they would draw."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override

from frombelow.polity.kernel.ids import MotionId
from frombelow.polity.kernel.refusals import fill
from frombelow_site.ui import clock
from frombelow_site.ui.addresses import address_of

ID = MotionId("y3z7qkq6vfcwjm2hjhhgcv2vsu")


@pytest.mark.parametrize(("view", "name"), [("decide:motion", ID), ("records:entry", 7), ("records:entry", 1_000_000)])
def test_an_address_is_the_one_that_is_looked_up(view, name):
    assert address_of(view, name) == reverse(view, args=[name])


@pytest.mark.parametrize("part", ["keys/_gone.html", "records/_changed.html", "records/_remembered.html"])
def test_a_part_that_is_drawn_once_is_in_the_language_of_each_reader(part):
    page = Template(f'{{% load site %}}{{% alike "{part}" %}}')
    with override("en"):
        english = page.render(Context())
    with override("es"):
        spanish = page.render(Context())
    assert "record" in english
    assert "registro" in spanish
    assert "registro" not in english
    with override("en"):
        assert page.render(Context()) == english


def test_figures_are_written_as_each_language_does():
    with override("en"):
        assert [clock.figure(n) for n in (7, 1_504, 12_345, 1_234_567)] == ["7", "1,504", "12,345", "1,234,567"]
    with override("es"):
        said = [clock.figure(n) for n in (7, 1_504, 9_999, 10_000, 1_234_567)]
        assert said == ["7", "1504", "9999", "10\xa0000", "1\xa0234\xa0567"]


def test_a_refusal_writes_its_figures_as_the_reader_s_language_does():
    with override("es"):
        assert fill("{n} | {m}", {"n": 1_504, "m": 20_852}, gettext) == "1504 | 20\xa0852"
    assert fill("{n} | {m}", {"n": 1_504, "m": 20_852}) == "1,504 | 20,852"


@pytest.mark.parametrize("name", ["ui/site.css", "ui/keys/forms.js"])
def test_files_come_compressed_to_who_takes_it_and_are_the_same(name):
    kept = Path(str(finders.find(name))).read_bytes()
    plain = Client().get(f"/static/{name}")
    assert b"".join(plain.streaming_content) == kept
    assert plain["Vary"] == "Accept-Encoding"
    small = Client().get(f"/static/{name}", headers={"accept-encoding": "gzip"})
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(b"".join(small.streaming_content)) == kept
