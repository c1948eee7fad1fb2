"""One-winner rules on rankings, rules on scores, and yes or no: entries for the registry, and the words they need."""

from .rule import TIES, Rule

_TIDEMAN = "Tideman, Social Choice and Welfare 4 (1987); Zavist and Tideman, Social Choice and Welfare 6 (1989)"

RULES_RANKED = (
    Rule(
        "schulze",
        "Condorcet: the strongest paths of won duels",
        "Schulze, Social Choice and Welfare 36 (2011)",
        "ranked.schulze:schulze",
        TIES | {"strength"},
    ),
    Rule(
        "ranked-pairs",
        "Condorcet: duels are kept from the strongest to the weakest",
        _TIDEMAN,
        "ranked.ranked_pairs:ranked_pairs",
        TIES | {"strength"},
    ),
    Rule(
        "copeland",
        "Condorcet: the most duels won",
        "Copeland, University of Michigan seminar (1951)",
        "ranked.copeland:copeland",
        TIES,
    ),
    Rule(
        "minimax",
        "Condorcet: the smallest worst defeat",
        "Simpson, Quarterly Journal of Economics 83 (1969); Kramer, Journal of Economic Theory 16 (1977)",
        "ranked.minimax:minimax",
        TIES | {"strength"},
    ),
    Rule(
        "benham",
        "Condorcet and runoff: the last one out until somebody wins each duel",
        "Green-Armytage, Voting matters 29 (2011)",
        "ranked.benham:benham",
        TIES,
    ),
    Rule(
        "tideman-alternative",
        "Condorcet and runoff: out go all outside the Smith set, then the last one",
        "Tideman, Collective Decisions and Voting (2006)",
        "ranked.tideman_alternative:tideman_alternative",
        TIES,
    ),
    Rule(
        "debian",
        "A default option, a quorum, majority ratios, then Schulze's method",
        "Constitution for the Debian Project 1.9 (2022), A.5",
        "ranked.debian:debian",
        TIES | {"default", "quorum", "majorities"},
    ),
    Rule(
        "borda",
        "Points by rank",
        "Borda, Histoire de l'Académie Royale des Sciences (1781)",
        "ranked.borda:borda",
        TIES | {"truncated"},
    ),
    Rule(
        "plurality",
        "The most first preferences",
        "Representation of the People Act 1983 (United Kingdom), Schedule 1, rule 50",
        "ranked.plurality:plurality",
        TIES,
    ),
    Rule(
        "approval",
        "The most approvals",
        "Brams and Fishburn, American Political Science Review 72 (1978)",
        "scored.approval:approval",
        TIES,
        "scores",
    ),
    Rule("score", "The greatest sum of scores", "Smith, Range voting (2000)", "scored.score:score", TIES, "scores"),
    Rule(
        "star",
        "The two greatest sums of scores, then whom more ballots score higher",
        "Equal Vote Coalition, starvoting.org, Official Tiebreaker Protocol",
        "scored.star:star",
        TIES,
        "scores",
    ),
    Rule(
        "majority-judgement",
        "The best middle grade",
        "Balinski and Laraki, Proceedings of the National Academy of Sciences 104 (2007)",
        "scored.majority_judgement:majority_judgement",
        TIES,
        "scores",
    ),
    Rule(
        "yes-no",
        "A question answered yes, no or abstain, with a threshold and a quorum",
        "the thresholds of the rulebook (thresholds.py)",
        "scored.yes_no:yes_no",
        frozenset({"threshold", "quorum"}),
        "tally",
    ),
)

MESSAGES_RANKED = {
    "duels": "Each two candidates are compared on {ballots} valid {ballots|ballot|ballots}: "
    "{duels} {duels|duel|duels} in all.",
    "first-duels": "Each option is compared with the default option on {ballots} valid {ballots|ballot|ballots}.",
    "points": "The points on {ballots} valid {ballots|ballot|ballots} are added up.",
    "scores": "The scores from {low} to {high} on {ballots} valid {ballots|ballot|ballots} are added up.",
    "approvals": "The approvals on {ballots} valid {ballots|ballot|ballots} are counted.",
    "grades": "The grades on {ballots} valid {ballots|ballot|ballots} are put in order, and the middle one is taken.",
    "finalists": "{who} and {next} go into the runoff.",
    "elected-tie": "{who} is as good as {next} by this rule, and is elected by the tie-break.",
    "elected-condorcet": "{who} wins the duel with each other candidate, and is elected.",
    "elected-champion": "{who} wins the duel with each other candidate who is left, and is elected.",
    "elected-schulze": "{who} is elected: to each other there is a path of won duels as strong as the way back.",
    "elected-ranked-pairs": "{who} is elected: no duel that was kept is lost by {who}.",
    "elected-copeland": "{who} has the most duels won, {votes}, and is elected.",
    "elected-minimax": "{who} is elected: no other's worst defeat is as small, {votes}.",
    "elected-undefeated": "{who} loses no duel, and is elected.",
    "elected-points": "{who} has the most points, {votes}, and is elected.",
    "elected-score": "{who} has the greatest sum of scores, {votes}, and is elected.",
    "elected-approvals": "{who} has the most approvals, {votes}, and is elected.",
    "elected-runoff": "{votes} ballots score {who} higher than {next}, {part} the reverse; {who} is elected.",
    "elected-runoff-tie": "As many ballots score {who} higher than {next} as the reverse, {votes}; "
    "{who} is elected by the tie-break.",
    "elected-grade": "{who} has the best middle grade, and is elected.",
    "elected-grade-tie": "{who} has the best middle grade, as others do, and the best of those under it; "
    "{who} is elected.",
    "elected-left-leading": "{who} is elected: no other option is left in the leading set.",
    "excluded-outside": "{who} is excluded with {votes} first preferences: everybody in the leading set beats {who}.",
    "excluded-quorum": "{who} is dropped: {votes} ballots rank {who} above {next}, "
    "{fewer} fewer than the quorum of {quota}.",
    "excluded-ratio": "{who} is dropped: {votes} ballots rank {who} above {next} and {part} the reverse; "
    "more for than against, and {ratio} to 1, were needed.",
    "excluded-runoff": "{who} has {votes} points, too few for the runoff.",
    "set-aside": "The defeat of {next} by {who}, {votes} to {part}, is the weakest in the leading set: set aside.",
    "answers": "{votes} yes, {fewer} no, {part} abstained; {eligible} may vote.",
    "question-carried": "The question is carried.",
    "question-lost": "The question is lost.",
    "question-tied": "As many said yes as no: the question is tied, and not carried.",
    "question-inquorate": "The quorum was missed: the question is adjourned, and neither carried nor lost.",
    "why-duel": "{who} lost the duel with {next}, {votes} to {part}.",
    "why-duel-won": "{who} won the duel with {next}, {votes} to {part}, but {next} is ahead by the rule.",
    "why-duel-drawn": "{who} drew the duel with {next}, {votes} to {part}, but {next} is ahead by the rule.",
}
