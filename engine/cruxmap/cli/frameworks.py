"""`cruxmap af`: the tasks of the argumentation competition on a framework from a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import click

from cruxmap.cli.output import Output, common
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cruxmap.analysis.frameworks import ArgumentationFramework

PROBLEMS = {
    "EE": "all extensions",
    "SE": "one extension",
    "DC": "is the argument in some extension",
    "DS": "is the argument in every extension",
    "CE": "how many extensions",
}
SEMANTICS = {
    "GR": "grounded",
    "CO": "complete",
    "PR": "preferred",
    "ST": "stable",
    "SST": "semi-stable",
    "STG": "stage",
    "ID": "ideal",
}


@dataclass(frozen=True, slots=True)
class Task:
    """A problem under a semantics: `DS-PR` asks for sceptical acceptance under preferred."""

    problem: str
    semantics: str

    def __str__(self) -> str:
        code = next(code for code, name in SEMANTICS.items() if name == self.semantics)
        return f"{self.problem}-{code}"

    @property
    def asks_about_an_argument(self) -> bool:
        """Whether the task needs `-a`."""
        return self.problem in ("DC", "DS")


@click.command(epilog="Example: cruxmap af docs/examples/courtroom.tgf --task DS-PR -a guilty")
@click.argument("file", metavar="FILE", type=click.Path())
@click.option("--task", "wanted", required=True, metavar="TASK", help="Problem and semantics, as EE-PR.")
@click.option("-a", "--argument", metavar="ARGUMENT", help="The argument that DC and DS ask about.")
@click.option("--format", "file_format", metavar="FORMAT", help="tgf, apx or iccma; else the suffix decides.")
@click.option("--budget", type=click.FloatRange(min=0.0), help="Seconds to search; no limit when left out.")
@common
def command(
    file: str,
    wanted: str,
    argument: str | None,
    file_format: str | None,
    budget: float | None,
    *,
    output: Output,
    workspace: str | None,  # noqa: ARG001 - every command takes it
) -> None:
    r"""Extensions of an abstract framework, and what they accept.

    TASK joins a problem and a semantics: EE (all extensions), SE (one), CE (how many), DC (is ARGUMENT in
    some extension), DS (in every one); GR grounded, CO complete, PR preferred, ST stable, SST semi-stable,
    STG stage, ID ideal.

    The output follows the rules of ICCMA 2023: YES or NO, and after `w` the arguments of an extension: the
    one asked for, or the witness that proves a YES of DC or a NO of DS. EE writes one such line for each
    extension, CE a number. Where there is no extension, SE and EE answer NO.

    \b
    Files, by suffix: .tgf  names, then a line #, then pairs attacker attacked
                      .apx  arg(a). att(a,b).
                      .af   p af N, then pairs of numbers (.iccma and .i23 too)

    \b
    JSON: schema, task, semantics, argument, arguments, attacks, answer (YES, NO or null),
      extension, extensions, count (null where the task does not ask for them)
    """
    from cruxmap.analysis.frameworks import ArgumentationFramework

    task = _task(wanted)
    if task.asks_about_an_argument and argument is None:
        raise UsageError(f"{task} asks about an argument; name it with -a")
    if argument is not None and not task.asks_about_an_argument:
        raise UsageError(f"{task} asks about no argument; leave out -a, or ask DC or DS")
    framework = ArgumentationFramework.from_file(file, file_format)
    answer = _answer(framework, task, argument, budget)
    if output.json:
        output.document(answer)
    else:
        for line in _lines(task, answer):
            output.line(line)


def _task(text: str) -> Task:
    problem, dash, code = text.strip().upper().partition("-")
    if not dash or problem not in PROBLEMS or code not in SEMANTICS:
        raise UsageError(
            f"there is no task {text!r}; join one of {', '.join(PROBLEMS)} and one of {', '.join(SEMANTICS)} "
            "with a hyphen, as in DS-PR"
        )
    return Task(problem, SEMANTICS[code])


def _answer(
    framework: ArgumentationFramework, task: Task, argument: str | None, budget: float | None
) -> dict[str, Any]:
    data: dict[str, Any] = {
        "schema": 1,
        "task": str(task),
        "semantics": task.semantics,
        "argument": argument,
        "arguments": len(framework.arguments),
        "attacks": len(framework.attacks),
        "answer": None,
        "extension": None,
        "extensions": None,
        "count": None,
    }
    if argument is not None:
        return data | _acceptance(framework, task, argument, budget)
    place = {name: at for at, name in enumerate(framework.arguments)}

    def ordered(extension: Iterable[str]) -> list[str]:
        return sorted(extension, key=place.__getitem__)

    extensions = framework.extensions(task.semantics, budget=budget)
    if task.problem == "CE":
        return data | {"count": sum(1 for _ in extensions)}
    if task.problem == "SE":
        first = next(extensions, None)
        return data | ({"answer": "NO"} if first is None else {"extension": ordered(first)})
    found = sorted((ordered(item) for item in extensions), key=lambda item: [place[name] for name in item])
    return data | {"extensions": found, "count": len(found), "answer": None if found else "NO"}


def _acceptance(
    framework: ArgumentationFramework, task: Task, argument: str, budget: float | None
) -> dict[str, Any]:
    mode: Literal["credulous", "sceptical"] = "credulous" if task.problem == "DC" else "sceptical"
    accepted = framework.accepts(argument, task.semantics, mode, budget=budget)
    witness = None
    if accepted is (task.problem == "DC"):
        witness = framework.witness(argument, task.semantics, mode, budget=budget)
    place = {name: at for at, name in enumerate(framework.arguments)}
    return {
        "answer": "YES" if accepted else "NO",
        "extension": None if witness is None else sorted(witness, key=place.__getitem__),
    }


def _lines(task: Task, answer: dict[str, Any]) -> list[str]:
    lines = [answer["answer"]] if answer["answer"] else []
    if task.problem == "CE":
        lines.append(str(answer["count"]))
    shown = answer["extensions"] or ([] if answer["extension"] is None else [answer["extension"]])
    return lines + [" ".join(["w", *names]) for names in shown]
