"""What a passkey answers: each thing that must hold, by its name."""

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frombelow.keys import (
    ALGORITHMS,
    SoftPasskey,
    act_bytes,
    asserted,
    challenge,
    check_assertion,
    check_many,
    sign_in_bytes,
    to_bytes,
    to_text,
)
from tests.keys.test_ed25519 import refused

SIGNED = act_bytes("a.example", "k" * 26, 1, 1_800_000_000, 3, to_text(bytes(32)), b"{}")
HOSTS = {"a.example", "old.example", "localhost"}
PASSKEY = SoftPasskey.generate("a.example")
GOOD = b"\x05" + bytes(4)


def check(answer, passkey=PASSKEY, signed=SIGNED, hosts=HOSTS):
    check_assertion(passkey.algorithm, passkey.public, signed, *answer, hosts)


def said(**changes):
    told = {
        "type": "webauthn.get",
        "challenge": to_text(challenge(SIGNED)),
        "origin": "https://a.example",
        "crossOrigin": False,
    }
    return {name: value for name, value in {**told, **changes}.items() if value is not ...}


def client(**changes):
    return json.dumps(said(**changes)).encode()


def answered(rest=GOOD, **changes):
    return PASSKEY.assertion_of(client(**changes), rest)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_passkey_seals_an_act(algorithm):
    passkey = SoftPasskey.generate("a.example", algorithm)
    check(passkey.assertion(SIGNED), passkey)


def test_another_passkey_s_answer_is_refused():
    refused("signature-wrong", check, SoftPasskey.generate("a.example").assertion(SIGNED))


def test_the_challenge_of_another_act_is_refused():
    refused("client-challenge", check, PASSKEY.assertion(SIGNED + b" "))


def test_an_answer_to_a_sign_in_whose_nonce_is_an_act_s_hash_is_no_seal():
    asked = sign_in_bytes("a.example", to_text(challenge(SIGNED)))
    refused("client-challenge", check, PASSKEY.assertion(asked))


@pytest.mark.parametrize("other", ["", "x", to_text(challenge(SIGNED)) + "=", [], None, ...])
def test_a_challenge_in_another_spelling_is_refused(other):
    refused("client-challenge", check, answered(challenge=other))


@pytest.mark.parametrize("other", ["webauthn.create", "payment.get", "", None, ["webauthn.get"], ...])
def test_another_type_is_refused(other):
    refused("client-type", check, answered(type=other))


@pytest.mark.parametrize("origin", ["https://a.example", "https://a.example:8443"])
def test_a_page_of_the_host_may_stand_at_any_port(origin):
    check(answered(origin=origin))


@pytest.mark.parametrize(
    "origin",
    ["http://a.example", "https://a.example/", "https://A.example", "https://x@a.example", "https://a.example:0", "a.example",
     "https://a.example\n", "android:apk-key-hash:x", "https://a.example.", "https://", "null", None, ["https://a.example"], ...],
)  # fmt: skip
def test_a_page_that_is_not_named_as_pages_are_is_refused(origin):
    refused("client-origin", check, answered(origin=origin))


def test_a_passkey_asked_at_another_host_is_refused():
    fault = refused("client-host", check, answered(origin="https://b.example"))
    assert "b.example" in str(fault)
    refused("client-host", check, answered(origin="https://sub.a.example"))


def test_a_part_of_a_host_s_name_is_no_host():
    refused("client-host", check, PASSKEY.assertion(SIGNED), PASSKEY, SIGNED, "not-a.example")


def test_a_passkey_of_another_host_is_refused():
    """Of the hosts of the organization, too: what counts is the host of the page that asked."""
    refused("authenticator-host", check, answered(origin="https://old.example"))


@pytest.mark.parametrize("origin", ["http://localhost", "http://localhost:8000", "https://localhost"])
def test_a_page_on_one_s_own_machine_needs_no_https(origin):
    passkey = SoftPasskey.generate("localhost")
    check(passkey.assertion_of(client(origin=origin), GOOD), passkey)


@pytest.mark.parametrize("changes", [{"crossOrigin": True}, {"crossOrigin": 0}, {"crossOrigin": None}, {"crossOrigin": "false"},
                                     {"topOrigin": "https://b.example"}, {"topOrigin": None}])  # fmt: skip
def test_a_passkey_asked_inside_the_page_of_another_is_refused(changes):
    refused("client-crossed", check, answered(**changes))


def test_a_browser_that_says_nothing_of_other_pages_is_believed():
    check(answered(crossOrigin=...))


def test_what_browsers_will_add_is_no_fault():
    check(answered(other_keys_can_be_added_here="do not compare clientDataJSON against a template"))


WHOLE = client()


