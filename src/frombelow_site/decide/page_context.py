"""Everything that a motion's page shows, read with few queries whatever its size."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from frombelow.polity import Motion, Polity, Question, Recall, Stage
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.kernel.words import Teller, people_in
from frombelow.polity.mail.state import Notices
from frombelow.polity.motions.effects import effects_of, nothing_left
from frombelow.polity.rulebook.book import tables_in
from frombelow.polity.rulebook.effects import ChangeRules
from frombelow.polity.rulebook.rules import to_look_at
from frombelow.polity.votes.state import PAPER
from frombelow.polity.votes.subject import CHOICES
from frombelow.roll import normalised_name
from frombelow_site.door.request import MemberRequest
from frombelow_site.people.queries import names
from frombelow_site.subject import NOBODY, beside
from frombelow_site.ui.clock import DAY, now
from frombelow_site.ui.languages import aloud
from frombelow_site.ui.refusals import sentence

from . import attachments, chances, queries, words
from .committed import committed
from .forms import AttachForm, ReplyForm, RuleOutForm, VoteForm
from .headlines import headlines
from .named import named
from .options import Options, options
from .question import question

SUPPORTERS = 100  # names on the page; a recall of thousands shows how many more there are


def page_context(request: MemberRequest, motion: Question, **forms: Any) -> dict[str, Any]:
    """The context of the page, with forms as they came back where one did."""
    polity, person = request.polity, request.person
    can = options(polity, motion, person.id, now())
    stopped = can.stopped(motion.stage)
    return {
        "motion": motion,
        "kind": words.kind(motion),
        "branch": polity.branches[motion.branch],
        "can": can,
        "stopped": sentence(stopped) if stopped else "",
        "size": polity.size,
        "shared": request.build_absolute_uri(reverse("decide:motion", args=[motion.number])),
        "attachments": attachments.beside(motion),
        "chances": chances.shown(motion),
        "beside": beside(polity, motion.id, person.id, now()),
        "not_attached": _not_attached(motion, can, person.id),
        **_said(polity, motion, can),
        **_where(polity, motion),
        **_vote(motion, person.id),
        "vote_form": VoteForm(initial={"choice": motion.answers.get(person.id)}),
        "attach_form": AttachForm(),
        "reply_form": ReplyForm(),
        "rule_out_form": RuleOutForm(articles=_articles(motion)) if can["rule"] else None,
        **forms,
    }


def _said(polity: Polity, motion: Question, can: Options) -> dict[str, Any]:
    """What it would do, its mover's words, and what others said of it."""
    appeal, ruled = getattr(motion, "appeal", ""), polity.motions[queries.ruled(motion) or motion.id]
    ruling: tuple[PersonId, str] | None = getattr(ruled, "ruling", None)
    titles = headlines(polity, {motion.id, getattr(motion, "again", ""), queries.ruled(motion), appeal})
    heading, body = queries.texts(polity, [motion.id])[motion.id]
    remarks, supporters = queries.remarks(ruled), sorted(motion.supporters)[:SUPPORTERS]
    reason, replies = queries.ruling_and_replies(ruled, remarks)
    replied = [person for person, _text in replies]
    people = {motion.mover, ruled.mover, ruling[0] if ruling else NOBODY, *supporters, *replied}
    called, nobody = names(people | _people(polity, motion)), _("a member")
    teller = Teller(polity, lambda person: called.get(person, nobody), _, motion)
    effects = words.does(polity, motion, teller)
    changes = [change for row in effects for change in row.get("changes", ())]
    return {
        "title": titles[motion.id],
        "question": question(teller, motion, titles[motion.id], heading, changes),
        "changes": changes,
        "heading": heading,
        "body": body,
        "names": called,
        "supporters": sorted(supporters, key=lambda person: normalised_name(called.get(person, ""))),
        "more_supporters": len(motion.supporters) - len(supporters),
        "does": [] if _is_all_said(motion, effects, titles[motion.id]) else effects,
        "named": named(polity, motion, teller),
        "author": ruled,  # whose mover wrote these words: of an appeal, what was ruled out
        "ruled": ruling,
        "ruling": reason,
        "replies": replies,
        "committed": committed(motion, remarks) if can.main else [],
        "about": _about(polity, motion, titles),
        "appeal_title": titles.get(appeal, ""),
    }


