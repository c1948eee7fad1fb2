"""The attacks of members and officers that the laws must stop, each by its name."""

import pytest

from frombelow.polity import Refused, Stage, encode, stamp
from frombelow.polity.kernel.ids import derive_id
from frombelow.polity.kernel.judging import stamped
from tests import acts as a
from tests.cast import DAY, TEXT, Organization, acts_in, article, breach, rules

# --- who votes ---


def test_entryism_500_admitted_the_evening_before_a_vote(org):
    motion = org.move(a.ExpelMember(org.people[9]))
    org.second(motion)
    org.until(motion, Stage.DEBATE)
    org.clock = org.polity.motions[motion].opens - 3600
    entrants = org.admit(500)
    org.wait(1)
    found = org.polity.motions[motion]
    assert (found.stage, found.eligible) == (Stage.VOTING, 23)
    for person in entrants[:3]:
        assert org.cannot_vote(person, motion).article == "5.1"


def test_entryism_cannot_second_either(org):
    org.move()
    entrants = org.admit(50)
    motion = org.move()
    assert org.polity.motions[motion].needed == 2
    for person in entrants[:2]:
        assert org.refused(a.Second, person, motion=motion).article == "5.2"


def test_purge_nobody_is_expelled_without_a_decision(org):
    for author in (org.ada, org.eve, "server", "time", "decision"):
        effect = a.TakeEffect(by=author, motion=org.new(), n=0, effect=a.ExpelMember(org.bo))
        assert breach([*org.record, encode(stamp(effect, org.clock))]).article == "1.2"


def test_purge_a_minority_cannot_expel_its_opponents_all_at_once(org):
    """Whom a motion is about does not vote on it: naming all opponents in one would leave their enemies to decide."""
    opponents = org.people[11:]
    effects = tuple(a.ExpelMember(person) for person in opponents)
    refused = org.refused(a.Move, org.bo, motion=org.new(), branch=org.id, text=TEXT, effects=effects)
    assert (
        refused.sentence() == "Article 3.4: a motion is about one person at most; each is heard, and decided on, alone."
    )
    motions = [org.move(effect, by=org.people[n % 4]) for n, effect in enumerate(effects)]
    for motion in motions:
        org.second(motion)
    org.until(motions[0], Stage.VOTING)
    for motion, about in zip(motions, opponents, strict=True):
        org.vote(motion, yes=org.people[:11], no=[person for person in opponents if person != about])
    org.wait(8)
    assert {org.polity.motions[motion].outcome for motion in motions} == {"lost"}
    assert org.polity.members == 24


def test_purge_nor_can_it_take_all_mandates_at_once(org):
    effects = tuple(a.EndMandate(org.mandate(person)) for person in (org.ada, org.eve))
    assert org.refused(a.Move, org.bo, motion=org.new(), branch=org.id, text=TEXT, effects=effects).article == "3.4"


def test_purge_an_import_is_not_undone_against_who_acts_or_after_its_days(org):
    batch, (new,) = org.bring_in(1)
    org.do(a.Second, new, motion=org.move())
    org.do(a.UndoImport, org.eve, batch=batch, under=org.mandate(org.eve))
    assert org.polity.people[new].standing == "member"


def test_gerrymander_a_transfer_waits_while_the_branch_votes():
    org = Organization(20, book=rules(transfer_days=1, voting_days=20))
    north, movers = org.branch(members=5)
    motion = org.move(branch=north, by=movers[0])
    org.second(motion)
    org.until(motion, Stage.DEBATE)
    outsiders = [person for person in org.people if person not in movers][-6:]
    org.clock = org.polity.motions[motion].opens - 3600
    for person in outsiders:
        org.do(a.Transfer, person, to=north)
    org.until(motion, Stage.VOTING)
    org.wait(5)
    assert {org.polity.people[person].branch for person in outsiders} == {org.id}
    assert org.cannot_vote(outsiders[0], motion).article == "5.1"
    org.close(motion)
    assert {org.polity.people[person].branch for person in outsiders} == {north}


def test_gerrymander_a_dissolved_branch_decides_nothing_more(org):
    north, movers = org.branch(members=4)
    dissolving = org.move(a.DissolveBranch(north))
    org.second(dissolving)
    org.until(dissolving, Stage.VOTING)
    org.vote(dissolving, yes=org.people[:9])
    theirs = org.move(branch=north, by=movers[0])
    org.second(theirs)
    org.until(dissolving, Stage.DECIDED)
    assert org.polity.branches[north].dissolved
    assert org.until(theirs, Stage.LAPSED, Stage.VOTING).stage is Stage.LAPSED


def test_gerrymander_who_was_moved_meanwhile_votes_where_they_were(org):
    north, movers = org.branch(members=5)
    motion = org.to_vote(branch=north, by=movers[0])
    org.carry(a.FormBranch("South", org.id))
    assert org.polity.motions[motion].eligible == 5


# --- officers ---


