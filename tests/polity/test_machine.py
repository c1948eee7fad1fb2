"""Members, officers and outsiders do what they like at any time: what must hold, holds after every act."""

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from frombelow.polity import Breach, decode, due, encode, figures, why_not
from frombelow.polity.kernel.ids import derive_id
from tests import acts as a
from tests.cast import TEXT

from .strategies import (
    PLANS,
    POWER_OF,
    Random,
    check_counts,
    check_mandates,
    check_recoveries,
    check_replay,
    check_votes,
    pick,
    summary,
)

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


class Members(RuleBasedStateMachine):
    """One organization and whatever comes into people's heads."""

    @initialize(more=st.integers(0, 12))
    def found(self, more):
        self.org = Random(more)

    @rule(plans=st.lists(PLANS, min_size=1, max_size=12))
    def somebody_does_something(self, plans):
        for plan in plans:
            self.org.play(plan)

    @rule(plan=PLANS)
    def the_organization_decides(self, plan):
        self.org.decide(*plan[1:4])

    @rule(days=st.integers(1, 120))
    def long_nothing_happens(self, days):
        self.org.wait(days)

    @invariant()
    def the_counts_are_right(self):
        check_counts(self.org.polity)

    @invariant()
    def each_mandate_has_a_source_and_an_end(self):
        check_mandates(self.org.polity)

    @invariant()
    def nobody_comes_in_as_somebody_else_unheard(self):
        check_recoveries(self.org.polity)

    @invariant()
    def each_vote_is_counted_once(self):
        check_votes(self.org.polity)

    def teardown(self):
        if hasattr(self, "org"):
            check_replay(self.org)


TestMembers = Members.TestCase
TestMembers.pytestmark = [pytest.mark.many]
TestMembers.settings = settings(max_examples=60, stateful_step_count=14, suppress_health_check=SLOW, print_blob=True)