def _where(polity: Polity, motion: Question) -> dict[str, Any]:
    """Where it stands on its way, by which articles, and what is beside it."""
    return {
        "state": words.state_until(motion),
        "stages": words.stages(motion),
        "outcome": words.outcome(motion),
        "adjourned": words.adjourned(motion),
        "did": words.did(motion),
        "notices": polity.part(Notices).about.get(motion.id, ()),
        "look_again": look_again_at(polity, motion),
        "same_article": _same_article(polity, motion),
        "changes_article": motion.rules.article("rule_changes"),
        "nothing_left": nothing_left(polity, motion),
        "decided_by": motion.rules.articles.get(motion.article),
        "majorities": words.majorities(motion),
        "whole_days": motion.rules[motion.clock] if motion.clock else 0,
        "lengthened_days": max(1, round(motion.lengthened / DAY)),
        "outage_article": motion.rules.article("outage_hours"),
        "debating": motion.stage is Stage.DEBATE,
    }


def _vote(motion: Question, person: PersonId) -> dict[str, Any]:
    """Who was asked, how many answered, and what stands in this person's name."""
    return {
        "my_answer": motion.answers.get(person, ""),
        "apart": words.apart(motion),
        "answered_on": queries.answered_on(motion, person),
        "cast": motion.cast,
        "asked": _asked(motion),
        **_mine(motion, person),
    }


def _not_attached(motion: Question, can: Options, person: PersonId) -> str:
    """Why who moved it can attach no file before its vote; "" for everybody else."""
    refused = can.why_not["attach"] if isinstance(motion, Motion) and person == motion.mover else None
    return sentence(refused) if refused and refused.message != "attached-late" else ""


def _asked(motion: Question) -> int:
    """How many were asked when the vote opened. Not how many it is counted of by now: that grows when somebody votes
    who had stepped back, and who had is known."""
    return max(motion.poll.electorate.size, motion.cast) if motion.poll else 0


def _mine(motion: Question, person: PersonId) -> dict[str, Any]:
    """What stands in this person's name, in words, and what they said of it."""
    poll = motion.poll
    if poll is None:
        return {}
    answer = poll.answers.get(person)
    return {
        "my_answer_said": _(CHOICES[answer]) if answer else "",
        "on_paper": poll.parts.get(person) == PAPER,
        "disowned": len(poll.disowned),
        "disowning": person in poll.asked,
        "vouchers": len(poll.asked.get(person, ())),
        "vouches": motion.rules["recovery_vouches"],
    }


def _people(polity: Polity, motion: Question) -> set[PersonId]:
    """Whom it is about, and whom its effects name."""
    return set(motion.subjects).union(*(people_in(polity, effect) for effect in effects_of(motion)))


def _articles(motion: Question) -> list[tuple[str, str]]:
    return [(article.number, f"{article.number} {article.title}") for article in motion.rules.articles.values()]


def _is_all_said(motion: Question, effects: list[dict[str, Any]], headline: str) -> bool:
    """Whether the headline says by itself what it would do."""
    said = [row["headline"] in headline and not row["void"] and not row.get("left_out") for row in effects]
    return said == [True] and not motion.over


def look_again_at(polity: Polity, motion: Question) -> list[dict[str, Any]]:
    """What its mover has to look at again: for each change of rules the articles that changed since, with the words
    that they would have."""
    rows = []
    for n, numbers in to_look_at(polity, motion).items() if isinstance(motion, Motion) else ():
        effect = effects_of(motion)[n]
        assert isinstance(effect, ChangeRules)
        said = tables_in(effect.articles)
        articles = [
            {
                "number": number, "now": aloud(polity.book.articles[number]),
                "text": said[number].get("text", polity.book.articles[number].text),
            }
            for number in numbers if number in polity.book.articles and number in said
        ]  # fmt: skip
        rows.append({"n": n, "numbers": numbers, "articles": articles})
    return rows


def _same_article(polity: Polity, motion: Question) -> list[dict[str, Any]]:
    """The other motions on their way that change an article which this one changes, each with those articles."""
    rivals = queries.on_the_same_articles(polity, motion)
    titles = headlines(polity, rivals)
    return [{"motion": name, "title": titles[name], "numbers": numbers} for name, numbers in rivals.items()]


def _about(polity: Polity, motion: Question, titles: dict[str, str]) -> dict[str, str]:
    """What an appeal or a recall is about, and what a motion asks again, to link to."""
    if isinstance(motion, Recall):
        mandate = polity.mandates[motion.mandate]
        return {"mandate": mandate.id, "office": polity.offices[mandate.office].title, "who": mandate.person}
    other = queries.ruled(motion) or getattr(motion, "again", "")
    return {"motion": other, "title": titles.get(other, "")} if other else {}
