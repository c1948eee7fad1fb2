"""``frombelow init`` and ``frombelow demo``: an organization where there was none."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from frombelow.files import read_plain
from frombelow.polity import RulebookError, read_rulebook
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.rulebook.templates import ENGLISH, language_tag, languages, templates, words_for
from frombelow.polity.rulebook.templates import template as read_template
from frombelow.roll import mail_fault, name_fault
from frombelow.roll.sentences import shown
from frombelow_site.door.key import make_keys, slug

from .folder import HERE, Data, stop, use_folder

RULES_MOST = 1_000_000  # bytes
DEMO_ORIGIN = "demo-tenants-union/record"


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="a new or empty folder")],
    template: Annotated[str, typer.Option(help="the rulebook to start from: a template’s name, or a TOML file")],
    name: Annotated[str, typer.Option(help="the organization's name")],
    founder: Annotated[
        list[str] | None, typer.Option(help="“Ada Lopez <ada@example.org>”; once for each founder")
    ] = None,
    office: Annotated[
        list[str] | None,
        typer.Option(
            help="“secretary=Ada Lopez”: who of the founders holds an office until the members fill it (“secretary” "
            "where one founds alone); once for each, and all others stay empty. Without any of this each founder holds "
            "one office at most, first that which admits members, as nobody could come without it"
        ),
    ] = None,
    zone: Annotated[str, typer.Option(help="the time zone in which days end")] = "Etc/UTC",
    language: Annotated[str, typer.Option(help=f"the language of the rules: {', '.join(languages())}")] = ENGLISH,
    origin: Annotated[str, typer.Option(help="the record's own name, for good; else made of the name")] = "",
) -> None:
    """Found an organization in a new folder."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        stop(f"{folder} is not empty. Choose a new folder; nothing was changed.")
    tag, founders = _language(language), [_founder(text) for text in founder or []]
    rulebook = _rulebook(template, zone, tag)
    holders = _holders(office or [], rulebook, [who for who, _mail in founders] or [""])
    origin = origin or f"{slug(name)}/record"
    make_keys(folder, origin)
    use_folder(folder)
    from frombelow_site.door.founding import Founder, found

    founders = founders or [(_nobody_named(tag), "")]
    _, ids = found(
        folder.resolve(), folder.resolve() / "copy", name=name, rulebook=rulebook,
        founders=[Founder(*pair) for pair in founders], holders=holders,
    )  # fmt: skip
    from frombelow.polity.kernel.act import SERVER
    from frombelow_site.accounts.sheets import issue

    typer.echo(f"{name} is founded in {folder}. Its record is called {origin}.")
    for (who, _), person in zip(founders, ids, strict=True):
        typer.echo(f"  {who} signs in once with the printed code {issue(person, SERVER)}")
    _tell_offices(dict(zip(ids, (who for who, _mail in founders), strict=True)))
    if template in templates() and words_for(tag) == ENGLISH and tag.lower().split("-")[0] != ENGLISH:
        typer.echo(f"  Its rules are in English: there are no words in {tag} yet. The members can put others there.")
    typer.echo(f"Next: frombelow import-roll FILE.csv --data {folder}   and   frombelow serve --data {folder}")


def _language(text: str) -> str:
    try:
        return language_tag(text)
    except ValueError as error:
        stop(f"The language cannot be: {error}.")


def _nobody_named(language: str) -> str:
    """What the founder is called until somebody gives a name."""
    from django.utils.translation import gettext, override

    with override(words_for(language)):
        return gettext("Founder")


def _rulebook(template: str, zone: str, language: str) -> str:
    """The text of the rulebook to start from, if it can stand."""
    if template.endswith(".toml"):
        try:
            rulebook = read_plain(template, RULES_MOST).decode()
        except OSError as error:
            stop(f"{template} cannot be read: {error.strerror or error}.")
        except UnicodeDecodeError as error:
            stop(f"{template} cannot be read: {error}")
    elif template in templates():
        rulebook = read_template(template, zone=zone, language=language)
    else:
        stop(f"There is no template “{template}”. There are: {', '.join(templates())}.")
    try:
        read_rulebook(rulebook)
    except RulebookError as error:
        stop(f"The rulebook cannot stand: {error}")
    return rulebook


