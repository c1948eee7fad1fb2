"""Random acts by random people at random times, and what must hold of the polity whatever they do."""

from hypothesis import strategies as st

from frombelow.polity import Refused, replay
from frombelow.polity import acts as a
from frombelow.polity import state as s
from tests.cast import TEXT, Organization, article, facts, rules

QUICK = rules(
    seconders='{ count = 2, share = "20%" }', franchise_days=2, debate_days=3, opening_days=1, voting_days=2,
    admissibility_days=1, transfer_days=2, reply_days=3, recall_days=3, adjourned_days=1, import_undo_days=2,
    provisional_days=21, seconding_days=7, petition_days=14, lost_question_days=10, appeal_days=5,
)  # fmt: skip
POWER_OF = {
    a.Admit: "admit-members", a.UndoAdmission: "admit-members", a.FindInOrder: "rule-on-motions",
    a.RuleOut: "rule-on-motions", a.Open: "open-votes", a.Settings: "run-the-server",
}  # fmt: skip
KINDS = [
    "vote",
    "vote",
    "vote",
    "vote",
    "second",
    "second",
    "second",
    "second",
    "move",
    "move",
    "sign",
    "sign",
    "petition",
    "rule",
    "rule_out",
    "open",
    "appeal",
    "reply",
    "withdraw",
    "unsecond",
    "step_back",
    "come_back",
    "leave",
    "transfer",
    "admit",
    "undo",
    "resign",
    "settings",
    "start",
    "wait",
    "wait",
    "wait",
    "wait",
]
PLANS = st.tuples(st.sampled_from(KINDS), *[st.integers(0, 2**16)] * 4)


def pick(things, n):
    things = list(things)
    return things[n % len(things)] if things else "a" * 26


class Random(Organization):
    """An organization that is told what to try by five numbers; what the rules refuse is left out."""

    def __init__(self, more=8, book=QUICK):
        super().__init__(more, book=book)
        self.allowed = []
        self.wait(3)
        if len(self.people) > 6:
            self.carry(a.FormBranch("North", self.id))

    def attempt(self, kind, by, **fields):
        """The act as it was done, or the refusal."""
        try:
            act = self.do(kind, by, **fields)
        except Refused as refused:
            return refused
        self.allowed.append(act)
        return act

    def effects(self, n, m, who):
        polity = self.polity
        office = pick(polity.offices, m)
        choices = [
            (),
            (a.GrantMandate(office, who),),
            (a.EndMandate(pick(polity.mandates, m)),),
            (a.ExpelMember(who),),
            (a.FormBranch(f"Branch {m}", pick(polity.branches, m)),),
            (a.CreateOffice("Steward", ("open-votes", "admit-members"), pick(polity.branches, m)),),
            (a.ChangeRules(article("5.4", voting_days=2 + m % 29)),),
            (a.ChangeRules(article("4.6", debate_days=m % 100)),),
            (a.AdmitPeople(((self.new(), TEXT),), pick(polity.branches, m)),),
            (a.DissolveBranch(pick(polity.branches, m)),),
            (a.ExpelMember(who), a.GrantMandate(office, pick(polity.people, n))),
        ]
        return choices[n % len(choices)]

    def fitting(self, kind, n):
        """A motion in the stage for what is tried, if there is one."""
        motions = self.polity.motions.values()
        fit = [found.id for found in motions if found.stage is FITS.get(kind)] if n % 8 else []
        return pick(fit or [found.id for found in motions if found.stage not in DONE] or self.polity.motions, n)

    def voters_now(self):
        """Who would be in an electorate of the whole that was frozen now."""
        people = self.polity.people.items()
        return [name for name, person in people if self.polity.may_vote_later(person, self.id, self.polity.book)]

    def decide(self, n, m, k):
        """A motion that has every chance: chance alone would hardly carry any."""
        polity = self.polity
        voters = self.voters_now()
        if not voters or polity.ended:
            return
        motion, other = self.new(), voters[k % len(voters)]
        effects = self.effects(m, k, other)
        act = self.attempt(a.Move, pick(voters, n), motion=motion, branch=self.id, text=TEXT, effects=effects)
        if isinstance(act, a.Move):
            self.second(motion)
            for _ in range(12):
                if motion in polity.voting:
                    self.vote(motion, yes=self.voters(motion))
                    break
                self.wait()

    def play(self, plan):  # noqa: C901  one case a kind of act
        kind, n, m, k, j = plan
        polity = self.polity
        who, other = pick([*polity.people, self.charlie], n), pick(polity.people, m)
        motion = self.fitting(kind, m)
        if kind in OFFICIAL and m % 4:
            who = pick(
                [name for name in polity.held if polity.power(name, OFFICIAL[kind], self.id, self.clock)] or [who], n
            )
        if kind == "reply" and motion in polity.motions and n % 4:
            who = pick(polity.motions[motion].subjects or [who], n)
        mine = self.polity.held.get(who)
        under = {"under": mine[k % len(mine)].id} if mine and k % 8 else {}
        if k % 8 == 7:
            under = {"under": pick(polity.mandates, k)}
        branch = pick(polity.branches, k)
        match kind:
            case "wait":
                self.clock += 1 + n % 40_000 if m % 2 else 0
                self.wait(n % 4)
            case "vote":
                voting = pick(sorted(polity.voting), m)
                self.attempt(a.Vote, who, motion=voting, choice=pick(["yes", "yes", "no", "abstain"], k))
            case "second":
                self.attempt(a.Second, who, motion=motion)
            case "unsecond":
                self.attempt(a.WithdrawSecond, who, motion=motion)
            case "move":
                again = {"again": motion} if j % 5 == 0 else {}
                self.attempt(
                    a.Move, who, motion=self.new(), branch=branch, text=TEXT, effects=self.effects(j, k, other), **again
                )
            case "withdraw":
                self.attempt(a.Withdraw, who, motion=motion)
            case "petition":
                self.attempt(a.Petition, who, motion=self.new(), mandate=pick(polity.mandates, k), text=TEXT)
            case "sign":
                self.attempt(a.Sign, who, motion=motion)
            case "reply":
                self.attempt(a.Reply, who, motion=motion, text=TEXT)
            case "rule":
                self.attempt(a.FindInOrder, who, motion=motion, **under)
            case "rule_out":
                self.attempt(a.RuleOut, who, motion=motion, article=pick(["4.2", "9.9"], k), reason=TEXT, **under)
            case "open":
                self.attempt(a.Open, who, motion=motion, eligible=0, **under)
            case "appeal":
                ruled = pick([found.id for found in polity.motions.values() if found.stage is s.Stage.RULED_OUT], m)
                self.attempt(a.Appeal, who, motion=ruled, appeal=self.new())
            case "step_back":
                self.attempt(a.StepBack, who, **({"until": polity.today() + m % 9} if m % 2 else {}))
            case "come_back":
                self.attempt(a.Return, who)
            case "leave":
                if m % 4 == 0:
                    self.attempt(a.Leave, who)
            case "transfer":
                self.attempt(a.Transfer, who, to=branch)
            case "admit":
                batch = {"batch": self.new()} if m % 2 else {}
                new = tuple((self.new(), TEXT) for _ in range(1 + m % 3))
                self.attempt(a.Admit, who, people=new, branch=branch, **under, **batch)
            case "undo":
                self.attempt(a.UndoAdmission, who, batch=pick(polity.batches, m), **under)
            case "resign":
                self.attempt(a.Resign, who, mandate=pick(polity.mandates, m))
            case "settings":
                self.attempt(a.Settings, who, name="mail", value=TEXT, **under)
            case "start":
                self.attempt(a.Start, "server", version="1")


