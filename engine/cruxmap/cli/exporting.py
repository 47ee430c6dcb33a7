"""`cruxmap export`: a matrix, a map, an entry, a handout or the sources as a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cruxmap.cli.analysis_options import analysis_options
from cruxmap.cli.output import Output, common, load
from cruxmap.errors import UsageError
from cruxmap.plain import plain_line

if TYPE_CHECKING:
    from cruxmap.cli.analysis_options import Conventions
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap_exports.registry import Format
    from cruxmap_exports.request import Request

STDOUT = "-"
EVERYTHING = "all"
SHOWN_LOSSES = 30


@click.command(
    epilog="Example: cruxmap export matrix --to matrix.html   or: cruxmap export entry 3 --to p3.md"
)
@click.argument("target", required=False, metavar="[WHAT]")
@click.argument("wanted", required=False, metavar="[ID]")
@click.option("--to", "to", metavar="FILE", help="File to write; - for standard output; a folder for all.")
@click.option("--format", "named", metavar="F", help="Format; by default from the suffix of FILE.")
@click.option("--kind", default="proposal", show_default=True, help="Rows: proposal or strategy.")
@click.option("--voice", default="source", show_default=True, help="Who speaks: source, computed or group.")
@click.option("--criteria", metavar="A,B", help="Columns, by id, prefix or heading.")
@click.option("--group-by", metavar="WHAT", help="List rows by mechanism, assumption or stance.")
@click.option("--sort", default="number", show_default=True, help="Rows by number, title or a criterion.")
@click.option("--incomplete", is_flag=True, help="Show entries that are marked as incomplete too.")
@click.option("--long", "long_form", is_flag=True, help="CSV and TSV: one line per cell.")
@click.option("--raw", is_flag=True, help="CSV and TSV: no apostrophe before what looks like a formula.")
@analysis_options
@common
def command(
    target: str | None,
    wanted: str | None,
    to: str | None,
    named: str | None,
    kind: str,
    voice: str,
    criteria: str | None,
    group_by: str | None,
    sort: str,
    *,
    incomplete: bool,
    long_form: bool,
    raw: bool,
    conventions: Conventions,
    output: Output,
    workspace: str | None,
) -> None:
    """Write WHAT to a file; without arguments, list what can be written in which format.

    The file is replaced in one step, so that no half-written file is ever seen, and never stands among the
    entries of the workspace. In CSV and TSV an apostrophe stands before every text that a spreadsheet would
    run as a formula; --raw leaves it out.

    A map is that of everything, of one criterion (--criteria), of an entry, or of what lies around a
    statement or an argument, and with --set that of a scenario; what its format cannot hold is said.

    `all` writes a folder with an index: matrices, maps, entries, handout and works. What a missing program
    cannot write is left out and said.

    JSON without WHAT: schema, formats [{name, title, suffixes, writes, text}]; with WHAT: schema, written
    {target, format, path, bytes}; with `all`: schema, folder, written [{path, bytes}], left_out [{path,
    reason}].
    """
    if target is None:
        _list_formats(output)
        return
    if to is None:
        raise UsageError(
            f"say where to write: cruxmap export {target} --to FILE, or --to - for this terminal"
        )
    if target == EVERYTHING:
        if wanted or named or to == STDOUT:
            raise UsageError("everything goes into one folder in many formats: cruxmap export all --to DIR")
        _write_everything(load(workspace), Path(to), output)
        return
    form = _format(target, to, named, output)
    if target == "matrix" and wanted:
        raise UsageError(f"the matrix is about all entries; leave out {wanted!r}, or choose --criteria")
    kb = load(workspace)
    request = _request(
        kb.find_any(wanted) if wanted and target == "map" else wanted and kb.find(wanted).id,
        conventions,
        kind=kind,
        criteria=tuple(name.strip() for name in (criteria or "").split(",") if name.strip()),
        group_by=group_by,
        sort=sort,
        voice=_voice(kb, _map_voice(target, voice, conventions), conventions),
        incomplete=incomplete,
        raw=raw,
        long=long_form,
    )
    _write(kb, target, form, request, to, output)


def _list_formats(output: Output) -> None:
    from cruxmap_exports.registry import FORMATS, TARGETS

    if output.json:
        formats = [
            {
                "name": form.name,
                "title": form.title,
                "suffixes": list(form.suffixes),
                "writes": sorted(form.writers),
                "text": form.is_text,
            }
            for form in FORMATS.values()
        ]
        output.document({"schema": 1, "formats": formats})
        return
    output.line(output.style("What can be written, and under which suffixes", bold=True))
    for target, meaning in TARGETS.items():
        suffixes = [form.suffixes[0] for form in FORMATS.values() if target in form.writers]
        if suffixes:
            output.line()
            output.line(f"  {output.style(target, bold=True)}  {meaning}")
            output.paragraph(" ".join(suffixes), indent=4, dim=True)
    output.line()
    output.line(f"  {output.style(EVERYTHING, bold=True)}  all of this as one folder with an index")


def _write_everything(kb: KnowledgeBase, folder: Path, output: Output) -> None:
    from cruxmap_exports.everything import everything, write_folder

    done = write_folder(kb, everything(kb), folder, f"What {kb.name} holds")
    if output.json:
        written = [{"path": path, "bytes": size} for path, size in done.written]
        left_out = [{"path": path, "reason": reason} for path, reason in done.left_out]
        output.document({"schema": 1, "folder": str(folder), "written": written, "left_out": left_out})
        return
    click.echo(f"wrote {len(done.written)} files into {folder}; README.md there lists them", err=True)
    for path, reason in done.left_out:
        click.echo(f"left out {path}: {plain_line(reason)}", err=True)


def _format(target: str, to: str, named: str | None, output: Output) -> Format:
    from cruxmap_exports.registry import format_named, format_of, formats_for

    possible = [form.name for form in formats_for(target)]
    if to == STDOUT and named is None:
        raise UsageError(f"--to - needs --format; the {target} can be written as {', '.join(possible)}")
    form = format_named(named) if named else format_of(Path(to), target)
    form.writer(target)
    if to == STDOUT and not form.is_text:
        raise UsageError(f"{form.title} is no text; write it to a file")
    if to == STDOUT and output.json:
        raise UsageError("--to - and --json both want standard output; leave one out")
    return form


def _map_voice(target: str, voice: str, conventions: Conventions) -> str:
    """Let a scenario compute the map that it is asked for: a map of it has no other voice."""
    changed = conventions.settings or conventions.file
    return "computed" if target == "map" and changed and voice == "source" else voice


def _voice(kb: KnowledgeBase, voice: str, conventions: Conventions) -> dict[str, Any]:
    """Options of `KnowledgeBase.matrix` that choose a voice; none for the source."""
    from cruxmap.matrix import require_voice

    require_voice(voice)
    if voice == "computed":
        return {"voice": voice, **conventions.matrix_options(kb)}
    if conventions.settings or conventions.file:
        raise UsageError("stances do not change with credences; add --voice computed to see what moves")
    return {"voice": voice} if voice == "group" else {}


def _request(entry: str | None, conventions: Conventions, **options: Any) -> Request:
    from cruxmap_exports.request import Request

    return Request(entry=entry, standard=conventions.standard, **options)


def _write(kb: KnowledgeBase, target: str, form: Format, request: Request, to: str, output: Output) -> None:
    from cruxmap_exports.writing import check_target, write

    if to == STDOUT:
        data, said = _rendered(kb, target, form, request)
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    path = Path(to)
    check_target(path, kb.roots)
    data, said = _rendered(kb, target, form, request)
    write(path, data, kb.roots)
    if output.json:
        written = {"target": target, "format": form.name, "path": str(path), "bytes": len(data)}
        output.document({"schema": 1, "written": written})
    else:
        click.echo(f"wrote {path}", err=True)
    for sentence in said[:SHOWN_LOSSES]:
        click.echo(f"not kept: {plain_line(sentence)}", err=True)
    if len(said) > SHOWN_LOSSES:
        click.echo(f"not kept: {len(said) - SHOWN_LOSSES} more things", err=True)


def _rendered(
    kb: KnowledgeBase, target: str, form: Format, request: Request
) -> tuple[bytes, tuple[str, ...]]:
    """Return the bytes of a file, and of a map what they do not hold."""
    from cruxmap_exports.registry import render

    if target != "map":
        return render(kb, target, form, request), ()
    from cruxmap_exports.map_export import written

    return written(kb, request, form.name)
