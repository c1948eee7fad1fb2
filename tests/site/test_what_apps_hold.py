"""Every table that holds a person is in their own file and goes when they are erased, or says why it is not so."""

import json
import zipfile
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from frombelow_site import subject
from frombelow_site.membership import own_file
from frombelow_site.subject import Held, Incomplete, PersonField, Room, Subject

HELD = [each for one in subject.subjects() for each in one.held]


def called(held):
    return f"{held.model.__name__}.{held.field}"


def test_no_table_holds_a_persons_id_in_a_field_of_another_kind():
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if model._meta.app_label != "door" and field.name in ("person", "by", "mover", "member", "who"):
                assert isinstance(field, PersonField), f"{model.__name__}.{field.name}"


def test_every_field_that_holds_a_person_is_told_of_by_its_app():
    told = {(each.model, each.field) for each in HELD}
    found = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, PersonField)
    }
    assert found == told


def made(held, person, mark):
    """A row that holds the person, with a mark in every text that it has room for."""
    values = {}
    for field in held.model._meta.concrete_fields:
        if field.name == held.field:
            values[field.name] = person
        elif isinstance(field, models.AutoField):
            continue
        elif field.choices:
            values[field.name] = field.choices[0][0]
        elif isinstance(field, models.CharField | models.TextField):
            values[field.name] = mark[: field.max_length or 99]
        elif isinstance(field, models.DateTimeField):
            values[field.name] = timezone.now() + timedelta(days=1)
        elif isinstance(field, models.DateField):
            values[field.name] = date(2020, 1, 1)
        elif isinstance(field, models.BinaryField):
            values[field.name] = b""
        elif isinstance(field, models.ForeignKey):
            values[field.name] = None if field.null else field.related_model.objects.create(subject=mark, body=mark)
        elif isinstance(field, models.BooleanField):
            values[field.name] = False
        else:
            values[field.name] = 1
    held.model.objects.filter(**{held.field: person}).delete()
    return held.model.objects.create(**values)


def taken_out(site, person):
    with zipfile.ZipFile(own_file.write(site.polity, site.polity.people[person])) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if not name.startswith("entries/")}


@pytest.mark.parametrize("held", [each for each in HELD if each.mine and each.erased], ids=called)
def test_what_a_table_holds_of_me_is_in_my_file_and_goes_when_i_am_erased(site, held):
    before = taken_out(site, site.bo)
    made(held, site.bo, "marked")
    assert taken_out(site, site.bo) != before
    subject.forget([site.bo])
    assert not held.model.objects.filter(**{held.field: site.bo}).exists()


@pytest.mark.parametrize("held", [each for each in HELD if not (each.mine and each.erased)], ids=called)
def test_what_stays_or_is_not_mine_says_why(held):
    assert held.why


def test_erasing_through_the_door_forgets_in_every_app(site):
    from frombelow_site.membership import actions

    for held in HELD:
        if held.erased and held.model.__name__ != "Card":
            made(held, site.bo, "marked")
    actions.erase(site.bo)
    left = [called(each) for each in HELD if each.erased and each.model.objects.filter(**{each.field: site.bo})]
    assert left == []


# --- a part is missing ---


def test_an_app_that_does_not_say_what_becomes_of_a_person_is_not_registered():
    with pytest.raises(Incomplete, match=r"home does not say what becomes of Visit\.person"):
        subject.register(Subject(name="home"))


def test_a_table_that_is_kept_from_erasing_without_a_reason_is_not_registered():
    from frombelow_site.home.models import Visit

    held = (Held(Visit, erased=False),)
    with pytest.raises(Incomplete, match=r"home does not say why Visit\.person"):
        subject.register(Subject(name="home", held=held, take_out=lambda polity, person: {}))


def test_a_table_of_mine_that_is_not_taken_out_is_not_registered():
    from frombelow_site.home.models import Visit

    with pytest.raises(Incomplete, match="home holds Visit of people, and takes nothing out"):
        subject.register(Subject(name="home", held=(Held(Visit),)))


def test_a_room_without_pages_is_not_registered():
    with pytest.raises(Incomplete, match="has a room and no pages"):
        subject.register(Subject(name="garden", room=Room("Garden", "garden:garden", 99)))


def test_my_file_is_json_that_any_program_reads(site):
    about = json.loads(taken_out(site, site.bo)["about me.json"])
    assert about["person"] == site.bo
