"""Names as people have them, and as somebody types who tries what breaks: each fits on a phone."""

import pytest

from .access import fits
from .conftest import PHONE, fresh_page
from .keyboard import Keyboard

pytestmark = pytest.mark.browser
NAMES = ["W" * 300, "نقابة المستأجرين في الحي القديم", "👩🏽‍🌾🏳️‍🌈 Zoë", "<script>document.title='run'</script>"]


def test_a_name_fits_wherever_it_stands(chromium, server, sign_in, quiet):
    with fresh_page(chromium, server.address, *PHONE) as page:
        keyboard = Keyboard(page, fits)
        sign_in(page, quiet)
        for name in NAMES:
            keyboard.follow("My membership")
            keyboard.follow("Change my name")
            keyboard.write("Name", name)
            keyboard.press("Change my name")
            keyboard.check()
            keyboard.follow("See your page as others do")
            keyboard.check()
            assert name in keyboard.main.inner_text()
            assert page.title() != "run"
