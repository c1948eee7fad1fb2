"""``frombelow verify``: replay a record and say in plain words whether every act in it was allowed."""

import json
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ..files import open_plain, read_plain
from ..keys import to_text
from ..polity import Breach, Polity, Recall, Replayed, Unread, decode, replay
from ..polity.draws.acts import EndAudit
from ..polity.draws.state import Draws
from ..polity.kernel.ids import MandateId
from ..polity.kernel.refusals import fill, shown
from ..polity.keys.checks import Checks
from ..polity.server.acts import Resume
from ..polity.server.state import Lost, Server
from ..record import (
    Checkpoint,
    Export,
    HiddenEntry,
    NoExportError,
    RecordError,
    TreeCheck,
    Verifier,
    check_export,
    open_checkpoint,
    read_checkpoint,
    read_export,
)
from ..record.notes import MAX_NOTE
from .fetching import fetch, is_address
from .site import OtherScripts, compare


def verify(
    place: Annotated[str, typer.Argument(metavar="PATH_OR_URL", help="a record's export, or where to fetch it")],
    as_json: Annotated[bool, typer.Option("--json", help="the findings as one JSON object")] = False,
    key: Annotated[str, typer.Option(help="the record's verifier key, if you know it; else the record's own")] = "",
    since: Annotated[
        Path | None,
        typer.Option(help="a checkpoint or an export that you kept: the record must still contain what it signed"),
    ] = None,
    site: Annotated[
        str, typer.Option(metavar="ADDRESS", help="the site: whether it serves the scripts that the record names")
    ] = "",
) -> None:
    """Check that no entry was altered and that each act was allowed by the rules in force at its moment.

    Exit 0: all is right. Exit 1: the first bad entry and the broken article. Exit 2: this is no record to check.
    """
    console = Console(stderr=True)
    kept = _kept(since) if since else None
    if key:
        _known(key)
    try:
        with tempfile.TemporaryDirectory() as folder:
            export = read_export(_fetched(place, Path(folder)))
            remembered = _remembered(kept, export, Verifier.from_vkey(key or export.vkey)) if kept else None
            replayed = check(export, key, remembered, console)
            serves = compare(replayed.polity, site) if site else ""
    except OtherScripts as other:
        _stop(as_json, {"site": site, "why": str(other)}, str(other), "This site is not as its record says.")
    except Breach as breach:
        _stop(as_json, {"index": breach.index, "article": breach.article, "why": breach.why}, str(breach))
    except NoExportError as error:
        _nothing(str(error))
    except RecordError as error:
        index = getattr(error, "index", None)
        _stop(as_json, {"index": index, "article": None, "why": shown(str(error))}, str(error))
    except OSError as error:
        _nothing(f"{site and f'{site} or '}{place} could not be read: {error.strerror or error}.")
    except MemoryError:
        _nothing(f"{place} takes more memory than this machine has.")
    if as_json:
        typer.echo(json.dumps({"ok": True, **figures(replayed), **({"site": site} if site else {})}))
    else:
        typer.echo("\n".join([*summary(replayed), *([serves] if serves else [])]))


def _remembered(kept: bytes | Export, export: Export, verifier: Verifier) -> bytes:
    """The signed checkpoint that somebody kept, or that of an export, which is itself unaltered. Raises RecordError
    where something is hidden now that could be read then."""
    if isinstance(kept, bytes):
        return kept
    check_export(kept, verifier)
    unread = {each.index for each in kept.hidden}
    for each in export.hidden:
        if each.index < kept.size and each.index not in unread:
            raise RecordError(f"entry {each.index:,} is hidden in it, and could be read in the one that you kept")
    return kept.checkpoint


def check(export: Export, key: str, remembered: bytes | None, console: Console) -> Replayed:
    """The export holds an unaltered record in which each act was allowed. Raises RecordError or Breach if not.

    One pass: each entry is hashed into the tree and replayed.
    """
    verifier = Verifier.from_vkey(key or export.vkey)
    notes = list(export.checkpoints)
    kept = open_checkpoint(remembered, verifier) if remembered is not None else None
    if remembered is not None and kept is not None and not _said_lost(export, kept):
        notes.append(remembered)
        notes.sort(key=lambda note: open_checkpoint(note, verifier).size)
        if kept.size > export.size:
            raise RecordError(
                f"the record is shorter than the one you saw: {kept.size:,} entries then, {export.size:,} now"
            )
    tree = TreeCheck(notes, verifier, export.leaf_hashes())
    # A process begins when there are many signatures, and only then.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        replayed = replay(tree.through(_with_progress(export.entries(), export.size, console)), checks=Checks(pool))
    tree.finish()
    export.check_tiles()
    if replayed.polity.key != verifier.vkey:
        raise RecordError("the record is signed by another key than the one that its founding names")
    if replayed.polity.origin != verifier.name:
        raise RecordError("the record is signed under another name than the one that its founding gives it")
    if kept is not None and replayed.polity.part(Server).loss_of(kept.size) is None and remembered not in notes:
        raise RecordError("it says that entries are lost, of which its replay knows nothing")
    return replayed


