"""Sealed acts as pages hand them in: what stands, and what is refused, with nothing stored."""

import json

import pytest
from django.test import Client

from frombelow.keys import SoftPasskey, to_text
from frombelow.polity import Standing, spelling
from frombelow.polity.keys.acts import BindKey
from frombelow.polity.members.acts import Erase, Leave, Return, StepBack
from frombelow.polity.motions.acts import Move
from frombelow.record import Verifier, open_checkpoint
from frombelow_site import door as doors
from frombelow_site.decide.models import Wording
from frombelow_site.door import new_id, private
from frombelow_site.door.models import Entry
from frombelow_site.keys import handing_in
from tests.site_keys import HOST, added, do, drawn, first_key, pages_stand, sealed, sent

ACT = "/keys/act/"


def post(browser, body, **headers):
    body = body if isinstance(body, str | bytes) else json.dumps(body)
    return browser.post(ACT, body, content_type="application/json", **headers)


@pytest.fixture
def bo(site):
    """Bo's browser, and a key file of his."""
    browser = site.browser(site.bo)
    browser.key = first_key(site, site.bo)
    return browser


@pytest.fixture
def refused(site, bo):
    """Hands it in; nothing stands afterwards. Gives the answer's status and what it says."""

    def hand_in(body, browser=bo, **headers):
        before = Entry.objects.count(), site.polity.keys.holders[site.bo].sealed
        answer = post(browser, body, **headers)
        assert (Entry.objects.count(), site.polity.keys.holders[site.bo].sealed) == before
        return answer.status_code, answer.json()

    return hand_in


def test_a_sealed_act_stands_and_the_answer_is_its_receipt(site, bo):
    act = StepBack(by=site.bo)
    answer = post(bo, sent(act, sealed(site, bo.key, act)))
    said = answer.json()
    assert answer.status_code == 200
    assert said["entry"].encode() == bytes(Entry.objects.get(index=said["index"]).data)
    assert open_checkpoint(said["checkpoint"].encode(), Verifier.from_vkey(site.polity.key)).size == said["index"] + 1


def test_a_second_try_gets_the_same_receipt(site, bo):
    act = StepBack(by=site.bo)
    body = sent(act, sealed(site, bo.key, act))
    first, second = post(bo, body), post(bo, body)
    assert first.json() == second.json()
    assert site.polity.keys.holders[site.bo].sealed == 1


def test_the_words_that_an_act_commits_to_come_with_it(site, bo):
    motion, words = new_id(), "Paint the hall\n\nIt is grey."
    text = private("motion", motion, words)
    act = Move(by=site.bo, motion=motion, branch=site.polity.root, text=text.commitment, effects=())
    value = {"of": "motion", "whose": motion, "value": words, "salt": to_text(text.salt)}
    assert post(bo, sent(act, sealed(site, bo.key, act), [value])).status_code == 200
    assert Wording.objects.get(motion=motion).title == "Paint the hall"


@pytest.mark.parametrize("change", ["value", "whose", "of", "salt"])
def test_other_words_than_those_under_the_seal_are_refused(site, bo, refused, change):
    motion = new_id()
    text = private("motion", motion, "Paint the hall\n\nIt is grey.")
    act = Move(by=site.bo, motion=motion, branch=site.polity.root, text=text.commitment, effects=())
    value = {"of": "motion", "whose": motion, "value": text.value, "salt": to_text(text.salt)}
    value |= {change: to_text(bytes(32)) if change == "salt" else "Sell the hall"}
    status, said = refused(sent(act, sealed(site, bo.key, act), [value]))
    assert (status, said["message"]) == (409, "other-value")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("", "cannot be read as JSON"),
        ("{", "cannot be read as JSON"),
        (b"\xff\xfe", "cannot be read as JSON"),
        ("[" * 100_000, ""),
        ("[]", "the whole is of the wrong type"),
        ("{}", "the field $.act is missing"),
        ({"act": "{}"}, "the field $.seal is missing"),
        ({"act": 1, "seal": {}}, "the field $.act is of the wrong type"),
    ],
)  # fmt: skip
def test_what_is_no_sealed_act_is_refused_with_what_is_wrong_and_where(refused, body, why):
    status, said = refused(body)
    assert status == 400
    assert why in said["why"]


