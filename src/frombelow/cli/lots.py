"""``frombelow lots``: panels by lot, from files of quotas and people."""

import json
import re
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

lots = typer.Typer(no_args_is_help=True, help="Panels drawn by lot, under quotas, with chances as alike as can be.")


@lots.command("solve")
def solve(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="holds categories.csv and respondents.csv")],
    size: Annotated[int | None, typer.Option(help="how many sit on the panel; else what DIR's name ends with")] = None,
    panels: Annotated[int | None, typer.Option(help="so many panels that are all as likely, instead of all")] = None,
    household: Annotated[str | None, typer.Option(metavar="COLUMN", help="of each home at most one sits")] = None,
    seconds: Annotated[float, typer.Option(help="how long it may look for the fairest lottery")] = 600.0,
    as_json: Annotated[bool, typer.Option("--json", help="panels, probabilities, certificate as JSON")] = False,
) -> None:
    """The fairest chances that the quotas allow (leximin). What cannot be read or kept ends it with 2 and a
    sentence."""
    from ..lots import LotsError, leximin, read_column, read_pool

    try:
        pool = read_pool(folder / "categories.csv", folder / "respondents.csv", size or _size(folder))
        if household is not None:
            pool = pool.apart(read_column(folder / "respondents.csv", household))
        found = leximin(pool, seconds=seconds)
    except LotsError as error:
        _stop(str(error))
    if panels is not None and not 1 <= panels <= 100_000:
        _stop("A list has 1 to 100,000 panels.")
    typer.echo(json.dumps(_as_json(folder, found, panels)) if as_json else _in_words(folder, found))


def _size(folder: Path) -> int:
    found = re.search(r"_(\d{1,6})\Z", folder.resolve().name)
    if found is None:
        _stop("How many sit on the panel? Say it with --size, or let the folder's name end with it, as in council_30.")
    return int(found[1])


def _stop(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)


def _figures(folder: Path, found: Any, chances: list[float]) -> dict[str, Any]:
    from ..lots import geometric_mean, gini

    return {
        "instance": folder.resolve().name, "k": found.pool.size, "min": min(chances), "gini": gini(chances),
        "geometric_mean": geometric_mean(chances), "short": found.short,
    }  # fmt: skip


def _as_json(folder: Path, found: Any, many: int | None) -> dict[str, Any]:
    from ..lots import as_likely, certificate_of, with_probabilities

    if many is None:
        told = with_probabilities(found)
        listed, parts = [list(panel) for panel, _share in told], [float(share) for _panel, share in told]
    else:
        listed = [list(panel) for panel in as_likely(found, many)]
        parts = [1 / many] * many
    chances = [0.0] * len(found.pool.people)
    for panel, part in zip(listed, parts, strict=True):
        for person in panel:
            chances[person] += part
    figures = _figures(folder, found, chances)
    return {**figures, "panels": listed, "probabilities": parts, "certificate": certificate_of(found)}


def _in_words(folder: Path, found: Any) -> str:
    pool, chances = found.pool, found.chances
    everyone = [float(chances[kind]) for kind, those in enumerate(pool.members) for _person in those]
    figures = _figures(folder, found, everyone)
    lines = [
        f"{figures['instance']}: {pool.size:,} of {len(pool.people):,}.",
        f"Chances: the least {figures['min']:.4%}, the geometric mean {figures['geometric_mean']:.4%}.",
        f"Gini coefficient: {figures['gini']:.4f}.",
    ]
    lines += _quotas(pool, chances)
    if found.short > 1e-7:
        lines.append(f"The time was over: somebody's chance may be {found.short:.4%} less than it could be.")
    return "\n".join(lines)


def _quotas(pool: Any, chances: Any) -> list[str]:
    """What each quota comes to: how many there are, and how many sit on average."""
    from fractions import Fraction

    from ..lots import standings

    of_person = [Fraction(0)] * len(pool.people)
    for kind, those in enumerate(pool.members):
        for person in those:
            of_person[person] = Fraction(float(chances[kind]))
    return [
        f"{quota.category}, {quota.feature}: {quota.least:,} to {quota.most:,} of the {each.people:,} there are; "
        f"{float(each.seats):.2f} on average."
        for quota, each in zip(pool.quotas, standings(pool, of_person), strict=True)
    ]
