"""One's own file."""

import zipfile

from frombelow.polity import Stage
from frombelow.polity.votes.acts import PaperVote
from frombelow_site.door import new_id
from frombelow_site.membership import own_file
from tests.site_keys import do, first_key


def test_ones_own_file_holds_the_answer_on_paper_that_counts_in_ones_name_once_the_vote_is_closed(site):
    keys = {person: first_key(site, person) for person in (site.ada, site.eve)}
    site.wait(8)
    motion = site.second(site.move(site.dee))
    while site.polity.motions[motion].stage is not Stage.VOTING:
        site.wait(1)
    for officer, office in ((site.ada, "chair"), (site.eve, "secretary")):
        do(site, keys[officer], PaperVote(
            by=officer, under=site.holds(officer, office).id, poll=motion, person=site.bo, choice="yes", nonce=new_id()
        ))  # fmt: skip
    while site.polity.motions[motion].stage is Stage.VOTING:
        site.wait(1)
    site.wait(30)
    file = own_file.write(site.polity, site.polity.people[site.bo])
    with zipfile.ZipFile(file) as archive:
        said = [archive.read(name) for name in archive.namelist() if name.startswith("entries/")]
    assert any(b'"vote.paper"' in each for each in said)
