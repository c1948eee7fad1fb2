"""The scripts of the pages: whether those on the disk are those that the record names."""

from frombelow.polity.server.state import Server
from frombelow_site.door.replica import Replica
from frombelow_site.door.scripts import hashed

from .findings import Finding, bad, good


def scripts(replica: Replica) -> Finding:
    named = replica.polity.part(Server)
    if not named.scripts:
        return good("scripts", "The record does not say yet which scripts the pages load; the next start will.")
    if named.scripts == hashed():
        return good("scripts", f"The pages load the scripts that entry {named.started:,} names.")
    return bad(
        "scripts", f"The scripts of the pages on this disk are not those that entry {named.started:,} names.",
        "If you installed another version, start the site again. If not, somebody changed them: stop the site, install "
        "the version anew, and tell the members.",
    )  # fmt: skip
