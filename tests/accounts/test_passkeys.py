"""Passkeys: made, named, used, removed; and what no device and no stranger can do with one."""

import pytest
from django.test import Client

from frombelow_site.accounts.models import Passkey
from frombelow_site.membership import actions as membership
from tests.site_mail import delivered

from .authenticator import Device
from .conftest import app_of, enter, signed_in

HOST = {"HTTP_HOST": "localhost"}


def options(client, address="/enter/passkey/options/"):
    return client.post(address).json()


def add(client, device):
    asked = options(client, "/enter/ways/passkey/options/")
    return client.post("/enter/ways/passkey/", {"answer": device.make(asked)}, follow=True)


def come(client, device, **fields):
    return client.post("/enter/passkey/", {"answer": device.use(options(client)), **fields})


@pytest.fixture
def client():
    return Client(**HOST)


@pytest.fixture
def bo(site):
    return enter(**HOST)


@pytest.fixture
def device(bo):
    """Bo's device, with a passkey for this site."""
    made = Device()
    assert "The passkey was added" in add(bo, made).content.decode()
    return made


def test_a_passkey_signs_in_whoever_made_it(site, client, device):
    assert come(client, device, next="/people/me/").url == "/people/me/"
    assert signed_in(client) == site.bo
    assert Passkey.objects.get().used is not None


def test_the_session_key_changes_with_a_passkey_too(client, device):
    asked = options(client)
    before = client.session.session_key
    client.post("/enter/passkey/", {"answer": device.use(asked)})
    assert client.session.session_key != before


def test_the_options_name_nobody(site, client, device):
    asked = client.post("/enter/passkey/options/")
    assert set(asked.json()) == {"challenge", "rpId", "userVerification", "record"}
    assert asked.json()["userVerification"] == "preferred"


def test_what_the_device_keeps_is_not_the_id_in_the_record(site, bo):
    asked = options(bo, "/enter/ways/passkey/options/")
    assert site.bo not in str(asked)
    assert asked["authenticatorSelection"]["residentKey"] == "required"


def test_a_passkey_is_called_by_the_browser_and_system_it_was_made_on(site):
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    add(enter(HTTP_USER_AGENT=agent, **HOST), Device())
    assert Passkey.objects.get().name == "Firefox on Linux"


def test_a_letter_says_that_a_passkey_was_added(device):
    assert "A passkey was added" in delivered()[-1].body
    assert delivered()[-1].to == ["bo@example.org"]


def test_an_answer_is_good_once(client, device):
    answer = device.use(options(client))
    client.post("/enter/passkey/", {"answer": answer})
    client.post("/enter/out/")
    assert client.post("/enter/passkey/", {"answer": answer}).url == "/enter/"
    assert not signed_in(client)


def test_an_answer_given_twice_at_the_same_moment_counts_once(client, device):
    asked = options(client)
    kept = client.session["passkey"]
    client.post("/enter/passkey/", {"answer": device.use(asked)})
    second = Client(**HOST)
    session = second.session
    session["passkey"] = kept
    session.save()
    second.post("/enter/passkey/", {"answer": device.use(asked)})
    assert not signed_in(second)


def test_an_answer_to_another_sessions_challenge_is_refused(client, device):
    answer = device.use(options(client))
    stranger = Client(**HOST)
    options(stranger)
    stranger.post("/enter/passkey/", {"answer": answer})
    assert not signed_in(stranger)


def test_a_challenge_is_over_after_five_minutes(client, device):
    asked = options(client)
    session = client.session
    session["passkey"] = {**session["passkey"], "at": session["passkey"]["at"] - 301}
    session.save()
    client.post("/enter/passkey/", {"answer": device.use(asked)})
    assert not signed_in(client)


def test_a_challenge_to_sign_in_makes_no_passkey(site, bo):
    asked = {**options(bo, "/enter/ways/passkey/options/"), **options(bo)}
    bo.post("/enter/ways/passkey/", {"answer": Device().make(asked)})
    assert not Passkey.objects.exists()


@pytest.mark.parametrize("origin", ["https://localhost", "http://localhost:81", "http://evil.example"])
def test_another_origin_is_refused(client, device, origin):
    device.origin = origin
    come(client, device)
    assert not signed_in(client)


def test_another_rp_id_is_refused(client, device):
    device.host = "evil.example"
    come(client, device)
    assert not signed_in(client)


def test_another_key_is_refused(client, device):
    other = Device(device.id)
    other.handle, other.signed = device.handle, 9
    come(client, other)
    assert not signed_in(client)


