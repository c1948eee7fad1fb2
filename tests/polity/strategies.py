"""Random acts by random people at random times, and what must hold of the polity whatever they do."""

from typing import NamedTuple

from hypothesis import strategies as st

from frombelow.polity import Refused, Stage, replay
from frombelow.polity.motions.effects import effects_of
from frombelow.polity.roll.rows import batches_of, root_of, updates_of
from tests import acts as a
from tests.cast import TEXT, Organization, article, facts, rules

from .lists import said as said_by

QUICK = rules(
    seconders='{ count = 2, share = "20%" }', franchise_days=2, debate_days=3, opening_days=1, voting_days=2,
    admissibility_days=1, transfer_days=2, reply_days=3, recall_days=3, adjourned_days=1, import_undo_days=2,
    provisional_days=21, seconding_days=7, petition_days=14, lost_question_days=10, appeal_days=5,
    running_motions=20, acts_a_day=10_000, listed_days=7, recovery_wait_days=1,
)  # fmt: skip
POWER_OF = {
    a.Admit: "admit-members", a.ImportRoll: "admit-members", a.UndoImport: "admit-members",
    a.FindInOrder: "rule-on-motions", a.RuleOut: "rule-on-motions", a.OpenVote: "open-votes",
    a.Settings: "run-the-server", a.ConfirmTime: "run-the-server", a.LookAtRoll: "see-the-roll", a.ExportRoll: "see-the-roll",
    a.IssueCode: "admit-members", a.CorrectMail: "admit-members", a.AskAccess: "restore-access",
}  # fmt: skip
# How often each is tried, among all.
OFTEN = {"vote": 4, "second": 4, "wait": 4, "move": 2, "sign": 2, "recover": 2, "vouch": 2}


def pick(things, n):
    things = list(things)
    return things[n % len(things)] if things else "a" * 26


class Random(Organization):
    """An organization that is told what to try by five numbers; what the rules refuse is left out."""

    def __init__(self, more=8, book=QUICK):
        super().__init__(more, book=book)
        self.allowed, self.lists = [], {}
        self.wait(3)
        if len(self.people) > 6:
            self.carry(a.FormBranch("North", self.id))

    def attempt(self, kind, by, **fields):
        """The act as it was done, or the refusal."""
        try:
            entry = self.do(kind, by, **fields)
        except Refused as refused:
            return refused
        self.allowed.append(entry)
        return entry.act

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
            (a.Charter(pick(polity.branches, m), polity.today(self.now) + m % 20, 1 + n % 9),),
            (a.LetListsVote((pick(polity.admissions.lists or [1], m),)),),
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
        return [
            name for name, found in people if self.polity.may_vote_later(found, self.id, self.polity.book, self.now)
        ]

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

    def play(self, plan):
        """What the plan comes to here: somebody tries something, or time passes."""
        kind, n, m, k, j = plan
        who, motion = pick([*self.polity.people, self.charlie], n), self.fitting(kind, m)
        if kind in OFFICIAL and m % 4:
            holders = [
                name for name in self.polity.held if self.polity.power(name, OFFICIAL[kind], self.id, self.clock)
            ]
            who = pick(holders or [who], n)
        if kind == "reply" and motion in self.polity.motions and n % 4:
            who = pick(self.polity.motions[motion].subjects or [who], n)
        mine = self.polity.held.get(who)
        under = {"under": mine[k % len(mine)].id} if mine and k % 8 else {}
        if k % 8 == 7:
            under = {"under": pick(self.polity.mandates, k)}
        other, branch = pick(self.polity.people, m), pick(self.polity.branches, k)
        TRIED[kind](self, Trial(who, other, motion, branch, under, n, m, k, j))

    def trial_wait(self, t):
        self.clock += 1 + t.n % 40_000 if t.m % 2 else 0
        self.wait(t.n % 4)
        self.catch_up()

    def trial_move(self, t):
        again, effects = {"again": t.motion} if t.j % 5 == 0 else {}, self.effects(t.j, t.k, t.other)
        self.attempt(a.Move, t.who, motion=self.new(), branch=t.branch, text=TEXT, effects=effects, **again)

    def trial_appeal(self, t):
        ruled = [found.id for found in self.polity.motions.values() if found.stage is Stage.RULED_OUT]
        self.attempt(a.AppealRuling, t.who, motion=pick(ruled, t.m), appeal=self.new())

    def trial_contest(self, t):
        """A motion that has support is ruled out; somebody appeals, and the members decide."""
        voters, motion, appeal = self.voters_now(), self.new(), self.new()
        chairs = [name for name in self.polity.held if self.polity.power(name, "rule-on-motions", self.id, self.now)]
        if not voters or not chairs:
            return
        effects = self.effects(t.m, t.k, t.other)
        self.attempt(a.Move, pick(voters, t.n), motion=motion, branch=self.id, text=TEXT, effects=effects)
        if motion in self.polity.motions:
            self.second(motion)
            chair = pick(chairs, t.n)
            under = self.polity.power(chair, "rule-on-motions", self.id, self.now).id
            self.attempt(a.RuleOut, chair, under=under, motion=motion, article="4.1", reason=TEXT)
            self.attempt(a.AppealRuling, pick(voters, t.k), motion=motion, appeal=appeal)
        if appeal in self.polity.voting:
            self.vote(appeal, yes=self.voters(appeal)[: 1 + t.j % 9], no=self.voters(appeal)[1 + t.j % 9 :])

    def trial_admit(self, t):
        new = tuple((self.new(), TEXT) for _ in range(1 + t.m % 3 + 9 * (t.j % 3 == 0)))
        self.attempt(a.Admit, t.who, people=new, branch=t.branch, **t.under)

    def trial_import(self, t):
        """An officer brings in a list; its rows follow at once, later, or never."""
        batch, branches = self.new(), (t.branch, pick(self.polity.branches, t.j))
        rows = [(self.new(), TEXT, n % 2) for n in range(1 + t.m % 3)]
        what = {"batch": batch, "branches": branches, "count": len(rows), "root": root_of(rows)}
        said = [(person, TEXT, n % 2) for n, person in enumerate(dict.fromkeys((t.other, t.who)))]
        if t.k % 3 == 0:
            what |= {"updates": len(said), "updates_root": root_of(said)}
        if isinstance(self.attempt(a.ImportRoll, t.who, **what, **t.under), a.ImportRoll):
            self.lists[batch] = rows
            if t.j % 3:
                self.trial_rows(t, batch)
            for act in updates_of(batch, said, a.SERVER):
                self.attempt(a.ImportUpdates, t.who if t.k % 8 == 5 else a.SERVER, **said_by(act))

    def trial_rows(self, t, batch=""):
        """The door brings in what an officer's act announced; now and then somebody tries another list."""
        batch = batch or pick(self.lists, t.m)
        rows = self.lists.get(batch) or [(self.new(), TEXT, 0)]
        if t.k % 8 == 3:
            rows = [(self.new(), TEXT, 0)]
        for act in batches_of(batch, rows, a.SERVER):
            self.attempt(a.ImportRows, t.who if t.k % 8 == 5 else a.SERVER, **said_by(act))

    def trial_look(self, t):
        mandate = {"mandate": t.under.get("under") or pick(self.polity.mandates, t.k), "branch": t.branch}
        if t.m % 2:
            self.attempt(a.LookAtRoll, t.who if t.j % 5 == 0 else a.SERVER, person=t.who, **mandate)
        else:
            self.attempt(a.ExportRoll, t.who, branch=t.branch, **t.under)

    def trial_recover(self, t):
        """For oneself, or an officer for somebody."""
        person, under = (t.other, t.under) if t.under else (t.who, {})
        self.attempt(a.AskAccess, t.who, recovery=self.new(), person=person, **under)

    def trial_vouch(self, t):
        """For, or now and then against, a request that runs."""
        found = self.polity.recoveries.get(pick(self.polity.recovering.values(), t.m))
        if found is not None:
            other = pick([a.Vouch, a.Vouch, a.Vouch, a.OpenAccess, a.LapseAccess], t.k)
            kind = a.StopAccess if t.j % 6 == 0 else other
            who = found.person if kind is a.StopAccess and t.n % 2 else t.who
            self.attempt(kind, who, recovery=found.id, person=found.person)


