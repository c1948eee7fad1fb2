"""What a passkey signs at sign-in is no seal of any act."""

import base64
import json
import re
from urllib.parse import parse_qs

import pytest
from cryptography.hazmat.primitives.serialization import load_der_private_key

from frombelow.keys import KeyFault, act_bytes, challenge, check_assertion, to_text
from frombelow.keys.p256 import compressed, raw_from_der
from frombelow.polity import encode_act
from frombelow.polity.members.acts import Leave

from .conftest import run
from .test_passkey import authenticator, page  # noqa: F401  fixtures

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


def test_an_honest_page_never_has_a_passkey_sign_at_sign_in_what_is_a_seal_of_an_act(page, server, authenticator):  # noqa: F811
    address = server.address
    said = run("sign-in-code", "Dee Farouk", "--data", str(server.folder))
    page.goto(f"{address}/enter/printed/")
    page.get_by_label("The printed code").fill(re.search(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){2}", said)[0])
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.locator("header .mine").wait_for(state="attached")
    page.goto(f"{address}/enter/ways/")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_text("The passkey was added").wait_for()
    page.context.clear_cookies()
    (credential,) = authenticator()
    secret = load_der_private_key(base64.b64decode(credential["privateKey"]), None)
    public = to_text(compressed(secret.public_key()))
    act = Leave(by="a" * 25 + "a")
    signed = act_bytes("demo-tenants-union/record", "a" * 26, 1, 2_000_000_000, 9, "A" * 43, encode_act(act))

    def thief(route):
        reply = route.fetch()
        said = reply.json()
        said["challenge"] = to_text(challenge(signed))  # "sign in"
        route.fulfill(response=reply, json=said)

    page.goto(f"{address}/enter/")
    form = page.locator("form[data-options]").first
    page.route(f"**{form.get_attribute('data-options')}", thief)
    with page.expect_request(lambda request: "answer" in parse_qs(request.post_data or "")) as answered:
        form.locator("button").click()
    said = json.loads(parse_qs(answered.value.post_data)["answer"][0])["response"]
    signature = to_text(raw_from_der(base64.urlsafe_b64decode(said["signature"] + "==")))
    with pytest.raises(KeyFault):
        check_assertion(
            "p256", public, signed, said["clientDataJSON"], said["authenticatorData"], signature, {"localhost"}
        )
