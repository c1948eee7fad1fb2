"""``frombelow lots specify``, ``panels``, ``draw`` and ``verify``: a draw in files, step by step, and checked again."""

import csv
import io
import json
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from ..files import read_plain, write_secret
from .ending import stop
from .fetching import fetch, is_address

if TYPE_CHECKING:
    from ..lots.draws import Draw, DrawError, Drawn
    from ..lots.draws.formats import Value

MOST_VALUE = 1_000_000  # bytes of a beacon's round, of dice, of what was contributed


def specify(
    plan: Annotated[Path, typer.Argument(metavar="PLAN.toml", help="what, when, and by which chance")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="holds respondents.csv and categories.csv")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="the draw so far, for everybody")],
    salts: Annotated[Path, typer.Option(help="what to hand to each member alone, so that they find their row")],
) -> None:
    """Fixes a draw: writes its file, and beside it a salt for each person. Ends with 2 where the plan cannot be."""
    from ..lots import LotsError
    from ..lots.draws import check_specification, specification_hash, write_draw
    from .draw_plans import draw_of, read_plan

    try:
        draw, secret = draw_of(read_plan(plan), folder, int(time.time()))
        check_specification(draw.specification)
        fixed = specification_hash(draw.specification)
    except LotsError as error:
        stop(_shown(error))
    sheet = io.StringIO(newline="")
    csv.writer(sheet).writerows([("list", "row", "name", "salt"), *secret])
    _write(salts, sheet.getvalue().encode(), secret=True)
    _write(out, write_draw(draw))
    typer.echo(f"Fixed, under {fixed.hex()}.")


def panels(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="a draw that was fixed")],
    out: Annotated[Path, typer.Argument(metavar="OUT")],
    first: Annotated[
        str | None, typer.Option(metavar="FILE_OR_URL", help="the first value, where one was asked for")
    ] = None,
    seconds: Annotated[float, typer.Option(help="how long it may look for the fairest lottery")] = 600.0,
) -> None:
    """Lists the panels of which one will be drawn, and why no lottery is fairer. Ends with 2 where no panel keeps the
    quotas, or where the list is less fair than the draw allows."""
    from msgspec.structs import replace

    from ..keys import check_signature
    from ..lots import LotsError
    from ..lots.draws import check_fixed, list_hash, list_panels, write_draw

    draw = _read(file)
    if first is not None:
        draw = replace(draw, first=_value(first))
    try:
        if draw.list is None and draw.specification.algorithm == "leximin/1":
            draw = replace(draw, list=list_panels(draw.specification, draw.pool, draw.first, seconds=seconds))
        fair = check_fixed(draw, check_signature)
    except LotsError as error:
        stop(_shown(error))
    _write(out, write_draw(draw))
    if fair is None:
        typer.echo("Whoever is first in the order will sit: there is no list.")
    else:
        typer.echo(f"Listed, under {list_hash(draw.list).hex()}. {_chances(fair.chances, fair.cuts)}")


def draw(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="a draw whose panels are listed")],
    out: Annotated[Path, typer.Argument(metavar="OUT")],
    second: Annotated[str | None, typer.Option(metavar="FILE_OR_URL", help="what the beacon or the dice said")] = None,
    given: Annotated[Path | None, typer.Option(metavar="FILE", help="what members contributed")] = None,
    accepted: Annotated[list[int] | None, typer.Option(metavar="ROW")] = None,
    declined: Annotated[list[int] | None, typer.Option(metavar="ROW", help="the next in the order comes in")] = None,
) -> None:
    """Closes what members gave, before chance speaks; draws the panel, once; then takes down who accepted or declined,
    and who comes in. Ends with 2 where something before it does not hold."""
    from msgspec.structs import replace

    from ..keys import check_signature
    from ..lots import LotsError
    from ..lots.draws import Answer, answered, check_given, complete, verify, write_draw

    told = _read(file)
    answers = [Answer(person=one, answer="declined", reason=None) for one in declined or ()]
    answers += [Answer(person=one, answer="accepted", reason=None) for one in accepted or ()]
    try:
        if given is not None:
            told = replace(told, closing=_closing(given))
        if second is not None:
            told = complete(told, _value(second), check_signature)
        for one in answers:
            told = answered(told, one, check_signature)
        if told.second is None:
            said = f"Closed, under {check_given(told, check_signature)[1].hex()}. Chance can speak."
        else:
            said = "\n".join(_in_words(told, verify(told, check_signature)))
    except LotsError as error:
        stop(_shown(error))
    _write(out, write_draw(told))
    typer.echo(said)


def verify_draw(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="the published draw")],
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object")] = False,
    row: Annotated[int | None, typer.Option(help="my row, from 0")] = None,
    name: Annotated[str, typer.Option(help="who I am in it")] = "",
    salt: Annotated[str, typer.Option(help="the salt that I was handed")] = "",
) -> None:
    """Draws again by what the file says, without a solver and without asking anybody.

    Exit 0: all is right. Exit 1: what is wrong, and where. Exit 2: this is no draw to check.
    """
    from ..keys import check_signature
    from ..lots.draws import DrawError, check_row, verify

    told = _read(file)
    try:
        found = verify(told, check_signature)
        if row is not None:
            check_row(told, row, _salt(salt), name)
    except DrawError as error:
        _wrong(file, told, error, as_json)
    if as_json:
        typer.echo(json.dumps(_as_json(file, told, found)))
        return
    lines = _in_words(told, found)
    if row is not None:
        lines.append(f"Row {row} is yours; your chance was {float(found.chances[row]):.2%}.")
    typer.echo("\n".join(lines))