def handed_in(site, bo):
    act = StepBack(by=site.bo)
    return sent(act, sealed(site, bo.key, act))


@pytest.mark.parametrize("where", ["", "seal", "values"])
def test_an_unknown_field_is_refused(site, bo, refused, where):
    body = handed_in(site, bo)
    if where == "values":
        body["values"] = [{"of": "a", "whose": "b", "value": "c", "salt": "d", "beside": {"mail": "x@example.org"}}]
    else:
        (body[where] if where else body)["more"] = 1
    status, said = refused(body)
    assert status == 400
    assert "there is an unknown field" in said["why"]


@pytest.mark.parametrize("salt", ["", "AA", "A" * 44, "A" * 43 + "=", "é", to_text(bytes(31)), to_text(bytes(33))])
def test_a_salt_of_another_length_or_spelling_is_refused(site, bo, refused, salt):
    body = handed_in(site, bo) | {"values": [{"of": "a", "whose": "b", "value": "c", "salt": salt}]}
    assert refused(body) == (400, {"why": "a salt is 32 bytes, spelled in base64url without padding"})


@pytest.mark.parametrize(
    ("was", "is_"), [('"kind"', ' "kind"'), ("step-back", "step\\u002dback"), ("{", "\n{"), ("step-back", "\ud800")],
    ids=["a space", "an escape", "a line", "half a sign"],
)  # fmt: skip
def test_another_spelling_of_the_act_is_refused(site, bo, refused, was, is_):
    body = handed_in(site, bo)
    assert was in body["act"]
    body["act"] = body["act"].replace(was, is_, 1)
    assert refused(body)[0] == 400


def test_an_act_of_no_kind_or_with_an_unknown_field_is_refused(site, bo, refused):
    body = handed_in(site, bo)
    for act in ('{"kind":"member.rise","by":"x"}', body["act"][:-1] + ',"more":1}'):
        status, said = refused(body | {"act": act})
        assert status == 400
        assert said["why"]


def test_a_seal_by_another_persons_key_is_refused(site, bo, refused):
    act, other = StepBack(by=site.bo), first_key(site, site.ada)
    assert refused(sent(act, sealed(site, other, act)))[1]["message"] == "seal-of-another"


def test_a_seal_by_a_key_that_nobody_bound_is_refused(site, refused):
    act, (other, _new) = StepBack(by=site.bo), drawn(site, site.bo)
    assert refused(sent(act, sealed(site, other, act)))[1]["message"] == "seal-of-another"


def test_a_seal_under_another_act_is_refused(site, bo, refused):
    act = StepBack(by=site.bo)
    status, said = refused(sent(act, sealed(site, bo.key, Leave(by=site.bo))))
    assert (status, said["message"]) == (409, "signature-wrong")
    assert said["why"].startswith(f"Article {said['article']}: ")


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"n": 2}, "seal-next"),
        ({"until": 1_772_452_799}, "seal-late"),
        ({"until": 1_772_452_800 + 90_000}, "seal-early"),
        ({"size": 3}, "anchor-ahead"),
        ({"size": 1}, "anchor-behind"),
        ({"origin": "others.example/record"}, "signature-wrong"),
    ],
)
def test_a_seal_of_another_number_day_history_or_organization_is_refused(site, bo, refused, other, why):
    act = StepBack(by=site.bo)
    assert refused(sent(act, sealed(site, bo.key, act, **other)))[1]["message"] == why


def test_who_is_signed_in_as_another_hands_nothing_in(site, bo, refused):
    status, said = refused(handed_in(site, bo), site.browser(site.ada))
    assert status == 403
    assert "signed in as somebody else" in said["why"]


def test_a_person_hands_nothing_in_for_the_server(site, bo, refused):
    body = handed_in(site, bo)
    for name in ("server", "time", "decision"):
        assert refused(body | {"act": body["act"].replace(site.bo, name)})[0] == 403