def busy(plans, which=1, more=6):
    """An organization after these plans, in which something was decided."""
    org = Random(more)
    for plan in plans[: len(plans) // 2]:
        org.play(plan)
    org.decide(0, which, which)
    for plan in plans[len(plans) // 2 :]:
        org.play(plan)
    return org


@settings(max_examples=40, suppress_health_check=SLOW)
@given(st.lists(PLANS, min_size=4, max_size=30))
def test_a_power_is_used_only_under_a_live_mandate_with_that_power_in_that_branch(plans):
    org = Random(6)
    for plan in plans:
        org.play(plan)
    polity = org.polity
    for act, at in ((entry.act, entry.at) for entry in org.allowed):
        if type(act) not in POWER_OF or (isinstance(act, a.AskAccess | a.IssueCode) and act.by == act.person):
            continue
        mandate = polity.mandates[act.mandate if isinstance(act, a.LookAtRoll) else act.under]
        office = polity.offices[mandate.office]
        assert mandate.person == (act.person if isinstance(act, a.LookAtRoll) else act.by)
        assert mandate.starts <= at < mandate.ends
        assert not mandate.ended or at <= mandate.ended
        restored = isinstance(act, a.IssueCode) and any(
            found.printed and (found.by, found.person) == (act.by, act.person) for found in polity.recoveries.values()
        )
        assert ("restore-access" if restored else POWER_OF[type(act)]) in office.powers
        question = polity.motions.get(getattr(act, "motion", "") or getattr(act, "poll", ""))
        branch = getattr(act, "branch", None) or getattr(question, "branch", org.id)
        for name in getattr(act, "branches", (branch,)):
            assert office.branch in polity.branches[name].above


def played(plans, which, asks):
    """The record of what these plans come to, with so many questions asked of the polity before each."""
    org = Random(8)
    for n, plan in enumerate(plans):
        for far in range(asks):
            at = org.now + far * 17 * 86_400
            due(org.polity, at)
            act = a.OpenVote(by=org.bo, poll=pick(org.polity.motions, n + far))
            why_not(org.polity, act, at)
            figures(org.polity, act, at)
        org.play(plan)
        if n % 5 == 2:
            org.decide(which, which // 7 + n, n)
    return org.record


@settings(max_examples=30, suppress_health_check=SLOW)
@given(st.lists(PLANS, min_size=4, max_size=25), st.integers(0, 10**6))
def test_a_history_is_the_same_whatever_was_asked_on_the_way(plans, which):
    assert played(plans, which, 0) == played(plans, which, 4)


def another(value, n):
    """A value of the same type that is not this one."""
    if isinstance(value, bool) or value is msgspec.UNSET:
        return "yes"
    if isinstance(value, dict):
        return {name: another(held, n) for name, held in value.items()}
    if isinstance(value, int):
        return max(0, value + [-1, 1, 86_400, -86_400, 1000][n % 5])
    if isinstance(value, str):
        options = [
            "yes",
            "no",
            "abstain",
            "carried",
            "lost",
            derive_id("forged", "id", n),
            TEXT,
            "time",
            "server",
            "decision",
            "1.1",
        ]
        return options[n % len(options)]
    return value


def forged(entry, field, value):
    """The entry with one thing in it put differently, and what: in the act, or the stamp beside it."""
    names = [*entry.act.__struct_fields__, "at", "fixed"]
    name = names[field % len(names)]
    if name == "at":
        return name, msgspec.structs.replace(entry, at=another(entry.at, value))
    if name == "fixed":
        beside = {"eligible": value % 50} if entry.fixed is msgspec.UNSET else another(entry.fixed, value)
        return name, msgspec.structs.replace(entry, fixed=beside)
    changed = msgspec.structs.replace(entry.act, **{name: another(getattr(entry.act, name), value)})
    return name, msgspec.structs.replace(entry, act=changed)


@settings(max_examples=60, suppress_health_check=SLOW)
@given(st.lists(PLANS, min_size=6, max_size=20), st.integers(0, 2**20), st.integers(0, 2**20), st.integers(0, 2**20))
def test_one_fact_changed_is_a_breach_or_leads_elsewhere(plans, which, field, value):
    """What the rules alone cannot tell from the truth (another commitment, an act that would have been allowed too)
    leads to another record, and mostly to another polity; the tree of hashes tells every change."""
    org = busy(plans, which)
    entries = list(org.record)
    index = which % len(entries)
    entry = decode(entries[index])
    name, changed = forged(entry, field, value)
    assume(changed != entry)
    entries[index] = encode(changed)
    assert entries[index] != org.record[index]
    found = told(entries)
    assert isinstance(found, Breach) or name != "fixed"
    if isinstance(found, Breach):
        assert found.index >= index
        assert found.article
        assert found.why
    elif found == summary(org.record):
        assert name in SILENT


# Fields that no rule looks at: what they hold is what somebody said, and nothing follows from it but the record.
SILENT = {
    "text",
    "reason",
    "value",
    "name",
    "version",
    "nonce",
    "size",
    "recovered",
    "again",
    "by",
    "under",
    "at",
    "choice",
}


def told(entries):
    """What a record comes to, or the breach."""
    try:
        return summary(entries)
    except Breach as breach:
        return breach


@settings(max_examples=60, suppress_health_check=SLOW)
@given(st.integers(0, 2**20), st.integers(0, 2**20), st.integers(1, 255))
def test_one_byte_changed_is_no_act_or_another_entry(which, place, mask):
    org = Random(2)
    org.play(("move", 1, 0, 0, 1))
    entry = org.record[which % len(org.record)]
    changed = bytearray(entry)
    changed[place % len(entry)] ^= mask
    try:
        act = decode(bytes(changed))
    except ValueError:
        return
    assert encode(act) == bytes(changed) != entry


@settings(max_examples=40, suppress_health_check=SLOW)
@given(st.lists(PLANS, min_size=6, max_size=20), st.integers(0, 2**20), st.integers(0, 2**20))
def test_an_entry_left_out_or_moved_is_a_breach_or_leads_elsewhere(plans, which, to):
    org = busy(plans, which)
    before = summary(org.record)
    kept = list(org.record)
    taken = kept.pop(1 + which % (len(kept) - 1))
    moved = [*kept]
    moved.insert(1 + to % len(kept), taken)
    for entries in (kept, moved):
        if entries == org.record:
            continue
        found = told(entries)
        # What does not hang on its order (two seconds, two votes within a second) may change places.
        assert isinstance(found, Breach) or found != before or sorted(entries) == sorted(org.record)
