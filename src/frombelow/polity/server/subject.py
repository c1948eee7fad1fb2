"""The server as a subject: what is registered of it."""

from ..kernel.act import SERVER
from ..kernel.judging import nothing
from ..kernel.subject import Author, Kind, Subject
from . import acts, rules

SUBJECT = Subject(
    name="server",
    title="Server",
    kinds=(
        Kind(
            acts.Start, rules.judge_start, nothing,
            sentence="The server started (version {version}).", label="start", cites="server", authors=(SERVER,),
            after_the_end=True,
        ),
        Kind(
            acts.Backup, rules.judge_size, nothing,
            sentence="A backup was made of {size} entries.", label="backup", cites="server", authors=(SERVER,),
            after_the_end=True,
        ),
        Kind(
            acts.Restore, rules.judge_size, nothing,
            sentence="The server went on from a backup of {size} entries; {recovered} came back from the copy.",
            label="restored", cites="server", authors=(SERVER,), after_the_end=True,
        ),
        Kind(
            acts.Settings, rules.judge_settings, nothing,
            sentence="{by} changed a setting of the server: {name}.", label="setting changed", cites="server",
            marks=lambda act: (("setting", act.name, act.value),),
        ),
    ),
    refusals={"setting-unknown": "there is no such setting."},
    authors=(Author(SERVER, "The server", rules.check_server),),
)  # fmt: skip