def test_pocket_veto_silence_means_in_order(org):
    motion = org.move()
    org.second(motion)
    org.wait(6)
    assert org.polity.motions[motion].stage is Stage.DEBATE
    act = next(act for act in acts_in(org) if isinstance(act, a.FindInOrder))
    assert act.by == "time"


def test_pocket_veto_with_every_office_vacant_everything_still_happens(org):
    org.wait(91)
    assert not org.polity.held
    motion = org.carry(a.GrantMandate(org.office("chair").id, org.bo), a.AdmitPeople(((org.new(), TEXT),), org.id))
    assert org.polity.motions[motion].disposition == "in force"
    assert org.bo in org.polity.held


def test_endless_adjournment_a_vote_is_adjourned_once():
    org = Organization(20, book=rules(quorum='{ participating = "50%", knowingly = true }'))
    motion = org.to_vote()
    start = org.clock
    org.until(motion, Stage.DECIDED)
    assert org.clock - start < 30 * DAY


def test_endless_adjournment_no_debate_is_longer_than_the_rulebook_says(org):
    """Nobody has an act to prolong a debate or a vote, and their lengths were frozen when the motion was moved."""
    motion = org.move()
    org.second(motion)
    start = org.clock
    org.until(motion, Stage.DECIDED, Stage.ADJOURNED)
    assert (org.clock - start) // DAY <= 5 + 14 + 2 + 7 + 3


def test_ruled_out_without_an_article(org):
    motion = org.move()
    org.second(motion)
    for number in ("12.1", "0", "because"):
        refused = org.refused(
            a.RuleOut, org.ada, under=org.mandate(org.ada), motion=motion, article=number, reason=TEXT
        )
        assert refused.message == "no-article"


def test_ruled_out_by_its_own_mover_or_whom_it_is_about(org):
    own = org.move(by=org.ada)
    about = org.move(a.ExpelMember(org.ada))
    for motion in (own, about):
        org.second(motion)
        fields = {"under": org.mandate(org.ada), "motion": motion}
        assert org.refused(a.RuleOut, org.ada, article="4.1", reason=TEXT, **fields).message == "own-cause"
        assert org.refused(a.FindInOrder, org.ada, **fields).message == "own-cause"


def test_self_extension_a_longer_term_is_for_later_mandates(org):
    before = {mandate.id: mandate.ends for mandate in org.polity.mandates.values()}
    org.carry(a.ChangeRules(article("3.2", term_months=36)), a.ChangeRules(article("1.4", provisional_days=80)))
    assert {mandate.id: mandate.ends for mandate in org.polity.mandates.values()} == before


def test_self_extension_who_holds_an_office_cannot_be_given_it_on_top(org):
    effect = a.GrantMandate(org.office("treasurer").id, org.bo)
    org.carry(effect)
    motion = org.carry(effect, by=org.bo)
    assert org.polity.motions[motion].disposition == "void"
    assert len(org.polity.held[org.bo]) == 1


def test_self_extension_a_founding_mandate_ends_when_the_members_fill_the_office(org):
    before = org.mandate(org.ada)
    motion = org.carry(a.GrantMandate(org.office("chair").id, org.ada))
    (mandate,) = org.polity.held[org.ada]
    assert mandate.source == motion
    assert org.polity.mandates[before].ended == mandate.starts


def test_self_extension_no_rulebook_allows_more_than_36_months(org):
    effects = (a.ChangeRules(article("3.2", term_months=37)),)
    refused = org.refused(a.Move, org.ada, motion=org.new(), branch=org.id, text=TEXT, effects=effects)
    assert refused.sentence() == (
        "Article 6.3: Article 3.2, line 5: term_months: 37 is outside what is possible: from 1 to 36."
    )


def test_quorum_lowered_by_those_present(org):
    """Five who came cannot lower the quorum for the rest: a change of rules needs yes from a quarter of everybody."""
    motion = org.to_vote(a.ChangeRules(article("5.6", quorum='{ yes_of_eligible = "0%" }')))
    org.vote(motion, yes=org.people[:5])
    assert org.close(motion).outcome == "lost"
    assert org.polity.book["quorum"].yes_of_eligible > 0


def test_salami_each_slice_is_judged_against_the_whole_rulebook(org):
    """First the rules' majority is made the same as the ordinary one, then the ordinary one is raised above it: the
    second slice is refused, since changing the rules would then be easier than an ordinary motion."""
    first = org.move(a.ChangeRules(article("6.3", rulebook_majority='"two thirds"')))
    second = org.move(a.ChangeRules(article("6.1", majority='{ share = "2/3", yes_of_eligible = "10%" }')))
    for motion in (first, second):
        org.second(motion)
    for motion in (first, second):
        org.until(motion, Stage.VOTING)
        org.vote(motion, yes=org.voters(motion))
    org.close(second)
    dispositions = [org.polity.motions[name].disposition for name in (first, second)]
    assert dispositions == ["in force", "void"]


