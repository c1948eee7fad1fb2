"""Members' seals: whether all of them hold, and whether this site lets anybody seal."""

from concurrent.futures import ProcessPoolExecutor
from ipaddress import ip_address
from multiprocessing import get_context

from django.conf import settings

from frombelow.polity.keys.checks import BadSeal, Checks
from frombelow_site.door.replica import Replica

from .findings import Finding, bad, good


def replay() -> tuple[Replica, Finding]:
    """The record, read anew with every seal in it. Raises Breach or RecordError where it is not right."""
    replica = Replica()
    # A process begins when there are many signatures, and only then.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        try:
            replica.catch_up(Checks(pool))
        except BadSeal as error:
            return replica, bad(
                "seals", f"The seal of entry {error.index:,} does not hold: {error.fault}",
                "Whoever has the record’s key wrote this entry for somebody, or changed it. Keep the file, show it to "
                "the members, restore a backup.",
            )  # fmt: skip
    sealed = replica.polity.keys.sealed
    if not sealed:
        return replica, good("seals", "No act is sealed: who did each of them stands on the server’s word.")
    return replica, good("seals", f"{sealed:,} acts are sealed by who did them, and every seal holds.")


def hosts(replica: Replica) -> Finding:
    """A browser keeps keys for pages that come by https, or from the machine itself; and a passkey is good at the hosts
    alone that the record names."""
    known = replica.polity.keys.hosts
    served = [host for host in settings.ALLOWED_HOSTS if not _this_machine(host)]
    stands = "so what members do on these pages stands on the server’s word"
    if not settings.HTTPS and not (known and all(map(_this_machine, known))):
        if not served:
            named = f"names {', '.join(known)}" if known else "names no host for keys"
            return good("hosts", f"Only this machine opens the pages, and the record {named}, {stands}.")
        return bad(
            "hosts", f"The pages come without https, {stands}.",
            "Put a web server with a certificate in front, and set FROMBELOW_HTTPS=1.",
        )  # fmt: skip
    if not known:
        return bad(
            "hosts", f"The record names no host at which members can use keys, {stands}, and no office needs a seal.",
            "Whoever holds the power to run the server says where the pages stand: frombelow hosts HOST --key FILE",
        )  # fmt: skip
    return good("hosts", f"Members can use keys at {', '.join(known)}.")


def _this_machine(host: str) -> bool:
    name = host.strip("[]")
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")
