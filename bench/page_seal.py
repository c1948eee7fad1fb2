"""What a page itself works to seal a vote: its bytes spelled and signed, in Chromium at a sixth of its speed."""

import functools
import shutil
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

import frombelow_site.ui
from frombelow.polity import spelling

from .first_motion import CHROMIUM

MODULES = Path(frombelow_site.ui.__file__).parent / "static/ui/keys"
SLOWER, TIMES = 6, 50
SEALED = """async ([spelling, times]) => {
  const { actBytes, spellAct } = await import("/spelling.js");
  const { low } = await import("/signatures.js");
  const how = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const { privateKey } = await crypto.subtle.generateKey(how, false, ["sign", "verify"]);
  const act = { kind: "vote.cast", by: "p".repeat(26), poll: "m".repeat(26), choice: "yes", nonce: "n".repeat(26) };
  const took = [];
  for (let n = 1; n <= times; n++) {
    const start = performance.now();
    const said = spellAct(act, spelling);
    const bytes = actBytes("a.example/record", "k".repeat(26), n, 1_800_000_000, n, "A".repeat(43), said);
    low(new Uint8Array(await crypto.subtle.sign(how, privateKey, bytes)));
    took.push(performance.now() - start);
  }
  return Math.max(...took);
}"""


class _Modules(SimpleHTTPRequestHandler):
    def log_message(self, *_said: object) -> None:
        pass


def measure() -> dict[str, float]:
    """The slowest of fifty seals, the first of them with nothing warm."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Modules, directory=str(MODULES)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        page = browser.new_page()
        page.goto(f"http://localhost:{server.server_port}/")
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        took = page.evaluate(SEALED, [spelling(), TIMES])
        browser.close()
    server.shutdown()
    server.server_close()
    return {"milliseconds": took}
