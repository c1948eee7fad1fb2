"""The law behind the attacks of a part of the members: whatever a few try, they do not decide for the whole."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frombelow.polity import Refused
from frombelow.polity.admissions.rules import ListVote
from tests import acts as a
from tests.cast import TEXT, Organization, acts_in, article

from .strategies import QUICK, check_counts, check_replay, pick

PLANS = st.lists(st.tuples(*[st.integers(0, 2**16)] * 4), min_size=6, max_size=30)
FOR_A_YEAR = QUICK.replace("count = 2", "count = 4").replace("listed_days = 7", "listed_days = 180")


class Clique(Organization):
    """Three in a branch try whatever they can, with whomever they bring in. The twenty-one others do what the rules
    give them: they ask for a vote on lists, and answer no."""

    def __init__(self):
        super().__init__(20, book=FOR_A_YEAR)
        self.north, self.clique = self.branch(members=3)
        self.steward(self.north, self.clique[0])
        self.carry()
        self.others = [person for person in self.people if person not in self.clique]
        self.invented, self.began = [], len(self.record)

    def attempt(self, kind, by, **fields):
        try:
            self.do(kind, by, **fields)
        except Refused:
            return False
        return True

    def ours(self):
        """The clique and whomever it brought in: all of them do what it wants."""
        return [*self.clique, *self.invented]

    def under(self, who, n):
        held = self.polity.held.get(who)
        return {"under": pick(held, n).id} if held and n % 5 else {}

    def effects(self, n, m):
        polity = self.polity
        theirs = [office.id for office in polity.offices.values() if office.branch != self.id]
        branch, who = pick(polity.branches, m), pick(self.ours(), n)
        office = pick(theirs if m % 3 else polity.offices, m)
        return [
            (a.GrantMandate(office, who),), (a.EndMandate(pick(polity.mandates, m)),), (a.DissolveBranch(branch),),
            (a.CreateOffice("Power", ("admit-members", "open-votes", "rule-on-motions"), branch),),
            (a.FormBranch(f"Inner {m}", branch),), (a.AdmitPeople(((self.new(), TEXT),), branch),),
            (a.ChangeRules(article("5.2", franchise_days=m % 9)),), (a.ExpelMember(pick(polity.people, m)),),
            (a.Charter(branch, polity.today(self.now) + 9, 99),),
            (a.LetListsVote((pick(polity.admissions.lists or [1], m),)),),
        ][n % 10]  # fmt: skip

    def play(self, plan):
        kind, n, m, k = plan
        who, branch = pick(self.ours(), n), pick(self.polity.branches, m)
        motion = pick([found.id for found in self.polity.motions.values() if not found.over], m)
        mandate, under = pick(self.polity.mandates, k), self.under(who, k)
        tried = {
            0: lambda: self.bring(who, branch, 1 + k % 40, under),
            1: lambda: self.try_moving(who, branch, self.effects(m, k)),
            2: lambda: self.try_moving(who, branch, self.effects(k, m)),
            3: lambda: self.attempt(a.OpenVote, who, poll=motion, **under),
            4: lambda: self.attempt(a.FindInOrder, who, motion=motion, **under),
            5: self.vote_together,
            6: lambda: self.attempt(a.Transfer, who, to=branch),
            7: lambda: self.attempt(a.AskForVote, who, branch=branch, question=self.new()),
            8: lambda: self.attempt(a.Petition, who, motion=self.new(), mandate=mandate, text=TEXT),
        }  # fmt: skip
        tried.get(kind % 11, lambda: self.wait(1 + k % 4))()
        self.invented = [name for name in self.polity.people if name not in self.people]
        self.answer()

    def bring(self, who, branch, count, under):
        """Mostly by who may: whoever of them holds that power somewhere."""
        holders = [
            (name, mandate)
            for name in self.ours()
            for mandate in self.polity.held.get(name, ())
            if "admit-members" in self.polity.offices[mandate.office].powers
        ]
        if holders and count % 4:
            who, mandate = pick(holders, count)
            under, branch = {"under": mandate.id}, pick([each.id for each in self.polity.below(self.north)], count)
        people = tuple((self.new(), TEXT) for _ in range(count))
        self.attempt(a.Admit, who, people=people, branch=branch, **under)

    def try_moving(self, who, branch, effects):
        motion = self.new()
        if self.attempt(a.Move, who, motion=motion, branch=branch, text=TEXT, effects=effects):
            for person in self.ours()[:8]:
                self.attempt(a.Second, person, motion=motion)

    def vote_together(self):
        for poll in sorted(self.polity.voting):
            for person in self.ours()[:60]:
                self.attempt(a.CastVote, person, poll=poll, choice="yes", nonce=self.new())

    def answer(self):
        """What the others do about it."""
        for person in self.others[:2]:
            self.attempt(a.AskForVote, person, branch=self.id, question=self.new())
        for poll in [name for name in sorted(self.polity.voting) if self.polity.motions[name].branch == self.id]:
            for person in self.others:
                if person not in self.polity.motions[poll].answers:
                    against = "yes" if isinstance(self.polity.motions[poll], ListVote) else "no"
                    self.attempt(a.CastVote, person, poll=poll, choice=against, nonce=self.new())


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(PLANS)
def test_law_no_few_decide_for_the_whole_end_its_mandates_or_make_its_electorate(plans):
    """Whatever three in a branch bring in and try, as long as the others use what the rules give them, the whole
    decides nothing by it, nobody outside the branch loses a mandate, and no open vote has other voters than before."""
    org = Clique()
    kept = {name for name, found in org.polity.mandates.items() if not found.ended and found.person in org.others}
    for plan in plans:
        before = {
            name: (found.poll.electorate, set(org.voters(name)))
            for name in org.polity.voting
            if (found := org.polity.motions[name])
        }
        org.play(plan)
        for name in before.keys() & org.polity.voting:
            electorate = org.polity.motions[name].poll.electorate
            if electorate.opened == before[name][0].opened:  # a vote that was adjourned is held with a fresh one
                assert (electorate, set(org.voters(name))) == before[name]
    free = [name for name in org.invented if not org.polity.people[name].listed]
    assert len(free) <= 5
    for act in acts_in(org)[org.began :]:
        assert not isinstance(act, a.TakeEffect) or org.polity.motions[act.motion].branch != org.id
    assert {org.polity.mandates[name].how for name in kept} <= {"", "term over"}
    check_counts(org.polity)
    check_replay(org)
