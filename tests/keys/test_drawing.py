"""The page's own module, run by Node, commits to words as the library does."""

import base64
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django import forms
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import frombelow_site.ui
from frombelow.polity.kernel.commitments import as_committed, commit
from frombelow.polity.kernel.ids import encode_id

MODULE = Path(frombelow_site.ui.__file__).parent / "static/ui/keys/drawing.js"
PROGRAM = """
import { createInterface } from "node:readline";
globalThis.crypto ??= (await import("node:crypto")).webcrypto;
const { asCommitted, commit, id } = await import("./drawing.mjs");
const bytes = (text) => Uint8Array.from(Buffer.from(text, "base64"));
for await (const line of createInterface({ input: process.stdin })) {
  const { call, text, salt } = JSON.parse(line);
  const made = call === "id" ? id(bytes(salt)) : call === "text" ? asCommitted(text) : await commit(bytes(salt), text);
  process.stdout.write(JSON.stringify(made) + "\\n");
}
"""
pytestmark = [pytest.mark.checker, pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node here")]
few = settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
LETTERS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
ODD = st.lists(st.sampled_from(["\r\n", "\r", "\n", " ", "\x85", "\ufeff", "\x1c", "\u2028", "e\u0301", "\u212b", "\u1100\u1161", "\u05d0", "\U0001f3f4", "\u180e", "\u200b"]), max_size=12).map("".join)  # fmt: skip
WORDS = st.tuples(ODD, LETTERS, ODD).map("".join)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """What the page's module makes of a call."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "drawing.mjs").write_text(MODULE.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "ask.mjs").write_text(PROGRAM)
    process = subprocess.Popen(
        ["node", str(folder / "ask.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    def ask(call, text="", salt=b""):
        asked = {"call": call, "text": text, "salt": base64.b64encode(salt).decode()}
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    yield ask
    process.stdin.close()
    process.wait(10)
    process.stdout.close()


@few
@given(WORDS)
def test_a_page_sends_the_words_in_the_form_in_which_the_server_keeps_them(page, words):
    sent = page("text", words)
    kept = as_committed(forms.CharField(required=False).clean(sent.replace("\n", "\r\n")))  # as browsers send lines
    assert sent == kept == as_committed(forms.CharField(required=False).clean(words))


@few
@given(WORDS, st.binary(min_size=32, max_size=32))
def test_a_page_commits_to_words_as_the_library_does(page, words, salt):
    assert page("commit", words, salt) == commit(salt, words)


@few
@given(st.binary(min_size=16, max_size=16))
def test_a_page_spells_an_id_as_the_library_does(page, drawn):
    assert page("id", salt=drawn) == encode_id(drawn)