def test_emergency_powers_no_office_can_suspend_the_rulebook(org):
    for power in ("suspend-the-rulebook", "emergency", "*"):
        effects = (a.CreateOffice("Commissioner", (power,), org.id),)
        refused = org.refused(a.Move, org.bo, motion=org.new(), branch=org.id, text=TEXT, effects=effects)
        assert (refused.article, refused.message) == ("3.1", "unknown-power")


def test_emergency_powers_are_not_smuggled_in_by_a_branch_made_in_the_same_motion(org):
    motion = org.new()
    branch = derive_id(motion, "branch", 0)
    effects = (a.FormBranch("North", org.id), a.CreateOffice("Commissioner", ("emergency",), branch))
    org.do(a.Move, org.bo, motion=motion, branch=org.id, text=TEXT, effects=effects)
    org.second(motion)
    org.until(motion, Stage.VOTING)
    org.vote(motion, yes=org.voters(motion))
    assert org.close(motion).disposition == "partly void"
    assert len(org.polity.offices) == 4


def test_recall_blocked_by_the_recalled_officer(org):
    motion = org.petition(org.mandate(org.ada))
    ada = {"under": org.mandate(org.ada)}
    ruled = org.refused(a.RuleOut, org.ada, motion=motion, article="7.1", reason=TEXT, **ada)
    assert ruled.sentence() == "Article 7.1: nobody can rule out a recall."
    org.do(a.Reply, org.ada, motion=motion, text=TEXT)
    assert org.refused(a.OpenVote, org.ada, poll=motion, **ada).message == "own-cause"
    org.until(motion, Stage.VOTING)
    assert org.cannot_vote(org.ada, motion, "no").message == "about-you"
    org.vote(motion, yes=org.people[1:6])
    org.close(motion)
    assert org.ada not in org.polity.held


def test_a_vote_reopened_until_it_passes():
    org = Organization(56)
    effect = a.FormBranch("North", org.id)
    motion = org.to_vote(effect)
    org.vote(motion, yes=org.people[20:26], no=org.people[:10])
    org.close(motion)
    assert org.refused(a.OpenVote, org.ada, under=org.mandate(org.ada), poll=motion).message == "wrong-stage"
    assert org.polity.motions[org.move(effect)].needed == 2 * org.polity.motions[org.move()].needed


def test_two_conflicting_motions_in_one_night(org):
    """Both are carried at the same deadline: the earlier in the record is in force, the later is void by Article 6.3,
    since its voters had another article before them; the record shows both."""
    motions = [org.move(a.ChangeRules(article("5.4", voting_days=days))) for days in (10, 20)]
    for motion in motions:
        org.second(motion)
    for motion in motions:
        org.until(motion, Stage.VOTING)
        org.vote(motion, yes=org.voters(motion))
    org.close(motions[1])
    kinds = [type(act).__name__ for act in acts_in(org)][-4:]
    assert kinds == ["CloseVote", "TakeEffect", "CloseVote", "Void"]
    assert (acts_in(org)[-1].article, acts_in(org)[-1].reason) == ("6.3", "overtaken")
    assert org.polity.book["voting_days"] == 10
    assert org.polity.book.version == 2


def test_a_bought_seconder_who_withdraws_at_the_last_second(org):
    motion = org.move()
    org.second(motion, org.people[6], org.people[7])
    org.clock += 1
    refused = org.refused(a.WithdrawSecond, org.people[7], motion=motion)
    assert (refused.article, refused.message) == ("4.1", "wrong-stage")


def test_a_meeting_never_called_stops_nothing(org):
    """No motion waits for a meeting to be called."""
    org.do(a.Leave, org.ada)
    org.do(a.Leave, org.eve)
    assert org.carry(a.FormBranch("North", org.id))


# --- names that are not what they look like ---


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\x1b[2J", "\n", "\x85", "\u2028"])
def test_a_name_in_the_record_is_what_it_looks_like(sign):
    org = Organization()
    for effect in (a.FormBranch(f"North{sign}", org.id), a.CreateOffice(f"Chair{sign}", (), org.id)):
        act = a.Move(by=org.bo, motion=org.new(), branch=org.id, text=TEXT, effects=(effect,))
        with pytest.raises(Refused) as refused:
            stamped(org.polity, act, org.clock)
        assert refused.value.message == "not-an-act"


def test_a_lost_question_is_the_same_however_it_is_written():
    org = Organization(56)
    articles = article("5.4", voting_days=9)
    motion = org.to_vote(a.ChangeRules(articles))
    org.vote(motion, yes=org.people[20:26], no=org.people[:10])
    assert org.close(motion).outcome == "lost"
    for written in (articles, articles + "\n\n", f"# once more\n{articles}", articles.replace(" = ", "  =  ")):
        assert org.polity.motions[org.move(a.ChangeRules(written))].doubled
    other = article("5.4", voting_days=10)
    assert not org.polity.motions[org.move(a.ChangeRules(other))].doubled