def test_nobody_who_is_not_signed_in_hands_anything_in(site, bo):
    before = Entry.objects.count()
    assert post(Client(), handed_in(site, bo)).status_code == 302
    assert Entry.objects.count() == before


def test_another_site_hands_nothing_in(site, bo):
    strict, before = Client(enforce_csrf_checks=True), Entry.objects.count()
    strict.cookies = bo.cookies
    assert post(strict, handed_in(site, bo)).status_code == 403
    assert Entry.objects.count() == before


def test_a_page_is_not_asked_for_where_acts_are_handed_in(bo):
    assert bo.get(ACT).status_code == 405


def test_what_is_too_large_is_refused(site, bo, refused):
    body = handed_in(site, bo)
    value = {"of": "a", "whose": "b", "value": "x" * handing_in.MOST, "salt": to_text(bytes(32))}
    assert refused(body | {"values": [value]}) == (413, {"why": "an act and its texts are at most 200,000 bytes"})


def test_what_is_larger_than_any_form_is_not_read(site, bo):
    before = Entry.objects.count()
    assert post(bo, " " * 1_000_001).status_code in (400, 413)
    assert Entry.objects.count() == before


def test_where_nothing_can_be_stored_the_answer_says_so(site, bo, refused, monkeypatch):
    def closed(*_asked, **_more):
        raise doors.Closed(doors.door.BUSY)

    body = handed_in(site, bo)
    monkeypatch.setattr("frombelow_site.keys.views.perform", closed)
    status, said = refused(body)
    assert status == 503
    assert "nothing was stored" in said["why"]


def test_a_refusal_is_said_in_the_readers_language(site, bo, refused):
    act = StepBack(by=site.bo)
    body = sent(act, sealed(site, bo.key, act, n=2))
    status, said = refused(body, headers={"accept-language": "es"})
    assert status == 409
    assert said["why"].startswith("Artículo")


def test_what_was_done_is_not_done_again_later(site, bo, refused):
    act = StepBack(by=site.bo)
    body = sent(act, sealed(site, bo.key, act))
    assert post(bo, body).status_code == 200
    do(site, bo.key, Return(by=site.bo))
    code, said = refused(body)
    assert code == 200
    assert Entry.objects.get(index=said["index"]).kind == "member.step-back"
    assert site.polity.people[site.bo].standing is Standing.MEMBER


def test_who_left_can_still_seal_what_is_theirs_to_do(site, bo):
    """Where nothing stands in their name without a seal, their own page cannot erase them."""
    do(site, bo.key, Leave(by=site.bo))
    act = Erase(by=site.bo, index=0, ground="asked")
    assert post(site.browser(site.bo), sent(act, sealed(site, bo.key, act))).status_code == 200


def test_the_spelling_is_that_of_the_library(site, client):
    assert client.get("/keys/spelling.json").json() == json.loads(json.dumps(spelling()))


def test_a_first_key_does_not_seal_its_own_binding(site, refused):
    secret, new = drawn(site, site.ada)
    act = BindKey(by=site.ada, key=new)
    said = refused(sent(act, sealed(site, secret, act)), site.browser(site.ada))[1]
    assert said["message"] == "seal-of-another"


class Unverified(SoftPasskey):
    """Whoever touches it may use it: it does not say that its owner was verified."""

    def assertion_of(self, client, rest):
        return super().assertion_of(client, bytes([rest[0] & ~0x04]) + rest[1:])


@pytest.mark.parametrize(
    ("kind", "host", "why"),
    [
        (Unverified, HOST, "the passkey did not see to it that it was its owner"),
        (SoftPasskey, "elsewhere.example", "elsewhere.example, which is no host of the organization"),
    ],
)
def test_a_passkey_of_another_host_or_without_its_owner_verified_seals_nothing(site, bo, refused, kind, host, why):
    pages_stand(site)
    passkey, act = added(site, bo.key, site.bo, "passkey"), StepBack(by=site.bo)
    assert why in refused(sent(act, sealed(site, kind(host, passkey.key), act)))[1]["why"]
    assert post(bo, sent(act, sealed(site, passkey, act))).status_code == 200