def _said_lost(export: Export, kept: Checkpoint) -> bool:
    """Whether an entry of the record says that what this checkpoint ends with is lost; the replay judges that entry."""
    for index, data in enumerate(export.entries()):
        if isinstance(data, bytes) and b'"kind":"server.resume"' in data and index < kept.size:
            act = decode(data).act
            if isinstance(act, Resume) and Lost(index, act.held, act.root, act.by, 0).covers(
                kept.size, to_text(kept.root)
            ):
                return True
    return False


def figures(replayed: Replayed) -> dict[str, Any]:
    """What was found, as plain figures."""
    polity = replayed.polity
    decided = [motion for motion in polity.motions.values() if motion.outcome]
    by_office: dict[str, int] = {}
    for name, n in replayed.under.items():
        if mandate := polity.mandates.get(MandateId(name)):
            title = polity.offices[mandate.office].title
            by_office[title] = by_office.get(title, 0) + n
    effects = replayed.kinds["motion.take-effect"] + replayed.kinds["motion.void"]
    officers, time, server = sum(by_office.values()), replayed.authors["time"], replayed.authors["server"]
    unread = replayed.unread
    return {
        "organization": polity.name,
        "entries": replayed.entries,
        "members": polity.members,
        "decisions": len(decided),
        "carried": sum(motion.outcome == "carried" for motion in decided),
        "recalls": sum(isinstance(motion, Recall) for motion in decided),
        "mandates": live_mandates(polity),
        "rulebook": polity.book.version,
        "acts": {
            "members": replayed.kinds.total() - officers - time - server - effects,
            "officers": by_office,
            "decisions": effects,
            "time": time,
            "server": server,
        },
        "sealed": {
            "acts": polity.keys.sealed,
            "people": sum(1 for holder in polity.keys.holders.values() if holder.sealed),
            "on_the_servers_word": replayed.kinds.total() - time - server - effects - polity.keys.sealed,
        },
        "not_covered": polity.size - polity.keys.covered,
        "lost": [
            {"from": each.entry, "to": each.held - 1, "at": each.at, "by": each.by} for each in polity.part(Server).lost
        ],
        "draws": polity.part(Draws).drawn,
        "audits": [_audit(each) for each in polity.part(Draws).audits],
        "hidden": unread.entries if unread else 0,
        "hidden_until": unread.until if unread else None,
        "left_open": list(unread.left_open) if unread else [],
        "judged": replayed.entries if unread is None or unread.judged is None else unread.judged,
    }


def _audit(over: EndAudit) -> dict[str, Any]:
    """What an audit found, as plain figures."""
    return {name: getattr(over, name) for name in ("draw", "people", "asked", "true", "false", "unreached", "most")}


def live_mandates(polity: Polity) -> int:
    """How many mandates are in force at the end of the record."""
    return sum(len(office.in_force(polity.at)) for office in polity.offices.values())


def summary(replayed: Replayed) -> list[str]:
    """What was found, in plain words."""
    found = figures(replayed)
    acts = found["acts"]
    whole = (
        f"{found['organization']}: {_so_many(found['entries'], 'entry', 'entries')}, none altered; "
        f"{_so_many(found['decisions'], 'decision', 'decisions')} recounted; "
        f"{_so_many(found['mandates'], 'mandate', 'mandates')} in force."
    )
    judged = "Every act that was judged" if replayed.unread else "Every act"
    allowed = (
        f"{judged} was allowed by the rules in force at its moment: {acts['members']:,} by members, "
        f"{acts['decisions']:,} by decisions, {acts['time']:,} by time, {acts['server']:,} by the server."
    )
    lines = [whole, allowed]
    lines += _sealed(found)
    lines += _lost(found)
    lines += [f"By officers under their mandates: {title} {n:,}." for title, n in sorted(acts["officers"].items())]
    if found["draws"]:
        lines.append(f"{_so_many(found['draws'], 'draw by lot', 'draws by lot')} drawn again, with the same panel.")
    lines += [
        f"An audit by lot asked {each['asked']:,} of {_so_many(each['people'], 'member', 'members')} with keys: "
        f"{each['true']:,} true, {each['false']:,} false, {each['unreached']:,} not reached; at most {each['most']:,} "
        "of all can be false (95 %)."
        for each in found["audits"]
    ]
    members = _so_many(found["members"], "member", "members")
    lines.append(f"{members}; the rulebook is at version {found['rulebook']}.")
    return lines + (_not_read(replayed.unread) if replayed.unread else [])


