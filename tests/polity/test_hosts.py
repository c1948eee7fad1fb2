"""Hosts at which keys can be used."""

import msgspec
import pytest

from frombelow.keys import check_assertion
from frombelow.keys.signing import SoftPasskey
from frombelow.polity.kernel.fields import Hosts


@pytest.mark.parametrize("host", ["xn--bcher-kva.example", "a--b.example", "tenants.xn--p1ai"])
def test_a_passkey_holds_at_every_host_that_can_stand_in_the_record(host):
    """fields.py: hosts are “as browsers write them: lower case, Punycode”."""
    assert msgspec.convert([host], Hosts) == (host,)
    key = SoftPasskey.generate(host)
    check_assertion("p256", key.public, b"m", *key.assertion(b"m"), [host])
