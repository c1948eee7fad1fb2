"""A host that is none."""

import pytest


@pytest.mark.parametrize(
    "host", ["UNION.example", "https://union.example", "union.example:8443", "a" * 300, "", "union.example."]
)
def test_a_host_that_is_none_is_refused_as_init_refuses_it(frombelow, data, host):
    said = frombelow("hosts", host, "--key", "ada.key", "--data", data, ends=2)
    assert "Traceback" not in said
    assert "$.act" not in said
