"""The page's own module, run by Node, spells every byte that keys sign as the library does."""

import base64
import hashlib
import json
import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import frombelow_site.ui
from frombelow.keys import act_bytes, challenge, fingerprint, possession_bytes, sign_in_bytes
from frombelow.polity import decode_act, encode_act, spelling
from frombelow.polity.kernel.subject import registry
from tests.keys.random_acts import NUMBERS, ODD, Acts, in_its_order, letters

MODULE = Path(frombelow_site.ui.__file__).parent / "static/ui/keys/spelling.js"
MANY, SEED = 100_000, 12
PROGRAM = """
import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";
import * as module from "./spelling.mjs";
globalThis.crypto ??= (await import("node:crypto")).webcrypto;
const spelling = JSON.parse(readFileSync(new URL("spelling.json", import.meta.url), "utf8"));
const base64 = (bytes) => Buffer.from(bytes).toString("base64");
const out = [];
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const { call, told, act } = JSON.parse(line);
  try {
    const last = act === undefined ? [] : [module.spellAct(act, spelling)];
    const made = call === "spellAct" ? last[0] : await module[call](...told, ...last);
    out.push(base64(made));
  } catch (error) {
    if (!(error instanceof module.SpellingError)) throw error;
    out.push(`refused: ${error.message}`);
  }
  if (out.length >= 1000) process.stdout.write(out.splice(0).join("\\n") + "\\n");
}
if (out.length) process.stdout.write(out.join("\\n") + "\\n");
"""
pytestmark = [
    pytest.mark.checker,
    pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node here"),
]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """What the page's module makes of each call: its bytes, or why it refuses."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "spelling.mjs").write_text(MODULE.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "spelling.json").write_text(json.dumps(spelling()))
    (folder / "ask.mjs").write_text(PROGRAM)

    def ask(calls):
        asked = "".join(json.dumps(call) + "\n" for call in calls)
        done = subprocess.run(
            ["node", str(folder / "ask.mjs")], input=asked, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr
        found = done.stdout.splitlines()
        return [text if text.startswith("refused: ") else base64.b64decode(text) for text in found]

    return ask


def seals(count):
    """Random acts, each under a random seal, and the bytes that the library makes of them."""
    rng = random.Random(SEED)
    acts = Acts(rng)
    for n in range(count):
        act = acts.draw(n)
        origin = "".join(rng.choices([odd for odd in ODD if "\n" not in odd], k=rng.randint(0, 3)))
        numbers = [rng.choice([*NUMBERS, rng.randrange(2**53)]) for _ in range(3)]
        key, root = letters(rng, 26), letters(rng, 43)
        yield act, (origin, key, *numbers, root)


@pytest.mark.many
def test_a_hundred_thousand_random_seals_are_over_the_same_bytes_on_the_page_and_in_the_library(page):
    asked, expected, acts = [], [], set()
    for act, seal in seals(MANY):
        said = encode_act(in_its_order(act))
        asked.append({"call": "actBytes", "told": seal, "act": act})
        expected.append(act_bytes(*seal, said))
        acts.add(said)
    found = page(asked)
    assert len(found) == MANY
    wrong = next((n for n in range(MANY) if found[n] != expected[n]), None)
    assert wrong is None, (asked[wrong], found[wrong], expected[wrong])
    for kind in registry.kinds:
        assert any(said.startswith(b'{"kind":"%s"' % kind.encode()) for said in acts)
    for effect in registry.effects:
        assert any(b'{"do":"%s"' % effect.encode() in said for said in acts)


def test_what_the_page_spells_is_the_one_spelling_that_the_door_reads(page):
    asked = [{"call": "spellAct", "act": act} for act, _seal in seals(2_000)]
    for each, said in zip(asked, page(asked), strict=True):
        assert encode_act(decode_act(said)) == said
        assert decode_act(said) == in_its_order(each["act"])


def test_what_else_keys_sign_is_the_same_on_the_page(page):
    rng = random.Random(SEED)
    odd = [text for text in ODD if "\n" not in text]
    calls = {
        "signInBytes": (2, sign_in_bytes), "possessionBytes": (5, possession_bytes), "fingerprint": (2, fingerprint),
    }  # fmt: skip
    asked = [
        {"call": call, "told": ["".join(rng.choices(odd, k=rng.randint(0, 3))) for _ in range(count)]}
        for call, (count, _made) in calls.items()
        for _ in range(500)
    ]
    assert page(asked) == [calls[each["call"]][1](*each["told"]) for each in asked]


def test_a_passkey_is_asked_the_same_by_the_page(page):
    act, seal = next(seals(1))
    signed = act_bytes(*seal, encode_act(in_its_order(act)))
    (made,) = page([{"call": "actBytes", "told": seal, "act": act}])
    assert hashlib.sha256(made).digest() == challenge(signed)
    assert page([{"call": "challenge", "told": [], "act": act}]) == [challenge(encode_act(in_its_order(act)))]


VOTE = {"kind": "vote.cast", "by": "p" * 26, "poll": "m" * 26, "choice": "yes", "nonce": "n" * 26}
MOVE = {"kind": "motion.move", "by": "p" * 26, "motion": "m" * 26, "branch": "b" * 26, "text": "t" * 43}
REFUSED = {
    "an unknown kind": ({**VOTE, "kind": "vote.sell"}, "act is of no known kind"),
    "a kind that every object has": ({**VOTE, "kind": "constructor"}, "act is of no known kind"),
    "no kind": ({"by": "p"}, "act is of no known kind"),
    "no act": (None, "act is of no known kind"),
    "an unknown field": ({**VOTE, "weight": 2}, "there is an unknown field “weight” in act"),
    "a missing field": ({**VOTE, "poll": ...}, "act.poll is missing"),
    "a number for a text": ({**VOTE, "poll": 1}, "act.poll is no text"),
    "null": ({**VOTE, "under": None}, "act.under is no text"),
    "half a letter": ({**VOTE, "poll": "x\ud83d"}, "act.poll holds half a letter"),
    "the other half": ({**VOTE, "poll": "\ude00x"}, "act.poll holds half a letter"),
    "a text for a number": ({"kind": "server.backup", "by": "server", "size": "1"}, "act.size is no whole number"),
    "a fraction": ({"kind": "server.backup", "by": "server", "size": 1.5}, "act.size is no whole number"),
    "a number that is not exact": ({"kind": "server.backup", "by": "server", "size": 2**53}, "act.size is no whole number"),
    "no list": ({**MOVE, "effects": "x"}, "act.effects is no list"),
    "an unknown effect": ({**MOVE, "effects": [{"do": "rob"}]}, "act.effects[0] is of no known do"),
    "an effect with too much": ({**MOVE, "effects": [{"do": "dissolve", "now": 1}]}, "“now” in act.effects[0]"),
    "a struct that is none": ({"kind": "key.bind", "by": "p", "key": "k"}, "act.key has no fields"),
    "no struct": ({"kind": "key.bind", "by": "p", "key": None}, "act.key has no fields"),
    "a struct with too little": ({"kind": "key.bind", "by": "p", "key": {"kind": "device"}}, "act.key.algorithm is missing"),
    "a struct with too much": ({"kind": "key.bind", "by": "p", "key": {"secret": "s"}}, "“secret” in act.key"),
    "a row that is too short": ({"kind": "member.admit", "by": "p", "branch": "b", "people": [["p"]]}, "act.people[0] is no list"),
}  # fmt: skip


@pytest.mark.parametrize(("act", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_act_is_never_spelled_by_the_page(page, act, why):
    act = act and {name: value for name, value in act.items() if value is not ...}
    (found,) = page([{"call": "spellAct", "act": act}])
    assert isinstance(found, str)
    assert why in found


def test_a_text_with_half_a_letter_is_spelled_by_nobody(page):
    act, seal = next(seals(1))
    with pytest.raises(UnicodeEncodeError):
        encode_act(in_its_order({**VOTE, "by": "\ud83d"}))
    with pytest.raises(UnicodeEncodeError):
        act_bytes("\ud83d", *seal[1:], b"")
    (found,) = page([{"call": "actBytes", "told": ["\ud83d", *seal[1:]], "act": act}])
    assert "half a letter" in found


@pytest.mark.parametrize(
    ("place", "value", "why"),
    [(0, "a\nb", "line break"), (1, "a\n", "line break"), (5, "\n", "line break"), (2, -1, "negative"), (3, 0.5, "whole number"),
     (4, 2**53, "whole number"), (2, "1", "whole number"), (0, None, "no text")],
)  # fmt: skip
def test_a_line_that_could_be_read_in_two_ways_is_never_signed_by_the_page(page, place, value, why):
    act, seal = next(seals(1))
    told = [*seal]
    told[place] = value
    (found,) = page([{"call": "actBytes", "told": told, "act": act}])
    assert isinstance(found, str)
    assert why in found


def test_the_page_counts_apart_the_seals_that_the_judge_counts_apart():
    text = MODULE.with_name("sealing.js").read_text()
    counted = {name: kind.about for name, kind in registry.kinds.items() if kind.sealed and kind.sealed.counts}
    (written,) = re.findall(r"^const APART = (\{.*\});$", text, re.M)
    assert json.loads(written) == counted
