"""STV by several rules, and the instant runoff: entries for the registry."""

from .rule import TIES, Rule

STV = TIES | {"groups"}

RULES_STV = (
    Rule(
        "scottish",
        "STV as Scottish councils are elected",
        "Scottish Local Government Elections Order 2011, Schedule 1",
        "stv.scottish:scottish",
        STV,
    ),
    Rule(
        "wigm",
        "STV, weighted inclusive Gregory method with parameters",
        "Proportional Representation Foundation, Reference WIGM STV rule",
        "stv.wigm:wigm",
        STV | {"decimals", "quota", "batch"},
    ),
    Rule(
        "exact",
        "STV in exact fractions, nothing rounded",
        "Wright 1980; Droop 1881",
        "stv.exact:exact_stv",
        STV,
    ),
    Rule(
        "meek",
        "STV by Meek's method",
        "Hill, Wichmann and Woodall, Algorithm 123, The Computer Journal 30 (1987)",
        "stv.meek:meek",
        STV | {"decimals", "omega"},
    ),
    Rule(
        "meek-nz",
        "STV by Meek's method with New Zealand's parameters",
        "Local Electoral Regulations 2001 (New Zealand), Schedule 1A",
        "stv.meek:meek_nz",
        STV,
    ),
    Rule(
        "warren",
        "STV by Warren's method: the elected take the same part of each vote",
        "Warren, Voting matters 1 (1994)",
        "stv.meek:warren",
        STV | {"decimals", "omega"},
    ),
    Rule(
        "hare-clark",
        "STV as the Australian Capital Territory is elected: a surplus goes on with the last parcel",
        "Electoral Act 1992 (Australian Capital Territory), Schedule 4, as amended in 2020",
        "stv.hare_clark:hare_clark",
        TIES,
    ),
    Rule(
        "senate",
        "STV as the Australian Senate is elected: whole votes, several out together",
        "Commonwealth Electoral Act 1918 (Australia), section 273, as in 2016",
        "stv.senate:senate",
        TIES | {"batch"},
    ),
    Rule(
        "cambridge",
        "STV by whole ballots: every nth of a surplus goes on",
        "Massachusetts General Laws, chapter 54A, section 9, with the Cincinnati method",
        "stv.cambridge:cambridge",
        TIES | {"signatures"},
    ),
    Rule(
        "ers97",
        "STV by the Electoral Reform Society's rules",
        "Newland and Britton, third edition, 1997",
        "stv.ers97:ers97",
        TIES,
    ),
    Rule(
        "irv",
        "Instant runoff: one seat, the last one out until somebody has more than half",
        "Commonwealth Electoral Act 1918 (Australia), section 274(7)",
        "stv.irv:irv",
        TIES,
    ),
)
