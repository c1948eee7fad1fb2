"""Whoever runs the server, with two officers and their keys, against members who have keys of their own."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec import UNSET, structs

from frombelow.keys import Ed25519Key
from frombelow.polity import Refused, decode, replay
from frombelow.polity.keys.binding import key_id
from frombelow.polity.keys.making import id_of, new_key
from tests import acts as a
from tests.cast import DAY, TENANTS, TEXT, Organization, rules

# Three have to vouch, and the server has two members. Most of what is tried has to be allowed, or nothing is tried.
BOOK = rules(TENANTS, recovery_vouches=3, recovery_days=60, recovery_wait_days=1, acts_a_day=10_000)
STATES = [
    "device",
    "device word",
    "device word card",
    "device word card only",
    "card device",
    "card device only",
    "card",
]
KINDS = st.sampled_from(["device", "device", "card", "file"])
NUMBERS = st.integers(0, 1_000)
RECIPIENT = "age13aqvttdk3ujkyjh9kg2w5an6dmy5mq5a84a4uxk3hfhnugfc9p0sy5p2wh"


def pick(things, n):
    return things[n % len(things)] if things else None


def counted(keys):
    return keys.holding, keys.durably, keys.only, keys.unsealed, keys.on_word


def walked(keys):
    """The same, by a walk over all holders."""
    holders = keys.holders.values()
    live = [list(each.live()) for each in holders]
    return (
        sum(map(bool, live)), sum(any(key.durable for key in each) for each in live),
        sum(each.bound >= 0 for each in holders), sum(each.unsealed for each in holders),
        sorted(key.at for each in holders for key in each.keys if key.word in ("server", "waited")),
    )  # fmt: skip


class Keyring(RuleBasedStateMachine):
    """``own`` and ``thief`` hold the secrets: of members, and of whoever runs the server for whom they will."""

    def __init__(self):
        super().__init__()
        self.org = Organization(more=3, book=BOOK)
        self.drawn = 0
        self.own, self.thief = {}, {}  # id of a key -> (person, secret)
        self.since = {}  # of a member, the second of the first key that the server wanted for them
        self.sealed = []  # what was sealed by members, with what seals it

    @initialize(states=st.lists(st.sampled_from(STATES), min_size=5, max_size=5))
    def members_come(self, states):
        org = self.org
        self.thieves = [org.dee, org.eve]
        self.members = [person for person in org.people if person not in self.thieves]
        for person in self.thieves:
            self.bind(self.thief, person, "file")
        for person, state in zip(self.members, states, strict=True):
            self.member_comes(person, state.split())
        org.wait(62 - 20 * (states[0] == "device word"))

    def member_comes(self, person, steps):
        """In this order: a first key of their own, one of the server's, a card by the first, “only with my keys”."""
        for step in steps:
            mine = self.live(self.own, person)
            if step == "word":
                self.wanted(person)
                self.bind(self.thief, person, "device")
            elif step == "only":
                self.attempt(a.OnlyWithKeys(by=person), mine[-1][1])
            elif mine:
                self.attempt(a.AddKey(by=person, key=self.key(self.own, person, step)), mine[0][1])
            else:
                self.bind(self.own, person, step)

    # --- what anybody tries ---

    def key(self, whose, person, kind):
        self.drawn += 1
        secret = Ed25519Key.from_seed(self.drawn.to_bytes(32, "big"))
        whose[id_of(secret)] = (person, secret)
        return new_key(secret, kind, origin=self.org.polity.origin, person=person)

    def attempt(self, act, secret=None, seal=UNSET):
        """Whether it was taken in."""
        org = self.org
        org.catch_up()
        try:
            org.hand_in(act, org.seal(secret, act) if secret else seal)
        except Refused:
            return False
        return True

    def bind(self, whose, person, kind):
        self.attempt(a.BindKey(by=person, key=self.key(whose, person, kind)))

    def live(self, whose, person=None):
        """The live keys of this side, those that wait left out; of one person where there is one."""
        known = self.org.polity.keys.keys
        return [
            (holder, secret)
            for name, (holder, secret) in whose.items()
            if name in known and not known[name].ended and person in (None, holder)
        ]

    def wanted(self, person):
        self.since.setdefault(person, self.org.now)

    # --- the server and its officers ---

    @rule(n=NUMBERS, kind=KINDS)
    def the_server_binds_a_key_for_a_member(self, n, kind):
        person = pick(self.members, n)
        self.wanted(person)
        self.bind(self.thief, person, kind)

    @rule(n=NUMBERS, kind=KINDS)
    def the_server_asks_for_a_key_in_a_members_name(self, n, kind):
        person = pick(self.members, n)
        self.wanted(person)
        act = a.AskKey(by=person, request=self.org.new(), key=self.key(self.thief, person, kind))
        self.attempt(act)

    @rule(n=NUMBERS, hours=st.sampled_from([1, 24, 70]), kind=KINDS)
    def the_server_binds_a_key_and_soon_adds_another_by_it(self, n, hours, kind):
        person = pick(self.members, n)
        self.wanted(person)
        self.bind(self.thief, person, "device")
        self.time_passes(hours)
        if theirs := self.live(self.thief, person):
            self.attempt(a.AddKey(by=person, key=self.key(self.thief, person, kind)), theirs[-1][1])

    @rule(n=NUMBERS, m=NUMBERS)
    def the_server_asks_and_whoever_it_can_speak_for_vouches(self, n, m):
        """With every key that it has; now and then for another key than the one that is asked for, or without a seal."""
        person = pick(self.members, n)
        self.wanted(person)
        if m % 2:
            self.wanted(pick(self.members, m))
            self.bind(self.thief, pick(self.members, m), "device")
        new = self.key(self.thief, person, "card")
        request, name = self.org.new(), key_id(new)
        if self.attempt(a.AskKey(by=person, request=request, key=new)):
            if m % 3 == 0:
                name = pick(list(self.own), m)
            for place, (holder, secret) in enumerate(self.live(self.thief)):
                act = a.VouchKey(by=holder, request=request, person=person, key=name)
                self.attempt(act, None if (m + place) % 7 == 0 else secret)

    @precondition(lambda self: self.members_keys())
    @rule(n=NUMBERS, kind=KINDS)
    def the_server_adds_a_key_by_one_that_it_has(self, n, kind):
        person, secret = pick(self.members_keys(), n)
        self.wanted(person)
        self.attempt(a.AddKey(by=person, key=self.key(self.thief, person, kind)), secret)

    @precondition(lambda self: self.members_keys())
    @rule(n=NUMBERS, m=NUMBERS)
    def the_server_ends_a_key_by_one_that_it_has(self, n, m):
        person, secret = pick(self.members_keys(), n)
        self.attempt(a.EndKey(by=person, key=id_of(pick(self.live(self.own, person), m)[1])), secret)

    @precondition(lambda self: self.members_keys())
    @rule(n=NUMBERS, m=NUMBERS)
    def the_server_acts_by_a_key_that_it_has(self, n, m):
        ended = [(person, secret) for person, secret in self.thief.values() if person in self.members]
        person, secret = pick(ended if m % 4 == 0 else self.members_keys(), n)
        requests = self.org.polity.keys.running(person)
        tried = [
            a.KeepKey(by=person, key=id_of(secret)), a.OnlyWithKeys(by=person), a.LoosenKeys(by=person),
            a.BindReceiving(by=person, recipient=RECIPIENT), a.Rename(by=person, name=TEXT),
        ]  # fmt: skip
        if requests:
            tried.append(a.StopKey(by=person, request=pick(requests, m).id, person=person))
        self.attempt(pick(tried, m), secret)

    def members_keys(self):
        """The keys that the server has for members who have one of their own."""
        own = {person for person, _ in self.live(self.own)}
        return [(person, secret) for person, secret in self.live(self.thief) if person in own]

    @rule(n=NUMBERS, m=NUMBERS)
    def the_server_acts_in_a_members_name(self, n, m):
        """Without a seal, with one that stood under something else, or with what a member sealed before."""
        person = pick(self.members, n)
        act = pick([a.Rename(by=person, name=TEXT), a.StepBack(by=person), a.Return(by=person)], m)
        if m % 3 == 0 and self.sealed:
            act, seal = pick(self.sealed, n)
            act = act if m % 4 else a.Rename(by=act.by, name="B" * 43)
            self.attempt(act, seal=seal)
        elif m % 3 == 1 and (theirs := self.live(self.thief)):
            self.attempt(act, pick(theirs, m)[1])
        else:
            self.attempt(act)

    # --- members ---

    @rule(n=NUMBERS, m=NUMBERS, kind=KINDS)
    def a_member_adds_a_key(self, n, m, kind):
        if mine := self.live(self.own):
            person, secret = pick(mine, n)
            self.attempt(a.AddKey(by=person, key=self.key(self.own, person, kind)), secret)

    @rule(n=NUMBERS, m=NUMBERS)
    def a_member_ends_what_is_not_theirs(self, n, m):
        if mine := self.live(self.own):
            person, secret = pick(mine, n)
            if strange := self.live(self.thief, person):
                self.attempt(a.EndKey(by=person, key=id_of(pick(strange, m)[1])), secret)

    @rule(n=NUMBERS)
    def a_member_says_only_with_my_keys(self, n):
        if mine := self.live(self.own):
            person, secret = pick(mine, n)
            self.attempt(a.OnlyWithKeys(by=person), secret)

    @rule(n=NUMBERS)
    def a_member_keeps_a_suspended_key(self, n):
        if mine := self.live(self.own):
            person, secret = pick(mine, n)
            self.attempt(a.KeepKey(by=person, key=id_of(secret)), secret)

    @rule(n=NUMBERS)
    def a_member_acts(self, n):
        if mine := self.live(self.own):
            person, secret = pick(mine, n)
            act = a.Rename(by=person, name=TEXT)
            seal = self.org.seal(secret, act)
            if self.attempt(act, seal=seal):
                self.sealed.append((act, seal))

    @rule(hours=st.sampled_from([1, 24, 71, 72, 73, 24 * 7, 24 * 29, 24 * 31]))
    def time_passes(self, hours):
        self.org.clock += hours * 3600
        self.org.catch_up()

    # --- what holds ---

    @invariant()
    def the_server_gets_no_key_of_who_ever_had_a_durable_one(self):
        keys = self.org.polity.keys.keys
        for person in self.unvouched():
            durable = [
                keys[name].index for name, (of, _) in self.own.items() if of == person and durable_in(keys, name)
            ]
            for name, (of, _) in self.thief.items():
                if durable and of == person and name in keys:
                    assert keys[name].index < min(durable)

    @invariant()
    def the_server_ends_no_durable_key_of_a_member(self):
        """Only they end it, and the server's keys do not even suspend it."""
        keys, people = self.org.polity.keys.keys, self.unvouched()
        for name, (person, _) in self.own.items():
            if durable_in(keys, name) and person in people:
                assert not keys[name].ended
                assert not keys[name].suspended

    @invariant()
    def no_first_durable_key_comes_faster_than_the_wait(self):
        keys = self.org.polity.keys.keys
        for name, (of, _) in self.thief.items():
            if durable_in(keys, name) and of in self.since:
                assert keys[name].at >= self.since[of] + self.org.polity.book["recovery_hours"] * 3600

    @invariant()
    def the_figures_of_keys_are_those_of_a_walk_over_all_holders(self):
        if hasattr(self, "members"):
            assert counted(self.org.polity.keys) == walked(self.org.polity.keys)

    def unvouched(self):
        """Members whom nobody was vouched for as: enough keys that are known for long are what the rules ask."""
        taken = {key.person for key in self.org.polity.keys.keys.values() if key.word == "vouched"}
        return [person for person in getattr(self, "members", ()) if person not in taken]

    def teardown(self):
        people = self.unvouched()
        check_record(self.org, {name for name, (of, _) in self.thief.items() if of in people})


