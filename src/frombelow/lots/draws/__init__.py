"""A draw that anyone can check again: what is fixed before, what chance supplies, and what follows from both.

A Specification is fixed and hashed; the pool stands under its root; panels are listed; members contribute; a beacon or
dice that nobody could know before decide. ``complete`` gives the panel, ``verify`` raises DrawError saying what is
wrong and where. Nothing here needs a solver but ``list_panels``, and nothing reads a clock.
"""

from .beacons import QUICKNET, check_round, read_published, round_after, time_of
from .contributions import check_closing, check_contribution, commitment_of
from .drawing import Seats, first_seed_of, index_of, order_of, seed_of
from .formats import (
    Answer,
    Checkpoint,
    Closing,
    Contribution,
    Dice,
    Drand,
    Draw,
    Excluded,
    Key,
    PanelList,
    Rolled,
    Round,
    Row,
    Rows,
    Specification,
    Statement,
    Value,
    Window,
    read_draw,
    write_draw,
)
from .hashing import closing_hash, list_hash, specification_hash
from .listing import chances_if, check_list, list_panels
from .rows import check_row, check_rows, mark_of, pool_of, root_of, rows_of
from .sentences import SENTENCES, DrawError
from .specifying import check_specification, moment_of
from .statements import RECORD, closed_message, contribution_message, rolled_message
from .values import check_rolled, check_value
from .verifying import Drawn, answered, check_fixed, check_given, complete, verify

__all__ = [
    "QUICKNET",
    "RECORD",
    "SENTENCES",
    "Answer",
    "Checkpoint",
    "Closing",
    "Contribution",
    "Dice",
    "Drand",
    "Draw",
    "DrawError",
    "Drawn",
    "Excluded",
    "Key",
    "PanelList",
    "Rolled",
    "Round",
    "Row",
    "Rows",
    "Seats",
    "Specification",
    "Statement",
    "Value",
    "Window",
    "answered",
    "chances_if",
    "check_closing",
    "check_contribution",
    "check_fixed",
    "check_given",
    "check_list",
    "check_rolled",
    "check_round",
    "check_row",
    "check_rows",
    "check_specification",
    "check_value",
    "closed_message",
    "closing_hash",
    "commitment_of",
    "complete",
    "contribution_message",
    "first_seed_of",
    "index_of",
    "list_hash",
    "list_panels",
    "mark_of",
    "moment_of",
    "order_of",
    "pool_of",
    "read_draw",
    "read_published",
    "rolled_message",
    "root_of",
    "round_after",
    "rows_of",
    "seed_of",
    "specification_hash",
    "time_of",
    "verify",
    "write_draw",
]  # fmt: skip
