"""The rules of three families as entries of the registry: committees, seats to lists, budgets; and their messages."""

from .rule import TIES, Rule

BOUNDS = TIES | {"minimums", "caps"}

RULES_MANY: tuple[Rule, ...] = (
    Rule(
        "sequential-pav",
        "Committee: each seat to whoever adds most, a voter with h representatives counting 1/(h+1)",
        "Thiele 1895, Om Flerfoldsvalg",
        "approvals.sequential_pav:sequential_pav",
        TIES,
        "approvals",
    ),
    Rule(
        "pav",
        "Committee: the one that satisfies most by 1 + 1/2 + 1/3 ...; small elections only",
        "Thiele 1895, Om Flerfoldsvalg",
        "approvals.pav:pav",
        TIES | {"most"},
        "approvals",
    ),
    Rule(
        "sequential-phragmen",
        "Committee: each seat is a load that its voters share as equally as can be",
        "Phragmén 1894; Brill, Freeman, Janson and Lackner, AAAI 2017",
        "approvals.sequential_phragmen:sequential_phragmen",
        TIES,
        "approvals",
    ),
    Rule(
        "equal-shares",
        "Committee: each ballot has an equal share of the seats to pay with",
        "Peters and Skowron, EC 2020 (Rule X)",
        "approvals.equal_shares:equal_shares",
        TIES | {"completion"},
        "approvals",
    ),
    Rule(
        "dhondt",
        "Seats to lists or branches: d'Hondt (Jefferson), divisors 1, 2, 3",
        "d'Hondt 1878; Jefferson 1792",
        "seats.divisors:dhondt",
        BOUNDS,
        "lists",
    ),
    Rule(
        "sainte-lague",
        "Seats to lists or branches: Sainte-Laguë (Webster), divisors 1, 3, 5",
        "Sainte-Laguë 1910; Webster 1832",
        "seats.divisors:sainte_lague",
        BOUNDS,
        "lists",
    ),
    Rule(
        "huntington-hill",
        "Seats to lists or branches: Huntington-Hill, as the US House is apportioned",
        "2 U.S.C. § 2a (1941)",
        "seats.divisors:huntington_hill",
        BOUNDS,
        "lists",
    ),
    Rule(
        "hamilton",
        "Seats to lists or branches: Hamilton (Hare and Niemeyer), largest remainders",
        "Hamilton 1792; Balinski and Young, Fair Representation (1982)",
        "seats.hamilton:hamilton",
        BOUNDS,
        "lists",
    ),
    Rule(
        "budget-equal-shares",
        "Budget: each voter has an equal share of the money for projects that they approve",
        "Peters, Pierczyński and Skowron, NeurIPS 2021",
        "budgets.equal_shares:equal_shares",
        TIES | {"utility", "completion", "step"},
        "projects",
    ),
    Rule(
        "budget-greedy",
        "Budget: projects with most votes first, as long as the money lasts",
        "Usual in cities; Talmon and Faliszewski, AAAI 2019",
        "budgets.greedy:greedy",
        TIES | {"utility"},
        "projects",
    ),
    Rule(
        "budget-phragmen",
        "Budget: a project is bought once its supporters have earned its cost",
        "Los, Christoff and Grossi, IJCAI 2022",
        "budgets.phragmen:phragmen",
        TIES,
        "projects",
    ),
)

MESSAGES_MANY: dict[str, str] = {
    "elected-adds": "{who} adds most to how well voters are represented, {votes}, and is elected.",
    "elected-best": "{who}, approved by {votes}, is in the committee that represents the voters best.",
    "pav-best": "No committee of {seats} represents the voters better: {score} in all; {committees} of them "
    "{committees|does|do} as well as that.",
    "elected-load": "{who} has the most votes for each seat that they already bear, {votes}, and is elected.",
    "elected-shares": "{who} has the most effective votes, {votes}; the supporters pay for the seat.",
    "shares-raised": "Every ballot has been given the share of {seats} seats, so that all seats can be paid.",
    "shares-over": "Nobody's supporters can pay for a seat any more; the {seats|seat that is|seats that are} left "
    "{seats|goes|go} to those whose supporters come nearest.",
    "seats-minimum": "{who} has the {seats} {seats|seat|seats} due to every list as its minimum.",
    "seats-next": "{who} has the greatest figure, {votes}, and has seat {seats} of its own.",
    "seats-whole": "The exact share of {who} is {share}: {seats} whole {seats|seat|seats}.",
    "seats-remainder": "{who} has one of the largest remainders, {part}, and so a further seat, {seats} in all.",
    "project-free": "{who} costs nothing, and somebody wants it: it is chosen.",
    "project-most": "{who} has the most votes, {votes}, and its cost of {cost} can be paid: it is chosen.",
    "project-most-each": "{who} has the most votes for its cost of {cost}, which can be paid: it is chosen.",
    "project-too-dear": "{who} costs {cost}, but only {rest} {rest|is|are} left: it is passed over.",
    "project-shares": "{who} has the most effective votes, {votes}; each supporter pays at most {price}. It is chosen.",
    "project-earned": "The supporters of {who} are the first to have earned its cost of {cost}: it is chosen.",
    "project-stop": "The supporters of {who} would be next, but it costs {cost} and only {rest} {rest|is|are} left: "
    "the count ends.",
    "purses-raised": "With {purse} for each voter, instead of {start}, the budget is used as far as can be.",
    "why-seats": "{who} has {have} of {seats} seats with {votes} votes.",
    "why-not-chosen": "{who} was not chosen: nothing was left that its supporters could pay with.",
    "purses-over": "No project's supporters can pay for it any more; {rest} {rest|is|are} left of the budget.",
}