class Trial(NamedTuple):
    """Who tries, on whom, on which motion and branch, under which mandate; and the plan's own numbers."""

    who: str
    other: str
    motion: str
    branch: str
    under: dict
    n: int
    m: int
    k: int
    j: int


TRIED = {
    "wait": Random.trial_wait,
    "vote": lambda org, t: org.attempt(
        a.CastVote,
        t.who,
        poll=pick(sorted(org.polity.voting), t.m),
        choice=pick(["yes", "yes", "no", "abstain"], t.k),
        nonce=org.new(),
    ),
    "second": lambda org, t: org.attempt(a.Second, t.who, motion=t.motion),
    "unsecond": lambda org, t: org.attempt(a.WithdrawSecond, t.who, motion=t.motion),
    "move": Random.trial_move,
    "withdraw": lambda org, t: org.attempt(a.Withdraw, t.who, motion=t.motion),
    "petition": lambda org, t: org.attempt(
        a.Petition, t.who, motion=org.new(), mandate=pick(org.polity.mandates, t.k), text=TEXT
    ),
    "sign": lambda org, t: org.attempt(a.Sign, t.who, motion=t.motion),
    "reply": lambda org, t: org.attempt(a.Reply, t.who, motion=t.motion, text=TEXT),
    "rule": lambda org, t: org.attempt(a.FindInOrder, t.who, motion=t.motion, **t.under),
    "rule_out": lambda org, t: org.attempt(
        a.RuleOut, t.who, motion=t.motion, article=pick(["4.2", "9.9"], t.k), reason=TEXT, **t.under
    ),
    "open": lambda org, t: org.attempt(a.OpenVote, t.who, poll=t.motion, **t.under),
    "appeal": Random.trial_appeal,
    "contest": Random.trial_contest,
    "step_back": lambda org, t: org.attempt(
        a.StepBack, t.who, **({"until": org.polity.today(org.clock) + t.m % 9} if t.m % 2 else {})
    ),
    "come_back": lambda org, t: org.attempt(a.Return, t.who),
    "leave": lambda org, t: t.m % 4 or org.attempt(a.Leave, t.who),
    "transfer": lambda org, t: org.attempt(a.Transfer, t.who, to=t.branch),
    "admit": Random.trial_admit,
    "import": Random.trial_import,
    "rows": Random.trial_rows,
    "ask_for_vote": lambda org, t: org.attempt(a.AskForVote, t.who, branch=t.branch, question=org.new()),
    "undo": lambda org, t: org.attempt(a.UndoImport, t.who, batch=pick(org.polity.imports, t.m), **t.under),
    "resign": lambda org, t: org.attempt(a.Resign, t.who, mandate=pick(org.polity.mandates, t.m)),
    "rename": lambda org, t: org.attempt(a.Rename, t.who, name=TEXT),
    "correct_mail": lambda org, t: org.attempt(a.CorrectMail, t.who, person=t.other, mail=TEXT, **t.under),
    "keep_mail": lambda org, t: org.attempt(a.KeepMail, t.who),
    "look": Random.trial_look,
    "recover": Random.trial_recover,
    "vouch": Random.trial_vouch,
    "issue_code": lambda org, t: org.attempt(a.IssueCode, t.who, person=t.other, **t.under),
    "own_sheet": lambda org, t: org.attempt(
        a.IssueCode, t.who, person=t.who, until=org.polity.today(org.clock) + t.m % 400
    ),
    "end_code": lambda org, t: org.attempt(a.EndCode, t.who, person=t.other if t.m % 2 else t.who, **t.under),
    "settings": lambda org, t: org.attempt(a.Settings, t.who, name="mail", value=TEXT, **t.under),
    "start": lambda org, t: org.attempt(a.Start, "server", version="1"),
    "outage": lambda org, t: org.outage(t.m % 90 / 24),
    "confirm": lambda org, t: org.attempt(a.ConfirmTime, t.who, **t.under),
}
PLANS = st.tuples(
    st.sampled_from([kind for kind in TRIED for _ in range(OFTEN.get(kind, 1))]), *[st.integers(0, 2**16)] * 4
)
OFFICIAL = {
    "rule": "rule-on-motions", "rule_out": "rule-on-motions", "open": "open-votes", "admit": "admit-members",
    "import": "admit-members", "undo": "admit-members", "settings": "run-the-server", "confirm": "run-the-server", "look": "see-the-roll", "recover": "restore-access",
    "issue_code": "admit-members", "correct_mail": "admit-members",
    "end_code": "admit-members",
}  # fmt: skip
FITS = {
    "second": Stage.SECONDING, "unsecond": Stage.SECONDING, "withdraw": Stage.SECONDING,
    "rule": Stage.ADMISSIBILITY, "rule_out": Stage.ADMISSIBILITY, "sign": Stage.PETITION,
    "reply": Stage.REPLY, "open": Stage.DEBATE,
}  # fmt: skip
DONE = (Stage.DECIDED, Stage.WITHDRAWN, Stage.LAPSED, Stage.RULED_OUT)


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
            if polity.may_vote_later(person, branch.id, book, polity.at)
            and (book["stepped_back_in_quorum"] or person.standing == "member")
        ]  # fmt: skip
        assert polity.electorate(branch.id, book, polity.at).size == len(eligible)