def _sealed(found: dict[str, Any]) -> list[str]:
    """Which acts stand on people's own keys, which on the server's word, and what no seal covers yet."""
    sealed, open_end = found["sealed"], found["not_covered"]
    if not sealed["acts"]:
        return ["No act was sealed: who did each of them stands on the server’s word."]
    acts, people = _so_many(sealed["acts"], "act", "acts"), _so_many(sealed["people"], "person", "people")
    line = f"{acts} sealed by keys of {people}; {sealed['on_the_servers_word']:,} on the server’s word."
    end = f"The last {_so_many(open_end, 'entry', 'entries')} the seals of fewer than two people cover yet."
    return [line, end] if open_end else [line]


def _lost(found: dict[str, Any]) -> list[str]:
    """What the record went on without, by its own word."""
    return [
        fill(
            f"Entries {each['from']:,} to {each['to']:,} are lost, and others stand in their places: whoever ran the "
            f"server said so on {{at:moment}}, in entry {each['from']:,}.", {"at": each["at"]},
        )
        for each in found["lost"]
    ]  # fmt: skip


def _not_read(unread: Unread) -> list[str]:
    """What could not be read, and what that leaves open."""
    votes, motions = _so_many(unread.entries, "vote", "votes"), _so_many(unread.about, "open vote", "open votes")
    are, until = "is" if unread.entries == 1 else "are", fill("{until:moment}", {"until": unread.until})
    hashes = (
        f"{votes} in {motions} {are} hidden until {until}; of them only hashes were checked, and what they are is "
        "decided by the whole record after that."
    )
    lines = [hashes]
    if unread.until <= time.time():
        lines.append("That time is over: ask for the record anew. This file tells nothing of what came since.")
    if unread.left_open:
        which, more = ", ".join(f"{index:,}" for index in unread.left_open[:5]), len(unread.left_open) - 5
        lines.append(
            "Whether these entries were allowed stays open, since it hangs on hidden votes, and on who may have voted: "
            f"{which}{f' and {more:,} more' if more > 0 else ''}."
        )
    if unread.judged is not None:
        lines.append(
            f"From entry {unread.judged:,} on only hashes were checked: an import was taken back there, and whom it "
            "took off the roll hangs on who had voted. The figures are those of the entries before it."
        )
    return lines


def _so_many(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"


def _kept(since: Path) -> bytes | Export:
    """The checkpoint or the export that somebody kept, if it is one."""
    try:
        with open_plain(since) as file:
            zipped = file.read(2) == b"PK"
        if zipped:
            return read_export(since)
        note = read_plain(since, MAX_NOTE)
        read_checkpoint(note)
    except OSError as error:
        _nothing(f"{since} could not be read: {error.strerror or error}.")
    except RecordError as error:
        _nothing(f"{since} is no checkpoint and no export. {error}")
    return note


def _known(key: str) -> None:
    try:
        Verifier.from_vkey(key)
    except RecordError as error:
        _nothing(f"This is no key to verify with. {error}")


def _fetched(place: str, folder: Path) -> Path:
    """The export as a file: the path itself, or what stands at the address."""
    if not is_address(place):
        return Path(place)
    fetch(place, folder / "record.zip")
    return folder / "record.zip"


def _with_progress(
    entries: Iterable[bytes | HiddenEntry], size: int, console: Console
) -> Iterator[bytes | HiddenEntry]:
    """The entries, with a bar on a terminal."""
    if not sys.stderr.isatty():
        yield from entries
        return
    columns = (TextColumn("Replaying"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=size)
        for n, entry in enumerate(entries):
            if n % 4096 == 0:
                progress.update(task, completed=n)
            yield entry


def _stop(
    as_json: bool, finding: dict[str, Any], sentence: str, before: str = "This record is not right."
) -> NoReturn:  # fmt: skip
    if as_json:
        typer.echo(json.dumps({"ok": False, **finding}))
    else:
        typer.echo(f"{before} {shown(sentence)}")
    raise typer.Exit(1)


def _nothing(sentence: str) -> NoReturn:
    """There was nothing to check."""
    typer.echo(shown(sentence), err=True)
    raise typer.Exit(2)
