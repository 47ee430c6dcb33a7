"""`cruxmap check`: find everything wrong with a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cruxmap.cli.output import Output, common, count

if TYPE_CHECKING:
    from cruxmap.checking import Report


@click.command(epilog="Example: cruxmap check my-group --format github")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "github"]),
    default="text",
    help="How problems are printed.",
)
@click.option(
    "--open-questions", is_flag=True, help="List critical questions of arguments that nobody has answered."
)
@click.option("--explain", metavar="CODE", help="Print the manual page of a code instead.")
@common
def command(
    paths: tuple[str, ...],
    style: str,
    explain: str | None,
    *,
    open_questions: bool,
    output: Output,
    workspace: str | None,
) -> int:
    """Find everything wrong with a workspace, a folder or single files; exit code 1 on any error.

    In a group's workspace its readers, plans, records and seals are checked with it; no answer is ever told.
    """
    from cruxmap.checking import check
    from cruxmap.checking import explain as manual_page

    if explain:
        output.line(f"{explain.upper()}: {manual_page(explain)}")
        return 0
    if open_questions:
        _print_open_questions(output, workspace)
        return 0
    report = _with_sessions(check(paths, workspace), paths, workspace)
    if output.json:
        output.document(_data(report))
    else:
        _print(report, output, style)
    return 0 if report.ok else 1


def _with_sessions(report: Report, paths: tuple[str, ...], workspace: str | None) -> Report:
    """Add what is wrong with the meetings of every workspace that is checked as a whole."""
    from dataclasses import replace
    from pathlib import Path

    from cruxmap.corpus import find_workspace

    roots = [find_workspace(path) for path in paths if Path(path).is_dir()]
    roots = roots if paths else [find_workspace(workspace)]
    found = []
    for root in roots:
        # Most workspaces have no meetings, and need not wait for the models of these to be imported.
        if (root / "readers.yaml").exists() or (root / "sessions").is_dir():
            from cruxmap.group.checking import session_problems
            from cruxmap.loading import load

            problems = session_problems(root, load(root) if report.ok else None)
            found += [replace(item, path=_typed(item.path)) for item in problems]
    return replace(report, problems=tuple(sorted({*report.problems, *found}))) if found else report


def _typed(path: str) -> str:
    """A path as one would type it in the current folder."""
    import os

    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative


def _data(report: Report) -> dict[str, object]:
    return {
        "schema": 1,
        "ok": report.ok,
        "entries": report.entries,
        "statements": report.statements,
        "arguments": report.arguments,
        "problems": [
            {
                "path": problem.path,
                "line": problem.line,
                "column": problem.column,
                "code": problem.code,
                "severity": problem.severity.value,
                "message": problem.message,
                "hint": problem.hint,
            }
            for problem in report.problems
        ],
    }


def _print(report: Report, output: Output, style: str) -> None:
    from cruxmap.plain import plain_line

    for problem in report.problems:
        if style == "github":
            place = f"file={problem.path},line={problem.line},col={problem.column},title={problem.code}"
            hint = f" ({problem.hint})" if problem.hint else ""
            output.line(plain_line(f"::{problem.severity.value} {place}::{problem.message}{hint}"))
        else:
            output.line(output.glyphs(plain_line(problem.render())))
    numbers = (count(report.entries, "entry", "entries"), count(report.statements, "statement"))
    size = ", ".join((*numbers, count(report.arguments, "argument")))
    verdict = "no problems" if not report.problems else count(len(report.problems), "problem")
    click.echo(f"{size}: {verdict}", err=bool(report.problems))


def _print_open_questions(output: Output, workspace: str | None) -> None:
    """Print the open questions of each scheme once, with the arguments that they are open for."""
    from cruxmap.cli.output import load
    from cruxmap.open_questions import open_questions

    kb = load(workspace)
    found = open_questions(kb)
    if output.json:
        rows = [
            {"argument": item.argument, "entry": item.entry, "scheme": item.scheme, "question": item.question}
            | {"text": item.text}
            for item in found
        ]
        output.document({"schema": 1, "questions": rows})
        return
    asked = dict.fromkeys((item.scheme, item.question, item.text) for item in found)
    last = ""
    for scheme, question, text in asked:
        if scheme != last:
            output.heading(str(getattr(kb.entries[scheme], "title", scheme)))
            last = scheme
        output.paragraph(text, indent=2, first=f"? {question}: ", hang=2)
        names = [item.argument for item in found if (item.scheme, item.question) == (scheme, question)]
        output.paragraph(f"open for {', '.join(names)}", indent=4, dim=True)
    output.line()
    output.line(f"{count(len(found), 'open critical question')}. A reply with `answers:` closes one.")
