"""Acts in many brackets."""

import pytest

from frombelow_site.operations.saying import SayingError, read


def test_an_act_that_is_nested_deeply_is_told_in_a_sentence():
    """The reader of JSON takes it (900 levels); what fills in names runs out of stack, and the command shows a traceback."""
    deep = []
    for _ in range(950):
        deep = [deep]
    with pytest.raises(SayingError):
        read({"kind": "member.return", "by": "a" * 26, "x": deep}, {})
