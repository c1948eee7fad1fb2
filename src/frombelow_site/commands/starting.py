"""``frombelow init`` and ``frombelow demo``: an organization where there was none."""

import secrets
import shutil
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from frombelow.cli.keys import ASKING
from frombelow.cli.passphrases import ask_passphrase
from frombelow.files import read_plain
from frombelow.keys.files import KeyFile, KeyFileError, write
from frombelow.polity import RulebookError, read_rulebook
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.kernel.fields import Title
from frombelow.polity.kernel.ids import PersonId, encode_id
from frombelow.polity.rulebook.templates import ENGLISH, language_tag, languages, templates, words_for
from frombelow.polity.rulebook.templates import template as read_template
from frombelow.roll import mail_fault, name_fault
from frombelow.roll.sentences import shown
from frombelow_site.door.key import make_keys, slug

from .folder import HERE, Data, stop, use_folder
from .hosts import read_hosts
from .telling import called, find_person

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
    host: Annotated[
        list[str] | None, typer.Option(help="a host at which the pages will stand, by https; once for each")
    ] = None,
    key_file: Annotated[
        Path | None,
        typer.Option(help="where to write the key of who founds; else NAME.key in the folder where you are"),
    ] = None,
    no_key: Annotated[bool, typer.Option("--no-key", help="found without a key: on the word of this machine")] = False,
) -> None:
    """Found an organization in a new folder. The first founder gets a key in a file, encrypted with a passphrase, which
    seals the founding."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        stop(f"{folder} is not empty. Choose a new folder; nothing was changed.")
    tag, founders = _language(language), [_founder(text) for text in founder or []]
    rulebook = _rulebook(template, zone, tag)
    holders = _holders(office or [], rulebook, [who for who, _mail in founders] or [""])
    name, origin = _title("name", name), _title("record’s name", origin or f"{slug(name)}/record")
    hosts, first = read_hosts(host or []), PersonId(encode_id(secrets.token_bytes(16)))
    if no_key and key_file:
        stop("Either a key is written (--key-file) or there is none (--no-key). Nothing was changed.")
    place = key_file or Path(f"{slug(founders[0][0]) if founders else 'founder'}.key")
    key, there = None if no_key else _write_key(place, origin, first), folder.exists()
    try:
        make_keys(folder, origin)
        use_folder(folder)
        founders = founders or [(_nobody_named(tag), "")]
        with_key = {"first": first, "key": key.signing if key else None, "hosts": hosts}
        ids = _found(folder.resolve(), founders, name=name, rulebook=rulebook, holders=holders, **with_key)
    except BaseException:
        if key:
            place.unlink()  # a key of nobody, in an organization that is not
        _empty(folder, keep=there)
        raise
    typer.echo(f"{name} is founded in {folder}. Its record is called {origin}.")
    _tell_founders(dict(zip(ids, (who for who, _mail in founders), strict=True)))
    if template in templates() and words_for(tag) == ENGLISH and tag.lower().split("-")[0] != ENGLISH:
        typer.echo(f"  Its rules are in English: there are no words in {tag} yet. The members can put others there.")
    _tell_key(key, place, founders[0][0])
    sealed = f"--key {place} " if key else "--key FILE "
    typer.echo(f"Next: frombelow import-roll FILE.csv {sealed}--data {folder}   and   frombelow serve --data {folder}")


def _tell_founders(founders: dict[PersonId, str]) -> None:
    """How each signs in, and who holds which office."""
    from frombelow_site.accounts.sheets import issue

    for person, who in founders.items():
        typer.echo(f"  {who} signs in once with the printed code {issue(person, SERVER)}")
    _tell_offices(founders)


def _found(folder: Path, founders: list[tuple[str, str]], **said: Any) -> list[PersonId]:
    from frombelow.polity import Refused
    from frombelow_site.door.founding import Founder, found

    try:
        return found(folder, folder / "copy", founders=[Founder(*pair) for pair in founders], **said)[1]
    except Refused as refused:
        stop(f"{refused} Nothing was founded.")


def _empty(folder: Path, *, keep: bool) -> None:
    """Nothing is left in the folder, nor the folder, if it was not there before."""
    for each in folder.iterdir() if folder.exists() else ():
        shutil.rmtree(each) if each.is_dir() else each.unlink()
    if folder.exists() and not keep:
        folder.rmdir()


def _title(what: str, text: str) -> str:
    try:
        return msgspec.convert(text, Title)
    except msgspec.ValidationError:
        stop(f"The {what} cannot be {text[:40]!r}: it is one line of at most 200 letters. Nothing was changed.")


def _write_key(place: Path, origin: str, person: PersonId) -> KeyFile:
    """A new key of the founder's, in its file. Exits with 2 where it cannot be there, or there is no passphrase."""
    key = KeyFile.generate(origin, person)
    try:
        write(place, key, lambda: ask_passphrase(*ASKING, new=True))
    except KeyFileError as error:
        stop(f"{error} Nothing was founded. Choose another file with --key-file, or found without a key: --no-key.")
    return key


def _tell_key(key: KeyFile | None, place: Path, founder: str) -> None:
    if key is None:
        typer.echo(
            f"  {founder} has no key: until they bind one, whoever runs this machine can act in their name.\n"
            f"  Make one: frombelow key new --out FILE, then frombelow key bind FILE --person “{founder}”."
        )
        return
    typer.echo(
        f"  The key of {founder} is in {place}, and sealed the founding. It is theirs: take it off this machine when "
        f"others\n  run it too, keep a copy and the passphrase elsewhere, and let nothing stand without it: "
        f"frombelow key only --key {place}"
    )


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
    from frombelow.polity import Refused
    from frombelow_site.accounts.sheets import issue
    from frombelow_site.door import Closed

    person = find_person(mail)
    try:
        code = issue(person, SERVER)
    except (Refused, Closed) as refused:
        stop(str(refused))
    typer.echo(f"{called(person)} signs in once with {code}. That it was printed stands in the record.")
