"""The commands of ``frombelow`` that need the site. Each opens one data folder."""

import typer


def register(app: typer.Typer) -> None:
    """The site's commands are in the command line. Raises ModuleNotFoundError where Django is not installed."""
    import django  # noqa: F401  asked for now, so that no command is offered that could not run

    from . import keeping, roll, serving, starting

    app.command("init")(starting.init)
    app.command("demo")(starting.demo)
    app.command("serve")(serving.serve)
    app.command("import-roll")(roll.import_roll)
    app.command("rebuild")(keeping.rebuild)
    app.command("doctor")(keeping.doctor)
    app.command("backup")(keeping.backup)
    app.command("restore")(keeping.restore)
    app.command("upgrade")(keeping.upgrade)
    app.command("sign-in-code")(starting.sign_in_code)
    record = typer.Typer(no_args_is_help=True, help="The record as a file.")
    record.command("export")(keeping.export)
    app.add_typer(record, name="record")
