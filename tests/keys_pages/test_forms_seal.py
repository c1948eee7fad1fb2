"""Forms by which who is signed in acts: what one would hand in is asked for first, and is performed under a seal."""

import inspect
import json
import re
import sys
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, get_resolver

import frombelow_site
from frombelow.keys import to_text
from frombelow.polity import encode_act
from frombelow.polity.kernel.commitments import commit
from frombelow.polity.members.acts import Leave, StepBack
from frombelow.polity.votes.acts import CastVote
from frombelow_site.decide import files
from frombelow_site.decide.attachments import sha256
from frombelow_site.door import new_id, tables
from frombelow_site.door.models import Entry
from frombelow_site.keys.templatetags import keys  # noqa: F401  it is on every page
from tests.decide.files import PDF
from tests.site_keys import first_key, prepared, under

TEMPLATES = {place: place.read_text() for place in Path(frombelow_site.__file__).parent.glob("*/templates/*/*.html")}
# Views that perform an act of who is signed in, and no form of theirs is sealed.
NOT_SEALED = {
    "keys:bind": "a first key has none before it that could seal",
}


@pytest.fixture
def bo(site):
    browser = site.browser(site.bo)
    browser.key = first_key(site, site.bo, "device")
    return browser


def seal_of(index):
    return json.loads(tables.some([index])[index]).get("seal")


def test_what_is_only_prepared_changes_nothing(site, bo):
    motion = site.voting()
    before = Entry.objects.count(), dict(bo.session.items())
    nonce = new_id()
    (act,) = prepared(bo, f"/decide/{motion}/vote/", choice="yes", **{"drawn-id": nonce})
    assert act == CastVote(by=site.bo, poll=motion, choice="yes", nonce=nonce)
    assert (Entry.objects.count(), dict(bo.session.items())) == before
    assert "Your answer is in the record" not in bo.get(f"/decide/{motion}/").content.decode()


def test_a_form_that_hands_nothing_in_prepares_nothing(site, bo):
    motion = site.voting()
    assert prepared(bo, f"/decide/{motion}/vote/", choice="perhaps") == []


def test_the_same_form_is_performed_under_the_seal_that_came_with_it(site, bo):
    motion = site.voting()
    fields = {"choice": "yes", "drawn-id": new_id()}
    (act,) = prepared(bo, f"/decide/{motion}/vote/", **fields)
    answer = bo.post(f"/decide/{motion}/vote/", {**fields, "sealed": under(site, bo.key, act)})
    assert answer.status_code == 302
    index = Entry.objects.filter(kind="vote.cast").latest("index").index
    assert seal_of(index)["n"] == 1
    assert json.loads(tables.some([index])[index])["act"] == json.loads(encode_act(act))


@pytest.mark.parametrize("other", ["choice", "kind"])
def test_nothing_is_stored_where_another_act_was_sealed(site, bo, other):
    motion = site.voting()
    fields = {"choice": "yes", "drawn-id": new_id()}
    wrong = (
        CastVote(by=site.bo, poll=motion, choice="no", nonce=fields["drawn-id"])
        if other == "choice"
        else Leave(by=site.bo)
    )
    before = Entry.objects.count()
    answer = bo.post(f"/decide/{motion}/vote/", {**fields, "sealed": under(site, bo.key, wrong)})
    assert answer.status_code == 409
    assert "another act than the one that was sealed" in answer.content.decode()
    assert Entry.objects.count() == before


@pytest.mark.parametrize("sealed_field", ["", "[", "{}", '[{"act":"\\ud800"}]', "[null]"])
def test_seals_that_are_none_seal_nothing(site, bo, sealed_field):
    before = Entry.objects.count()
    answer = bo.post("/people/me/return/", {"sealed": sealed_field})
    assert answer.status_code in (302, 400, 409)
    assert Entry.objects.count() == before


