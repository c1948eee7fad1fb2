"""A page used without a mouse, as somebody who knows the skip link uses it."""

from fnmatch import fnmatch

SHOWS = """control => {
    const {outlineStyle, outlineWidth} = getComputedStyle(control);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && control.getClientRects().length > 0;
}"""


class Keyboard:
    """Tab to the control that is meant, which shows that the keyboard is there; then press it or write into it."""

    MOST = 120
    PASTED = 40  # characters: what is longer comes from elsewhere

    def __init__(self, page, check=lambda page: None, name=""):
        self.page, self.name, self._check = page, name, check
        self.main, self.place, self.skip = page.locator("main"), page.locator(":focus"), page.locator("a.skip")
        self.menu = page.locator("header details.menu:not([open]) > summary:visible")
        page.on("filechooser", lambda chooser: None)  # from now on: asked for later, it can come too late for the key

    def check(self):
        """Whether everybody can use the page as it stands, as far as this browser can tell."""
        self._check(self.page)

    def reach(self, control, key=""):
        """The keyboard is in this control, and it shows."""
        control.locator("visible=true").first.wait_for()  # a script may show it when the page is there already
        key = key or self._towards(control)
        for _ in range(self.MOST):
            if control.and_(self.place).count():
                assert self.place.evaluate(SHOWS), f"nothing shows that the keyboard is in {control}"
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"the keyboard does not reach {control}")

    def _towards(self, control):
        """The key to go on with: past the rooms where the control is in the content, back to them where it is not."""
        inside = self.main.locator(control).count()
        if not self.place.count():
            self.page.keyboard.press("Tab")
            if inside and self.skip.and_(self.place).count():
                self.page.keyboard.press("Enter")
                self.page.locator("main:focus").wait_for()
        elif not inside and self.page.locator("main:focus, main :focus").count():
            return "Shift+Tab"
        return "Tab"

    def enter(self, key="Enter"):
        """The page that this key leads to is there."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def press(self, name, key="Enter", role="button"):
        """The button with this name leads to another page, or to this one again."""
        self._open_menu(name, role)
        self.reach(self.page.get_by_role(role, name=name, exact=True))
        self.enter(key)

    def _open_menu(self, name, role):
        """On a phone the rooms and what is mine stand in a menu; what the page itself offers by a name goes before."""
        exact = self.main.get_by_role(role, name=name, exact=True)
        if self.menu.count() and not exact.count() and self.page.locator("header .menu").get_by_text(name).count():
            self.reach(self.menu)
            self.page.keyboard.press("Enter")

    def sign_out(self):
        """They are signed out, also where they are warned that they cannot come in again by themselves."""
        self.press("Sign out")
        if self.page.get_by_role("button", name="Sign out all the same").count():
            self.press("Sign out all the same")

    def press_here(self, name, role="button"):
        """The button with this name does something on this page, by its script."""
        self.reach(self.page.get_by_role(role, name=name, exact=True))
        self.page.keyboard.press("Enter")

    def unfold(self, words):
        """What is folded away under these words is shown."""
        self.reach(self.page.get_by_text(words, exact=True))
        self.page.keyboard.press("Enter")

    def follow(self, name):
        self.press(name, role="link")

    def write(self, label, words):
        """The field holds these words and no others."""
        self.reach(self.page.get_by_label(label, exact=True))
        self.page.keyboard.press("Control+A")
        if len(words) > self.PASTED:
            self.page.keyboard.insert_text(words)
        else:
            self.page.keyboard.type(words)

    def tick(self, label):
        self.reach(self.page.get_by_label(label))
        self.page.keyboard.press("Space")

    def choose(self, answer):
        """Among radio buttons Tab goes to the group, the arrows go through it."""
        self.reach(self.page.get_by_role("radio"))
        self.reach(self.page.get_by_role("radio", name=answer, exact=True), "ArrowDown")
        self.page.keyboard.press("Space")

    def attach(self, label, file):
        self.reach(self.page.get_by_label(label))
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Space")
        chooser.value.set_files(file)

    @property
    def address(self):
        """Where the page is, whatever part of it the skip link led to."""
        return self.page.url.partition("#")[0]

    def arrive(self, address):
        self.page.wait_for_url(lambda url: fnmatch(url.partition("#")[0], address))
