"""Values that come with an act."""

import json

from frombelow.keys import to_text
from frombelow.polity.members.acts import Rename
from frombelow_site.door import private
from frombelow_site.people.models import OldName
from tests.site_keys import first_key, sealed, sent


def test_a_value_that_is_handed_in_a_thousand_times_with_one_act_is_stored_once(site):
    key, said = first_key(site, site.bo), private("name of", site.bo, "Bob")
    act = Rename(by=site.bo, name=said.commitment)
    value = {"of": said.of, "whose": said.whose, "value": said.value, "salt": to_text(said.salt)}
    body = json.dumps(sent(act, sealed(site, key, act), [value] * 1_100), separators=(",", ":"))
    assert len(body) < 200_000
    site.browser(site.bo).post("/keys/act/", body, content_type="application/json")
    assert OldName.objects.filter(person=site.bo).count() <= 1