@pytest.mark.parametrize(
    "raw",
    [b"", b"[]", b"null", b'"x"', b"{", WHOLE + b"{}", WHOLE + WHOLE, b"\xef\xbb\xbf" + WHOLE, WHOLE.decode().encode("utf-16"),
     WHOLE[:-1] + b',"challenge":"x"}', WHOLE[:-1] + b',"challeng\\u0065":"x"}', WHOLE[:-1] + b',"a":{"b":1,"b":1}}',
     WHOLE[:-1] + b',"a":NaN}', WHOLE[:-1] + b',"a":"\xff"}', WHOLE[:-1] + b',"a":"\n"}', b"[" * 900],
    ids=["empty", "list", "null", "text", "open", "more after it", "twice", "byte order mark", "UTF-16", "second challenge",
         "second challenge, escaped", "double inside", "NaN", "not UTF-8", "control letter", "deep"],
)  # fmt: skip
def test_what_is_not_one_json_object_with_each_name_once_is_refused(raw):
    refused("client-json", check, PASSKEY.assertion_of(raw, GOOD))


def test_what_the_browser_said_has_a_bound():
    room = 1024 - len(client(a=""))
    check(answered(a="x" * room))
    refused("client-size", check, answered(a="x" * (room + 1)))


def test_another_spelling_of_what_was_said_is_refused():
    said, answer, signature = PASSKEY.assertion(SIGNED)
    refused("client-spelling", check, (said + "=", answer, signature))
    refused("authenticator-spelling", check, (said, answer + "=", signature))
    refused("signature-spelling", check, (said, answer, signature + "="))


def test_without_somebody_there_it_is_refused():
    refused("user-absent", check, answered(b"\x04" + bytes(4)))


def test_without_its_owner_verified_it_is_refused():
    refused("user-unverified", check, answered(b"\x01" + bytes(4)))


@pytest.mark.parametrize("flags", [0x07, 0x25, 0x45, 0x15])
def test_flags_that_no_such_answer_has_are_refused(flags):
    refused("authenticator-flags", check, answered(bytes([flags]) + bytes(4)))


@pytest.mark.parametrize("flags", [0x05, 0x0D, 0x1D])
def test_whether_a_passkey_is_synced_is_its_own_affair(flags):
    check(answered(bytes([flags]) + b"\xff" * 4))


def test_an_answer_that_is_too_short_or_too_long_is_refused():
    refused("authenticator-size", check, PASSKEY.assertion_of(client(), b"\x05" + bytes(3)))
    refused(
        "authenticator-size",
        check,
        PASSKEY.assertion_of(client(), b"\x85" + bytes(4) + b"\xa1\x61a\x58\xfe" + bytes(254)),
    )


EXTENSIONS = [b"\xa0", b"\xa1\x61a\xf5", b"\xa1\x63prf\xa1\x61a\x41x", b"\xa2\x61a\x82\x01\x20\x61b\xfb" + bytes(8),
              b"\xa1\x61a\xc0\x61x", b"\xa1\x61a\xf8\xff"]  # fmt: skip


@pytest.mark.parametrize("extensions", EXTENSIONS, ids=bytes.hex)
def test_a_map_of_extensions_may_follow_where_the_flag_says_so(extensions):
    check(answered(b"\x85" + bytes(4) + extensions))
    refused("authenticator-rest", check, answered(b"\x05" + bytes(4) + extensions))


@pytest.mark.parametrize(
    "rest",
    [b"", b"\x80", b"\x01", b"\xa0\x00", b"\xa1\x61a", b"\xa1\x01\x01", b"\xbf\xff", b"\xa2\x61a\x01\x61a\x02", b"\xa1\x61a\x5f\xff",
     b"\xa1\x61\xff\x01", b"\xa1\x61a\x1c", b"\xa1\x61a\x42x", b"\xa1\x61a\x19\x01", b"\xbb" + b"\xff" * 8,
     b"\xa1\x61a" + b"\x81" * 5 + b"\x01", b"\xa1\x61a" + b"\x81" * 190],
    ids=bytes.hex,
)  # fmt: skip
def test_what_is_no_map_of_extensions_is_refused(rest):
    refused("authenticator-rest", check, answered(b"\x85" + bytes(4) + rest))


@given(st.binary(max_size=219))
def test_whatever_follows_is_a_map_or_refused_in_words(rest):
    try:
        check(answered(b"\x85" + bytes(4) + rest))
    except ValueError as fault:
        assert fault.message == "authenticator-rest"  # noqa: PT017


def test_the_signature_can_be_checked_elsewhere():
    said, answer, signature = PASSKEY.assertion(SIGNED)
    message = asserted(SIGNED, said, answer, HOSTS)
    assert message.endswith(sha256(to_bytes(said)).digest())
    assert check_many([("p256", PASSKEY.public, message, signature)]) is None