def durable_in(keys, name):
    return name in keys and keys[name].durable


def check_record(org, thief):
    """What a record has to show, read off its entries: no act of a bound person without their key, no key without what
    it takes. Replayed, it gives the same keys."""
    entries = [decode(data) for data in org.record]
    keys, bound, ever, seals = org.polity.keys, set(), set(), {}
    for index, entry in enumerate(entries):
        act = entry.act
        if act.by in bound:
            assert entry.seal is not UNSET or isinstance(act, a.AskKey)
            assert entry.seal is UNSET or entry.seal.key not in thief
        if isinstance(act, a.OnlyWithKeys) and entry.seal.key not in thief:
            bound.add(act.by)
        if isinstance(act, a.EndKey):  # what stands on the server's word ends nothing that does not
            ends = keys.keys[act.key]
            assert not keys.keys[entry.seal.key].weak(entry.at) or ends.weak(entry.at)
        if isinstance(act, a.FreeKeys):
            bound.discard(act.person)
        if isinstance(act, a.TakeKey) and act.person in ever:
            check_vouches(org, entries[:index], act, entry.at)
        if isinstance(act, a.BindKey):
            assert act.by not in ever
        if entry.seal is not UNSET:
            key = keys.keys[entry.seal.key]
            assert key.person == act.by
            assert not key.ended or entry.at <= key.ended
            seals.setdefault(key.id, []).append(entry.seal.n)
        ever = {
            holder.keys[0].person for holder in keys.holders.values()
            if any(key.durable and key.index <= index and not key.undone for key in holder.keys)
        }  # fmt: skip
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in seals.values())
    assert replay(org.record).polity.keys == keys


def check_vouches(org, before, act, at):
    """Enough different members, each by an own key that is known for long, for this very key, so long ago."""
    found = org.polity.keys.requests[act.request]
    vouches = {
        entry.act.by: entry
        for entry in before
        if isinstance(entry.act, a.VouchKey) and (entry.act.request, entry.act.key) == (found.id, key_id(found.key))
    }
    for entry in vouches.values():
        key = org.polity.keys.keys[entry.seal.key]
        assert key.person == entry.act.by != act.person
        assert entry.at >= key.at + org.polity.book["vouching_key_days"] * DAY
    assert len(vouches) >= org.polity.book["recovery_vouches"]
    assert at >= max(entry.at for entry in vouches.values()) + org.polity.book["recovery_hours"] * 3600


def stripped(data):
    """The entry without its seal."""
    return structs.replace(decode(data), seal=UNSET)
