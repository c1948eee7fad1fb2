"""The commands of ``frombelow`` that need the site. Each opens one data folder."""

import typer


def register(app: typer.Typer) -> None:
    """The site's commands are in the command line. Raises ModuleNotFoundError where Django is not installed."""
    import django  # noqa: F401  asked for now, so that no command is offered that could not run

    from frombelow.cli.keys import keys as key
    from frombelow.cli.witness import witnesses as witness

    from . import acts, clock, hosts, keeping, keys, mail, roll, serving, starting, witnesses
    from .plainly import plainly

    app.command("init")(plainly(starting.init))
    app.command("demo")(plainly(starting.demo))
    app.command("serve")(plainly(serving.serve))
    app.command("act")(plainly(acts.act))
    app.command("import-roll")(plainly(roll.import_roll))
    app.command("rebuild")(plainly(keeping.rebuild))
    app.command("doctor")(plainly(keeping.doctor))
    app.command("backup")(plainly(keeping.backup))
    app.command("restore")(plainly(keeping.restore))
    app.command("hand-in-again")(plainly(keeping.hand_in_again))
    app.command("resume")(plainly(keeping.resume))
    app.command("upgrade")(plainly(keeping.upgrade))
    app.command("hosts")(plainly(hosts.hosts))
    app.command("sign-in-code")(plainly(starting.sign_in_code))
    key.command("bind")(plainly(keys.bind))
    key.command("add")(plainly(keys.add))
    key.command("list")(plainly(keys.list_keys))
    key.command("end")(plainly(keys.end))
    key.command("keep")(plainly(keys.keep))
    key.command("receive")(plainly(keys.receive))
    key.command("ballot")(plainly(keys.ballot))
    key.command("only")(plainly(keys.only))
    key.command("loosen")(plainly(keys.loosen))
    key.command("vouch")(plainly(keys.vouch))
    key.command("stop")(plainly(keys.stop_request))
    witness.command("set")(plainly(witnesses.set_witnesses))
    record = typer.Typer(no_args_is_help=True, help="The record as a file.")
    record.command("export")(plainly(keeping.export))
    app.add_typer(record, name="record")
    letters = typer.Typer(no_args_is_help=True, help="Letters to members.")
    letters.command("bounced")(plainly(mail.bounced))
    app.add_typer(letters, name="mail")
    time = typer.Typer(no_args_is_help=True, help="The server’s clock.")
    time.command("confirm")(plainly(clock.confirm))
    app.add_typer(time, name="time")
