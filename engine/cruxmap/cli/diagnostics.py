"""Exit codes and everything that goes to stderr."""

from __future__ import annotations

import json
import os
import sys
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import click

from cruxmap.errors import BrokenCorpusError, CruxmapError
from cruxmap.plain import escaped, plain_line

if TYPE_CHECKING:
    from collections.abc import Sequence


class ExitCode(IntEnum):
    """What the exit status of a command means."""

    DONE = 0
    FOUND = 1
    """The command worked and found something wrong."""
    USAGE = 2
    """Bad usage or bad input."""
    INTERRUPTED = 130


def run(command: click.Command, arguments: Sequence[str]) -> int:
    """Run a command and turn whatever goes wrong into one message and an exit code, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    as_json = "--json" in arguments
    try:
        result = command.main(list(arguments), prog_name="cruxmap", standalone_mode=False)
        sys.stdout.flush()
    except CruxmapError as error:
        return _report(_described(error), as_json=as_json)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        return _report({"code": "E903", "message": _usage_message(error)}, as_json=as_json)
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        _forget_stdout()
        return ExitCode.DONE
    except RecursionError:
        return _report({"code": "E904", "message": "the input is nested too deeply"}, as_json=as_json)
    return int(result) if isinstance(result, int) else ExitCode.DONE


def _usage_message(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    hint = f" Try '{context.command_path} --help'." if context is not None else ""
    return error.format_message() + hint


def _described(error: CruxmapError) -> dict[str, Any]:
    described: dict[str, Any] = {"code": error.code, "message": str(error)}
    if isinstance(error, BrokenCorpusError):
        first = error.problems[0]
        place = {"path": first.path, "line": first.line, "column": first.column}
        described |= {"message": first.message, "hint": first.hint, "problems": len(error.problems), **place}
        described["text"] = str(error)
    for name in ("path", "line", "column"):
        if name not in described and getattr(error, name, None) is not None:
            value = getattr(error, name)
            described[name] = value if isinstance(value, int) else str(value)
    return described


def _report(described: dict[str, Any], *, as_json: bool) -> int:
    text = described.pop("text", described["message"])
    if as_json:
        places = {"path": None, "line": None, "column": None}
        click.echo(escaped(json.dumps({"error": places | described}, ensure_ascii=False, sort_keys=True)))
    click.echo(f"cruxmap: {plain_line(text)}", err=True)
    return ExitCode.USAGE


def _forget_stdout() -> None:
    """Keep Python from complaining at exit about a reader that has gone away."""
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, sys.stdout.fileno())
