"""A server on which nothing is founded yet, and somebody who goes through the pages."""

import pytest
from django.core.cache import cache
from django.utils.translation import deactivate

from frombelow_site.beginning.code import make_code
from frombelow_site.beginning.forms import RulesForm
from frombelow_site.door import use
from frombelow_site.door.door import Door
from frombelow_site.door.key import make_folder
from tests.site_cast import NOON, site  # noqa: F401  the fixture

KIND = {"name": "Lindenhof Tenants", "kind": "tenants-union", "language": "en", "zone": "Europe/Berlin"}
RULES = {
    "seconders_count": "5", "seconders_share": "5%", "debate_days": "14", "voting_days": "7",
    "quorum_how": "yes_of_eligible", "quorum_share": "10%", "rulebook_majority_share": "2/3",
    "rulebook_majority_all": "25%", "franchise_days": "30", "term_months": "12",
}  # fmt: skip
FOUNDERS = {"rows": "3", "name0": "Ada One", "mail0": "ada@example.org", "name1": "Bo Two"}
OFFICES = {
    "office-chair": ["0"], "office-secretary": ["1"], "office-treasurer": ["nobody"], "office-administrator": ["0"],
}  # fmt: skip


def chosen(kind):
    """What the page sends if somebody changes nothing on it, and says that they know."""
    form = RulesForm(initial=None, kind=kind)
    return {name: field.initial for name, field in form.fields.items()} | {"quorum_knowing": True}


class Beginning:
    """The empty folder, its code and door, and the way through the pages."""

    def __init__(self, folder, client):
        make_folder(folder)
        self.folder, self.client = folder, client
        self.door = Door(folder, folder / "copy", inline=True, clock=lambda: NOON)
        use(self.door)
        self.code = make_code(folder)

    def post(self, page="", client=None, **data):
        return (client or self.client).post(f"/begin/{page}{'/' if page else ''}", data)

    def type_code(self, client=None):
        return self.post(client=client, code=self.code)

    def up_to(self, page, client=None):
        """Everything before a page is filled in."""
        self.type_code(client)
        for name, data in (("kind", KIND), ("rules", RULES), ("founders", FOUNDERS), ("offices", OFFICES)):
            if name == page:
                return
            assert self.post(name, client, **data).status_code == 302

    def press(self, client=None):
        """What the last page's button sends."""
        return (client or self.client).session["begin"]["press"]

    def found(self, client=None):
        self.up_to("look", client)
        (client or self.client).get("/begin/look/")
        return self.post("look", client, press=self.press(client))


@pytest.fixture
def beginning(db, tmp_path, client):
    cache.clear()
    found = Beginning(tmp_path / "data", client)
    yield found
    deactivate()  # a page in Spanish leaves its language to whatever comes after it
    found.door.election.lose()
    use(None)