def test_a_counter_that_goes_back_shows_a_copy(client, device):
    device.signed = 10
    come(client, device)
    client.post("/enter/out/")
    device.signed = 5
    assert "not good here" in client.get(come(client, device).url).content.decode()
    assert not signed_in(client)
    assert Passkey.objects.get().counter == 11


def test_a_device_that_stops_counting_is_refused_and_one_that_never_did_is_not(site, client, bo):
    quiet = Device(counts=False)
    add(bo, quiet)
    for _ in range(2):
        come(client, quiet)
        assert signed_in(client) == site.bo
        client.post("/enter/out/")
    Passkey.objects.update(counter=3)
    come(client, quiet)
    assert not signed_in(client)


def test_a_passkey_with_the_handle_of_another_is_refused(client, device):
    device.handle = "AAAA"
    come(client, device)
    assert not signed_in(client)


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", "[" * 9000, "{" * 30_000, '{"rawId": 5}', "\x00", "💥"])
def test_what_is_no_answer_is_refused_like_an_unknown_passkey(client, device, answer):
    options(client)
    page = client.get(client.post("/enter/passkey/", {"answer": answer}).url)
    assert "This passkey is not good here" in page.content.decode()
    stranger = Device(b"never seen here")
    assert "This passkey is not good here" in client.get(come(client, stranger).url).content.decode()


def test_who_left_comes_in_with_their_passkey_until_they_are_erased(site, client, device):
    membership.leave(site.bo)
    come(client, device)
    assert signed_in(client) == site.bo
    client.post("/enter/out/")
    membership.erase(site.bo)
    assert not Passkey.objects.exists()
    come(client, device)
    assert not signed_in(client)


def test_a_passkey_opened_by_finger_or_pin_is_step_enough(site, client, device):
    app_of(site.bo)
    come(client, device)
    assert signed_in(client) == site.bo


def test_a_passkey_that_anyone_could_have_pressed_needs_the_second_step(site, client, device):
    app_of(site.bo)
    device.verifies = False
    assert come(client, device).url == "/enter/second/"
    assert not signed_in(client)


def test_a_passkey_is_renamed_and_removed_by_its_owner(site, bo, device):
    row = Passkey.objects.get()
    bo.post(f"/enter/ways/passkey/{row.id}/", {"name": "Blue key"})
    assert "Blue key" in bo.get("/enter/ways/").content.decode()
    bo.post(f"/enter/ways/passkey/{row.id}/", {"remove": "1"})
    assert not Passkey.objects.exists()
    assert "removed" in delivered()[-1].body


def test_a_name_is_needed_and_no_longer_than_eighty(bo, device):
    row = Passkey.objects.get()
    for name in ("", "x" * 81):
        assert bo.post(f"/enter/ways/passkey/{row.id}/", {"name": name}).status_code == 400


def test_nobody_touches_the_passkey_of_another(site, device):
    ada, row = enter("ada@example.org", **HOST), Passkey.objects.get()
    for fields in ({"name": "Mine"}, {"remove": "1"}):
        assert ada.post(f"/enter/ways/passkey/{row.id}/", fields).status_code == 404
    assert Passkey.objects.get().name != "Mine"


def test_one_credential_is_one_persons(bo, device):
    ada = enter("ada@example.org", **HOST)
    assert "No passkey was added" in add(ada, Device(device.id)).content.decode()
    assert Passkey.objects.count() == 1


def test_the_devices_own_passkeys_are_named_so_that_none_is_made_twice(bo, device):
    assert len(options(bo, "/enter/ways/passkey/options/")["excludeCredentials"]) == 1


def test_a_screen_left_open_for_an_hour_adds_and_removes_nothing(site, bo, device):
    session = bo.session
    session["at"] -= 3601
    session.save()
    page = bo.get("/enter/ways/").content.decode()
    assert "Sign in once more" in page
    assert "Add a passkey" not in page
    row = Passkey.objects.get()
    assert bo.post("/enter/ways/passkey/options/").url == "/enter/ways/"
    bo.post(f"/enter/ways/passkey/{row.id}/", {"remove": "1"})
    assert Passkey.objects.exists()
    assert bo.get("/enter/?again&next=/enter/ways/").status_code == 200


def test_browsers_allow_none_at_a_bare_number_so_none_is_offered(site):
    assert "passkeys.js" not in Client(HTTP_HOST="127.0.0.1").get("/enter/").content.decode()
    assert "passkeys.js" in Client(**HOST).get("/enter/").content.decode()


def test_there_are_twenty_at_most(bo):
    for n in range(20):
        add(bo, Device(f"credential {n}".encode()))
    assert "No passkey was added" in add(bo, Device(b"one more")).content.decode()