def _holders(chosen: list[str], rulebook: str, founders: list[str]) -> dict[str, list[int]] | None:
    """For each office the places of the founders who were chosen for it; None where nothing was said."""
    if not chosen:
        return None
    offices = {office.key: office for office in read_rulebook(rulebook).offices}
    holders: dict[str, list[int]] = {key: [] for key in offices}
    for text in chosen:
        key, _, who = (part.strip() for part in text.partition("="))
        if key not in offices:
            stop(f"There is no office “{key}” in these rules. There are: {', '.join(offices)}.")
        who = who or (founders[0] if len(founders) == 1 else "")
        if founders.count(who) != 1:
            stop(f"Who holds the office “{key}”? Say it as in “--office {key}={founders[0]}”, not “{text}”.")
        if (place := founders.index(who)) not in holders[key]:
            holders[key].append(place)
        if len(holders[key]) > offices[key].seats:
            stop(f"More founders were named for the office “{key}” than it has seats: {offices[key].seats}.")
    return holders


def _tell_offices(called: dict[PersonId, str]) -> None:
    """Who holds which office, and which nobody does."""
    from frombelow_site.door import polity

    offices = polity().offices.values()
    for office in offices:
        if office.holders:
            typer.echo(f"  {office.title}: {', '.join(called[mandate.person] for mandate in office.holders)}")
    if empty := [office.title for office in offices if not office.holders]:
        typer.echo(f"  Nobody yet: {', '.join(empty)}. The members fill an office by a motion.")


def _founder(text: str) -> tuple[str, str]:
    """The founder's name and address, as a roll could hold them."""
    who, written, rest = text.partition("<")
    who, mail = who.strip().strip('"'), rest.strip().removesuffix(">").strip()
    if not who:
        stop(f"A founder is written like “Ada Lopez <ada@example.org>”, not “{shown(text)}”.")
    if why := name_fault(who) or (mail_fault(mail) if written else None):
        stop(f"The founder “{shown(text)}” cannot be: {why.sentence()}")
    return who, mail


def demo(
    data: Data = HERE / "demo",
    port: Annotated[int, typer.Option(help="the port on which to serve")] = 8000,
    only_make: Annotated[
        bool, typer.Option("--only-make", help="make the organization and print the links; do not serve it")
    ] = False,
) -> None:
    """A tenants' union of 240 people in the middle of a dispute about its chair, made if need be, and served."""
    new = not (data / "record.key").exists()
    if new:
        make_keys(data, DEMO_ORIGIN)
    elif (data / "record.key").read_text().partition(" ")[0] != DEMO_ORIGIN:
        stop(f"{data} holds an organization that is no demonstration. Choose another folder; nothing was changed.")
    use_folder(data)
    from frombelow_site.demo import cast, make_demo

    if new:
        typer.echo("Making the demo organization: 240 tenants, four months of their record …")
        try:
            make_demo(data.resolve(), data.resolve() / "copy")
        except BaseException:
            shutil.rmtree(data)  # half a story would be served as a whole one the next time
            raise
    from frombelow_site.accounts.links import make_link

    from .serving import check_port, run_server

    if not only_make:
        check_port(port)
    address = f"http://localhost:{port}"
    typer.echo(f"\n{address}   (stop with Ctrl-C)\n\nSign in as:")
    for who, why, person in cast():
        typer.echo(f"  {who}, {why}:\n    {address}{make_link(person)}")
    if not only_make:
        run_server(data, "127.0.0.1", port)


def sign_in_code(
    mail: Annotated[str, typer.Argument(help="the member's mail address or name")], data: Data = HERE
) -> None:
    """Print a code with which a member signs in once, where there is no mail."""
    use_folder(data)
    from django.db.models import Q

    from frombelow.polity import Refused
    from frombelow.roll import normalised_mail, normalised_name
    from frombelow_site.accounts.sheets import issue
    from frombelow_site.door import Closed
    from frombelow_site.people.models import Card

    found = list(Card.objects.filter(Q(mail_key=normalised_mail(mail)) | Q(name_key=normalised_name(mail)))[:2])
    if len(found) != 1:
        stop(f"{'Nobody' if not found else 'More than one person'} has the name or address “{mail}”.")
    try:
        code = issue(found[0].person, SERVER)
    except (Refused, Closed) as refused:
        stop(str(refused))
    typer.echo(f"{found[0].name} signs in once with {code}. That it was printed stands in the record.")
