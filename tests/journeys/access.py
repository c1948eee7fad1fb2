"""What every page that a journey comes by must be."""

from axe_playwright_python.sync_playwright import Axe

# The page as axe judges it: every element and what it says of itself, without the words and addresses.
SHAPE = """() => {
    const copy = document.documentElement.cloneNode(true), words = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) words.currentNode.data = words.currentNode.data.trim() && "x";
    for (const name of ["href", "value", "action", "datetime"])
        for (const one of copy.querySelectorAll(`[${name}]:not([${name}=""])`)) one.setAttribute(name, "x");
    return copy.outerHTML;
}"""
WIDTHS = PHONE, DESK = (360, 740), (1280, 900)
_passed = set()


def fits(page):
    """Nothing is wider than the window, on a phone and on a desk. Needs no script of the page's own."""
    _on_each(page, _fits)


def accessible(page):
    """No serious or critical finding of axe, and nothing wider than the window, on a phone and on a desk, wherever the
    journey goes. Axe looks at a page once for each width: where another journey came by a page of the same shape, it
    has passed already."""
    _on_each(page, _accessible)


def _on_each(page, look):
    here = page.viewport_size
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        look(page)
    page.set_viewport_size(here)


def _fits(page):
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def _accessible(page):
    _fits(page)
    this = page.viewport_size["width"], page.evaluate(SHAPE)
    if this in _passed:
        return
    found = Axe().run(page).response["violations"]
    serious = [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")]
    assert serious == []
    _passed.add(this)
