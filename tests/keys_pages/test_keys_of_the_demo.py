"""Keys of the demo organization's people."""

from frombelow_site.demo.keys import Keyring


def test_who_knows_the_program_and_its_seed_does_not_know_the_cards_of_the_demo(site):
    drawn = []
    for person in (site.bo, site.dee):
        Keyring(site.door, site.door.clock, 7).card(person)
        drawn.append(site.polity.keys.holders[person].keys[0].public)
    assert len(set(drawn)) == 2