def _read(file: Path) -> "Draw":
    from ..lots.draws import DrawError, read_draw
    from ..lots.draws.formats import MOST_BYTES

    try:
        return read_draw(read_plain(file, MOST_BYTES))
    except OSError as error:
        stop(f"{file} could not be read: {error.strerror or error}.")
    except DrawError as error:
        stop(f"{file} is no draw. {_shown(error)}")


def _write(path: Path, data: bytes, *, secret: bool = False) -> None:
    """The file is there; nothing that was there before is lost."""
    try:
        if secret:
            write_secret(path, data)
        else:
            with path.open("xb") as sink:
                sink.write(data)
    except FileExistsError:
        stop(f"{path} is there already: name a new file.")
    except OSError as error:
        stop(f"{path} could not be written: {error.strerror or error}.")


def _bytes(place: str) -> bytes:
    try:
        if not is_address(place):
            return read_plain(place, MOST_VALUE)
        with tempfile.TemporaryDirectory() as folder:
            fetch(place, Path(folder, "value"), MOST_VALUE)
            return Path(folder, "value").read_bytes()
    except OSError as error:
        stop(f"{place} could not be read: {error.strerror or error}.")


def _value(place: str) -> "Value":
    """A round as the beacon tells it, or dice as they were written down."""
    import msgspec

    from ..lots.draws import Rolled, Round, read_published

    data = _bytes(place)
    try:
        told = msgspec.json.decode(data)
        if isinstance(told, dict) and "shown" in told:
            return msgspec.convert({"type": "dice"} | told, Rolled)
        found = read_published(data)
        kept = {"type": "drand", "chain": found.chain, "round": found.round, "signature": found.signature}
        return msgspec.convert(kept, Round)
    except (msgspec.MsgspecError, KeyError, TypeError, ValueError, RecursionError) as error:
        stop(f"{place} is neither a round of the beacon nor dice: {error}.")


def _closing(path: Path) -> Any:
    import msgspec

    from ..lots.draws import Closing

    try:
        return msgspec.json.decode(_bytes(str(path)), type=Closing)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        stop(f"{path} does not say what was contributed: {error}.")


def _salt(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        stop("A salt is 32 small hex digits.")


def _shown(error: Exception) -> str:
    from ..polity.kernel.refusals import shown

    return shown(str(error))


def _wrong(file: Path, told: "Draw", error: "DrawError", as_json: bool) -> NoReturn:
    if as_json:
        finding = {"purpose": told.specification.purpose, "seed": None, "panel": None, "reserves": None}
        why = {"why": error.why, "where": error.where}
        typer.echo(json.dumps({"file": str(file), "ok": False, **finding, **why}))
    else:
        typer.echo(f"This draw is not right. {_shown(error)}")
    raise typer.Exit(1)


def _as_json(file: Path, told: "Draw", found: "Drawn") -> dict[str, Any]:
    return {
        "file": str(file), "ok": True, "purpose": told.specification.purpose, "seed": found.seed.hex(),
        "panel": found.panel, "reserves": found.reserves, "why": None, "where": None, "empty": found.empty,
        "accepted": found.accepted, "least_chance": float(min(found.chances)),
        "greatest_chance": float(max(found.chances)), "cuts": found.cuts, "withheld": found.withheld,
        "on_the_record": found.on_the_record,
    }  # fmt: skip


ON_THE_RECORD = {
    "contributions": "who contributed",
    "witnesses": "what the witnesses saw",
    "closing": "that what was contributed was there before chance spoke",
    "answers": "who declined",
}


def _in_words(told: "Draw", found: "Drawn") -> list[str]:
    from ..polity.kernel.refusals import shown

    lines = [
        shown(f"{told.specification.organization}: {told.specification.purpose}."),
        f"Seed {found.seed.hex()}.",
        f"The panel: rows {_rows(found.panel)}.",
        f"Next in the order: {_rows(found.reserves)}.",
        _chances(found.chances, found.cuts),
    ]
    if told.list is not None:
        below = told.specification.short / 10_000
        lines.append(f"By its certificate nobody’s chance is more than {below:g} percentage points below the fairest.")
    if found.empty:
        lines.append(f"Empty seats, for which nobody keeps the quotas: {found.empty}.")
    if found.withheld:
        lines.append(shown(f"Never showed what they had committed to: {', '.join(found.withheld)}."))
    if found.on_the_record:
        what = " and ".join(ON_THE_RECORD[each] for each in found.on_the_record)
        lines.append(f"The record has to show {what}: check it with frombelow verify.")
    return lines


def _rows(people: Any) -> str:
    return ", ".join(map(str, people)) or "nobody"


def _chances(chances: Any, cuts: int) -> str:
    least, most = float(min(chances)), float(max(chances))
    said = f"Chances: {least:.2%} to {most:.2%}." if least < most else f"Chances: {least:.2%} for everybody."
    return f"{said} That no lottery is fairer rests on {cuts:,} cuts, which take a solver to see." if cuts else said
