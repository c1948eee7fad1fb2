"""Cards in the hands of who uses a page."""

from contextlib import contextmanager

import segno

from .conftest import ARGUMENTS

FIELD = "The twelve words of your card"
BOUND = """async ([seed, only]) => {
  const [{ open }, { newKey }, { here, post }, { handIn, seal }] = await Promise.all(
    ["card", "signers", "here", "sealing"].map((name) => import(`/static/ui/keys/${name}.js`)));
  const card = await open(Uint8Array.from(seed));
  const answer = await post("card/bind/", await newKey(card));
  if (only) await handIn(await seal(card, { kind: "key.only", by: here.person }));
  return answer.stands;
}"""
PART = """async ([seed, drawn]) => {
  const [{ open }, { here }, { handIn, seal }] = await Promise.all(
    ["card", "here", "sealing"].map((name) => import(`/static/ui/keys/${name}.js`)));
  const [card, key] = [await open(Uint8Array.from(seed)), await (await open(Uint8Array.from(drawn))).ballot()];
  const proof = await key.prove(here.origin, here.person);
  await handIn(await seal(card, { kind: "key.ballot", by: here.person, public: key.public, proof }));
}"""
SHARED = "localStorage.setItem('frombelow-keep-no-key', '')"


def bound(page, card, only=False):
    """The card is that of who is signed in here, who never had a key; ``only`` with it do they act from now on."""
    assert page.evaluate(BOUND, [list(card.seed), only])


def part_bound(page, card, other=None):
    """Who is signed in said by their card that it, or another, is their part in secret votes."""
    page.evaluate(PART, [list(card.seed), list((other or card).seed)])


def read(keyboard, text):
    """The card is typed where the page asks for one."""
    keyboard.write(FIELD, text)
    keyboard.press_here("Read this card")


@contextmanager
def filming(chromium, place):
    """A browser whose camera sees what the film at this place shows when it is asked for."""
    seen = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    seen.append(f"--use-file-for-fake-video-capture={place}")
    browser = chromium.browser_type.launch(executable_path="/usr/bin/chromium", args=[*ARGUMENTS, *seen])
    yield browser
    browser.close()


def film(place, line, size=480):
    """A film of one picture, in YUV: the QR code of this line, grey on white, as paper in a room is."""
    code = [list(row) for row in segno.make_qr(line, error="m").matrix_iter(scale=8, border=4)]
    edge = (size - len(code)) // 2
    rows = [bytes([200]) * size for _ in range(size)]
    for n, row in enumerate(code):
        drawn = bytes(50 if dark else 200 for dark in row)
        rows[edge + n] = rows[edge + n][:edge] + drawn + rows[edge + n][edge + len(drawn) :]
    grey = bytes([128]) * (size * size // 2)
    place.write_bytes(f"YUV4MPEG2 W{size} H{size} F10:1 Ip C420jpeg\nFRAME\n".encode() + b"".join(rows) + grey)