OFFICIAL = {
    "rule": "rule-on-motions", "rule_out": "rule-on-motions", "open": "open-votes", "admit": "admit-members",
    "undo": "admit-members", "settings": "run-the-server",
}  # fmt: skip
FITS = {
    "second": s.Stage.SECONDING, "unsecond": s.Stage.SECONDING, "withdraw": s.Stage.SECONDING,
    "rule": s.Stage.ADMISSIBILITY, "rule_out": s.Stage.ADMISSIBILITY, "sign": s.Stage.PETITION,
    "reply": s.Stage.REPLY, "open": s.Stage.DEBATE,
}  # fmt: skip
DONE = (s.Stage.DECIDED, s.Stage.WITHDRAWN, s.Stage.LAPSED, s.Stage.RULED_OUT)


# --- what must hold -----------------------------------------------------------------------------------------------


def check_counts(polity):
    """The counts that each branch keeps are those of the people on the roll."""
    here = [person for person in polity.people.values() if person.standing in ("member", "stepped back")]
    assert polity.members == len(here)
    for branch in polity.branches.values():
        at_home = [person for person in here if person.branch == branch.id]
        away = [person for person in at_home if person.standing == "stepped back"]
        for kept, people in ((branch.joined, at_home), (branch.away, away)):
            counted = {}
            for person in people:
                counted[person.joined] = counted.get(person.joined, 0) + 1
            assert {day: n for day, n in kept.items() if n} == counted
        assert not (branch.dissolved and at_home)
        book = polity.rules_for(branch.id)
        eligible = [
            person for person in here
            if polity.may_vote_later(person, branch.id, book)
            and (book["stepped_back_in_quorum"] or person.standing == "member")
        ]  # fmt: skip
        assert polity.electorate(branch.id, book) == len(eligible)


def check_mandates(polity):
    """Each mandate comes from the founding or a carried motion, has an end within bounds, and ended by it."""
    for mandate in polity.mandates.values():
        office = polity.offices[mandate.office]
        if mandate.source == polity.id:
            assert mandate.provisional
            assert mandate.ends <= polity.founded_at + 91 * 86_400
        else:
            assert polity.motions[mandate.source].outcome == "carried"
            assert any(getattr(effect, "office", "") == office.id for effect in polity.motions[mandate.source].effects)
            assert mandate.ends - mandate.starts <= (office.term_months * 31 + 1) * 86_400
        assert mandate.starts < mandate.ends
        assert mandate.ended or mandate.live(polity.at)
        assert (mandate in office.holders) == (not mandate.ended)
        assert (mandate in polity.held.get(mandate.person, ())) == (not mandate.ended)
        assert mandate.ended or polity.people[mandate.person].standing in ("member", "stepped back")
    for office in polity.offices.values():
        assert len(office.holders) <= office.seats
        assert len({mandate.person for mandate in office.holders}) == len(office.holders)


def check_votes(polity):
    """A running vote's figures are those of its answers, one a person, and nobody else answered."""
    for name in polity.voting:
        motion = polity.motions[name]
        for choice in ("yes", "no", "abstain"):
            assert getattr(motion, choice) == list(motion.votes.values()).count(choice)
        assert len(motion.votes) <= motion.counted()
        assert not motion.subjects & set(motion.votes)


def check_replay(org):
    """Whoever replays the record comes to the same polity."""
    replayed = replay(org.record, until=org.clock)
    assert facts(replayed.polity) == facts(org.polity)
    assert replayed.entries == len(org.record)


def summary(entries):
    """What a record comes to: the whole polity at its end, and who did how much."""
    replayed = replay(entries)
    return facts(replayed.polity), replayed.kinds, replayed.authors, replayed.under
