"""What every page that a journey comes by must be."""

from axe_playwright_python.sync_playwright import Axe


def fits(page):
    """Nothing is wider than the window. Needs no script of the page's own."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def accessible(page):
    """No serious or critical finding of axe, and nothing wider than the window."""
    found = Axe().run(page).response["violations"]
    serious = [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")]
    assert serious == []
    fits(page)
