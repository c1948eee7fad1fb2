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
KINDS = st.sampled_from(["device", "device", "card", "file"])
NUMBERS = st.integers(0, 1_000)
RECIPIENT = "age1" + "q" * 58


def pick(things, n):
    return things[n % len(things)] if things else None


class Keyring(RuleBasedStateMachine):
    """``own`` and ``thief`` hold the secrets: of members, and of whoever runs the server for whom they will."""

    def __init__(self):
        super().__init__()
        self.org = Organization(more=3, book=BOOK)
        self.drawn = 0
        self.own, self.thief = {}, {}  # id of a key -> (person, secret)
        self.since = {}  # of a member, the second of the first key that the server wanted for them
        self.sealed = []  # what was sealed by members, with what seals it

    @initialize(kinds=st.lists(st.sampled_from(["", "device", "card"]), min_size=6, max_size=6))
    def members_come(self, kinds):
        org = self.org
        self.thieves = [org.dee, org.eve]
        self.members = [person for person in org.people if person not in self.thieves]
        for person in self.thieves:
            self.bind(self.thief, person, "file")
        for person, kind in zip(self.members, kinds, strict=False):
            self.bind(self.own, person, kind or "device")
        org.wait(62)

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

    @rule(n=NUMBERS, m=NUMBERS)
    def an_officer_vouches(self, n, m):
        """By any key that the server has: for whoever asks, as themselves or as somebody else."""
        requests = [found for found in self.org.polity.keys.requests.values() if not found.ended]
        theirs = self.live(self.thief)
        if requests and theirs:
            found, (holder, secret) = pick(requests, n), pick(theirs, m)
            other = pick(requests, m)
            name = key_id((other if m % 5 == 0 else found).key)
            by = pick(self.members, m) if m % 7 == 0 else holder
            self.attempt(a.VouchKey(by=by, request=found.id, person=found.person, key=name), secret if m % 11 else None)

    @precondition(lambda self: self.members_keys())
    @rule(n=NUMBERS, m=NUMBERS, kind=KINDS)
    def the_server_acts_about_keys_as_a_member(self, n, m, kind):
        """With a key that it has for them, where it has one: each thing that moves keys."""
        person, secret = pick(self.members_keys(), n)
        name = pick([key.id for key in self.org.polity.keys.holders[person].keys], m)
        requests = list(self.org.polity.keys.running(person))
        tried = [
            a.EndKey(by=person, key=name), a.KeepKey(by=person, key=id_of(secret)), a.OnlyWithKeys(by=person),
            a.LoosenKeys(by=person), a.BindReceiving(by=person, recipient=RECIPIENT),
        ]  # fmt: skip
        if requests:
            tried.append(a.StopKey(by=person, request=pick(requests, m).id, person=person))
        if n % 2:
            self.wanted(person)
            tried = [a.AddKey(by=person, key=self.key(self.thief, person, kind))]
        self.attempt(pick(tried, m), secret)

    def members_keys(self):
        return [(person, secret) for person, secret in self.live(self.thief) if person in self.members]

    @rule(n=NUMBERS, m=NUMBERS)
    def the_server_acts_in_a_members_name(self, n, m):
        """Without a seal, with one that stood under something else, or with what a member sealed before."""
        person = pick(self.members, n)
        act = pick([a.Rename(by=person, name=TEXT), a.StepBack(by=person), a.Return(by=person)], m)
        if m % 3 == 0 and self.sealed:
            act, seal = pick(self.sealed, n)
            act = act if m % 2 else a.Rename(by=act.by, name="B" * 43)
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
        for person in self.members if hasattr(self, "members") else ():
            durable = [
                keys[name].index for name, (of, _) in self.own.items() if of == person and durable_in(keys, name)
            ]
            for name, (of, _) in self.thief.items():
                if durable and of == person and name in keys:
                    assert keys[name].index < min(durable)

    @invariant()
    def the_server_ends_no_durable_key_of_a_member(self):
        """Only they end it, and the server's keys do not even suspend it."""
        keys = self.org.polity.keys.keys
        assert not [name for name in self.own if durable_in(keys, name) and (keys[name].ended or keys[name].suspended)]

    @invariant()
    def no_first_durable_key_comes_faster_than_the_wait(self):
        keys = self.org.polity.keys.keys
        for name, (of, _) in self.thief.items():
            if durable_in(keys, name) and of in self.since:
                assert keys[name].at >= self.since[of] + self.org.polity.book["recovery_hours"] * 3600

    def teardown(self):
        check_record(self.org, {name for name, (of, _) in self.thief.items() if of in getattr(self, "members", ())})


def durable_in(keys, name):
    return name in keys and keys[name].durable


def check_record(org, thief):
    """What a record has to show, read off its entries: no act of a bound person without their key, no key without what
    it takes. Replayed, it gives the same keys."""
    entries = [decode(data) for data in org.record]
    keys, bound, ever = org.polity.keys, set(), set()
    for index, entry in enumerate(entries):
        act = entry.act
        if act.by in bound:
            assert entry.seal is not UNSET or isinstance(act, a.AskKey)
            assert entry.seal is UNSET or entry.seal.key not in thief
        if isinstance(act, a.OnlyWithKeys) and entry.seal.key not in thief:
            bound.add(act.by)
        if isinstance(act, a.FreeKeys):
            bound.discard(act.person)
        if isinstance(act, a.TakeKey) and act.person in ever:
            check_vouches(org, entries[:index], act, entry.at)
        if isinstance(act, a.BindKey):
            assert act.by not in ever
        if entry.seal is not UNSET:
            assert keys.keys[entry.seal.key].person == act.by
        ever = {
            holder.keys[0].person for holder in keys.holders.values()
            if any(key.durable and key.index <= index and not key.undone for key in holder.keys)
        }  # fmt: skip
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