def test_a_page_that_hands_in_several_acts_has_each_of_them_sealed(site):
    chair = site.ada
    browser, key = site.browser(chair), first_key(site, chair, "device")
    mandate = site.office("chair").holders[0].id
    fields = {"until": "", "give_back": [mandate], "known": "on"}
    acts = prepared(browser, "/people/me/step-back/", **fields)
    assert isinstance(acts[0], StepBack)
    assert len(acts) == 2
    answer = browser.post("/people/me/step-back/", {**fields, "sealed": under(site, key, *acts)})
    assert answer.status_code == 302
    entries = Entry.objects.order_by("-index").values_list("index", flat=True)[:2]
    assert all(seal_of(index) for index in entries)


def attaching(**fields):
    salt = to_text(bytes(range(32)))
    return {"file": SimpleUploadedFile("plan.pdf", PDF), "drawn-id": new_id(), "drawn-salt": salt, **fields}


def test_a_file_is_attached_under_a_seal_over_the_mark_of_its_bytes(site, bo):
    motion = site.move()
    fields = attaching()
    (act,) = prepared(bo, f"/decide/{motion}/attach/", **fields)
    assert not any(files.place("").iterdir())  # what is only prepared keeps no file
    again = {**fields, "file": SimpleUploadedFile("plan.pdf", PDF), "sealed": under(site, bo.key, act)}
    assert bo.post(f"/decide/{motion}/attach/", again).status_code == 302
    assert site.polity.motions[motion].attachments == {fields["drawn-id"]: act.file}
    assert act.file == commit(bytes(range(32)), sha256(PDF))
    assert files.place(fields["drawn-id"]).read_bytes() == PDF
    assert seal_of(Entry.objects.filter(kind="motion.attach").latest("index").index)["n"] == 1


@pytest.mark.parametrize("drawn", ["../out", "", "A" * 26, "taken"])
def test_a_file_is_kept_under_no_name_but_an_id_that_nothing_has(site, bo, drawn):
    motion = site.move()
    bo.post(f"/decide/{motion}/attach/", attaching())
    (taken,) = site.polity.motions[motion].attachments
    other = SimpleUploadedFile("other.pdf", PDF + b"%")
    bo.post(f"/decide/{motion}/attach/", attaching(file=other, **{"drawn-id": taken if drawn == "taken" else drawn}))
    kept = {place.name: place.read_bytes() for place in files.place("").iterdir()}
    assert set(kept) == set(site.polity.motions[motion].attachments)
    assert kept.pop(taken) == PDF
    assert list(kept.values()) == [PDF + b"%"]
    assert not (files.place("").parent / "out").exists()


def _views(patterns, space=""):
    for each in patterns:
        if isinstance(each, URLPattern):
            yield f"{space}:{each.name}", each.callback
        else:
            yield from _views(each.url_patterns, each.namespace or space)


VIEWS = dict(_views(get_resolver().url_patterns))


def _sealing(name, view):
    """The templates with a form that leads there and is sealed."""
    shown = set(re.findall(r'"([a-z_]+/[a-z_]+\.html)"', inspect.getsource(sys.modules[view.__module__])))
    shown |= {"ui/sure.html"} if "ask_first" in inspect.getsource(view) else set()
    for place, text in TEMPLATES.items():
        own = "{% seals %}" in text and "/".join(place.parts[-2:]) in shown
        if own or re.search(rf"{{% seals '{name}'[ %]", text):
            yield place


def test_every_form_by_which_somebody_acts_is_sealed():
    acting = {name for name, view in VIEWS.items() if getattr(view, "acts", ())}
    assert len(acting) > 30
    assert {name for name in acting if not any(_sealing(name, VIEWS[name]))} == set(NOT_SEALED) & acting


def test_no_form_leads_past_the_seal():
    for place, text in TEMPLATES.items():
        for name in re.findall(r'<form[^>]*method="post"[^>]*action="{% url \'([\w:-]+)\'', text):
            assert name in NOT_SEALED or not getattr(VIEWS[name], "acts", ()), place
