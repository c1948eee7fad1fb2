"""The witnesses: whether enough of them cosigned within a day, and what they saw that is not here."""

import time
from datetime import UTC, datetime

from frombelow.polity.server.state import Server
from frombelow_site.door.cosigned import SAID, Standing, standings
from frombelow_site.door.replica import Replica
from frombelow_site.records.alarms import OTHER, cosigned_here

from .findings import Finding, bad, good

DAY = 86_400


def cosigned(replica: Replica) -> list[Finding]:
    found = standings(replica.polity)
    if not found:
        return [good("witnesses", "No witness is asked to cosign the record; Answerability says how one is named.")]
    if stopped := [bad("witnesses", *_said(each)) for each in found if each.stopped]:
        return stopped
    enough, now = replica.polity.part(Server).enough, int(time.time())
    fresh = [each for each in found if now - each.at < DAY]
    if len(fresh) >= enough:
        return [good("witnesses", f"Cosigned by {'; '.join(map(_last, fresh))}.")]
    late = [each for each in found if each not in fresh]
    do = " ".join(" ".join(_said(each)) for each in late if each.found)
    return [bad(
        "witnesses",
        f"Within a day {len(fresh)} witnesses cosigned, not {enough}; the others: {'; '.join(map(_last, late))}.",
        do or "Start the site: while it runs the witnesses are asked.",
    )]  # fmt: skip


def cosigned_for_others() -> list[Finding]:
    """Of other organizations' records that are cosigned here, those of which another history was sent."""
    return [
        bad("cosigned here", OTHER[each.fork][0] % {"name": each.origin}, OTHER[each.fork][1])
        for each in cosigned_here() if each.fork
    ]  # fmt: skip


def _said(standing: Standing) -> tuple[str, str]:
    what, do = SAID[standing.found]
    return what % {"name": standing.witness.name, "size": f"{standing.spoke_of:,}"}, do


def _last(standing: Standing) -> str:
    if not standing.at:
        return f"{standing.witness.name}, never"
    moment = f"{datetime.fromtimestamp(standing.at, UTC):%Y-%m-%d %H:%M} UTC"
    return f"{standing.witness.name}, {moment}, {standing.size:,} entries"