def check_mandates(polity):
    """Each mandate comes from the founding or a carried motion, has an end within bounds, and ended by it."""
    for mandate in polity.mandates.values():
        office = polity.offices[mandate.office]
        if mandate.source == polity.id:
            assert mandate.provisional
            assert mandate.ends <= polity.founded_at + 91 * 86_400
        else:
            assert polity.motions[mandate.source].outcome == "carried"
            granted = effects_of(polity.motions[mandate.source])
            assert any(getattr(effect, "office", "") == office.id for effect in granted)
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
            assert getattr(motion, choice) == list(motion.answers.values()).count(choice)
        assert len(motion.answers) <= motion.eligible
        assert not motion.subjects & set(motion.answers)


def check_recoveries(polity):
    """Nobody comes in as somebody else unheard: enough members vouched or an officer asked, and the time passed."""
    running = [found for found in polity.recoveries.values() if not found.ended]
    assert {found.person: found.id for found in running} == polity.recovering
    for found in polity.recoveries.values():
        assert found.person not in found.vouchers
        assert len(set(found.vouchers)) == len(found.vouchers)
        if found.ended == "open":
            assert len(found.vouchers) >= found.needed
            assert found.ended_at >= found.opens >= found.at + found.hours * 3_600
            assert found.by == found.person or polity.mandates[found.under].person == found.by


def check_replay(org):
    """Whoever replays the record comes to the same polity."""
    replayed = replay(org.record, until=org.clock)
    assert facts(replayed.polity) == facts(org.polity)
    assert replayed.entries == len(org.record)


def summary(entries):
    """What a record comes to: the whole polity at its end, and who did how much."""
    replayed = replay(entries)
    return facts(replayed.polity), replayed.kinds, replayed.authors, replayed.under
