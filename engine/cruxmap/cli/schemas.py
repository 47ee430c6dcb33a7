"""`cruxmap schema`: JSON Schemas of the entries."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cruxmap.cli.output import Output, common


@click.command(epilog="Example: cruxmap schema proposal")
@click.argument("kind", required=False)
@click.option(
    "--to", "folder", metavar="DIR", help="Write one KIND.schema.json for each kind into this folder."
)
@common
def command(kind: str | None, folder: str | None, *, output: Output, workspace: str | None) -> None:  # noqa: ARG001 - every command takes it
    """Print the JSON Schema of a kind of entry, or list the kinds.

    Entries name their schema in the first line, so that editors complete and check them while typing.
    """
    from cruxmap.errors import UnknownIdError
    from cruxmap.model.entries import KINDS
    from cruxmap.model.schema import file_schema, schema_text

    if folder:
        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        for name in KINDS:
            (target / f"{name}.schema.json").write_text(schema_text(name), encoding="utf-8")
        click.echo(f"{len(KINDS)} schemas written to {target}", err=True)
    elif kind is None:
        if output.json:
            output.document({"schema": 1, "kinds": {name: file_schema(name) for name in KINDS}})
        else:
            for name in KINDS:
                output.line(name)
    elif kind not in KINDS:
        raise UnknownIdError(
            kind,
            "kind",
            [name for name in KINDS if name.startswith(kind[:3])] or list(KINDS),
            ambiguous=False,
        )
    else:
        click.echo(json.dumps(file_schema(kind), ensure_ascii=False, indent=2))
