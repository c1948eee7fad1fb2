"""A zone is found by what people call the place they live in."""

import pytest
from django.utils.translation import override

from frombelow_site.ui import zones


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("London", "Europe/London"), ("  london ", "Europe/London"), ("UK", "Europe/London"),
        ("Manchester", "Europe/London"), ("Lisbon (Portugal)", "Europe/Lisbon"), ("são paulo", "America/Sao_Paulo"),
        ("Sao Paulo", "America/Sao_Paulo"), ("Cuba", "America/Havana"), ("Egypt", "Africa/Cairo"),
        ("Côte d'Ivoire", "Africa/Abidjan"), ("Mumbai", "Asia/Kolkata"), ("Europe/Berlin", "Europe/Berlin"),
        ("Singapore", "Asia/Singapore"), ("UTC", "Etc/UTC"),
    ],
)  # fmt: skip
def test_a_city_a_country_or_a_zone_s_name_finds_the_zone(typed, found):
    assert zones.find(typed) == (found,)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Londres", "Europe/London"), ("Lisboa", "Europe/Lisbon"), ("Japón", "Asia/Tokyo"),
        ("Ciudad de México", "America/Mexico_City"), ("London", "Europe/London"), ("Alemania", "Europe/Berlin"),
    ],
)  # fmt: skip
def test_places_are_found_by_what_the_reader_s_language_calls_them(typed, found):
    with override("es"):
        assert found in zones.find(typed)


def test_of_a_country_with_several_times_all_are_found():
    assert zones.find("Spain") == ("Europe/Madrid", "Africa/Ceuta", "Atlantic/Canary")


@pytest.mark.parametrize("typed", ["", "Moon", "Moon/Base", "../../etc/passwd", "/", "()", "x" * 10_000])
def test_what_is_no_place_finds_nothing(typed):
    assert zones.find(typed) == ()


def test_whatever_is_offered_is_found():
    for language in ("en", "es"):
        with override(language):
            for name, words in zones.offered():
                assert name in zones.find(words), words


def test_no_zone_that_is_called_otherwise_is_missing():
    for name in zones.ALSO.values():
        assert zones.find(name) == (name,)
