"""`cruxmap cruxes`: why readers differ on a verdict, and which statement would bring them together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cruxmap.cli.analysis_options import analysis_options
from cruxmap.cli.output import Output, common, load
from cruxmap.cli.wording import chosen_criteria
from cruxmap.errors import UnknownReaderError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cruxmap.analysis.disagreement import Disagreement
    from cruxmap.analysis.group_cruxes import DivergentReasons
    from cruxmap.analysis.information_value import CruxCredences
    from cruxmap.analysis.pair_reading import PairReading
    from cruxmap.cli.analysis_options import Conventions
    from cruxmap.credences import Settings
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.reader_files import ReaderFile

MOST_READERS = 100


@click.command(
    epilog="Example: cruxmap cruxes --between reader-a.yaml reader-b.yaml --verdict 3/inner   or: "
    "cruxmap cruxes --readers my-group"
)
@click.argument("files", nargs=-1, metavar="[READER]...")
@click.option(
    "--between", nargs=2, metavar="READER READER", help="Two readers: files, or handles of those given."
)
@click.option(
    "--readers",
    "folder",
    metavar="DIR",
    help="All readers' files (*.yaml) in a folder, or the folder of a session.",
)
@click.option("--verdict", metavar="ID/CRITERION", help="The full split of one verdict.")
@click.option("--criteria", metavar="A,B", help="Only these criteria, by id, prefix or heading.")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="A verdict at or above it counts as positive.",
)
@click.option("--limit", type=click.IntRange(1), default=8, show_default=True, help="Verdicts to list.")
@analysis_options
@common
def command(
    files: tuple[str, ...],
    between: tuple[str, str] | None,
    folder: str | None,
    verdict: str | None,
    criteria: str | None,
    threshold: float,
    limit: int,
    *,
    conventions: Conventions,
    output: Output,
    workspace: str | None,
) -> None:
    r"""Why readers differ: which statements carry the gap between their verdicts, and which would close it.

    A READER is a YAML file with `credences:` (statement: 0 to 1) and, where wanted, `reader:`, `marks:` and
    `conditionals:`; docs/examples has three. Two readers are compared with each other, more as a group. What
    one of them did not rate counts at the credence of the workspace, or of --credences. --set holds for all
    of them, whatever they rated. Proof standards do not enter: this is a reading of strengths.

    \b
    JSON: schema, kind, conventions, readers [{reader, file, rated, filled_in}],
      unrated, same_mark_different_reason, and by kind
      pair           verdict_count, differing_count, hidden, verdicts
                     [a split], inert
      pair-verdict   a split, elsewhere, information, discrimination
      group          as pair without inert, pairs [{readers, mean_gap, widest,
                     widest_gap}]
      group-verdict  verdict, strengths, furthest, gap, statements, variance,
                     results, elsewhere, information, discrimination
      a split        verdict, strengths, gap, on_different_sides,
                     gaps_by_semantics, split {exact, samples, seed},
                     statements [{id, credences, contribution,
                     standard_error, swap, crux}], pairs, results
    """
    kb = load(workspace)
    readers = _readers(kb, files, between, folder)
    case = Case(kb, conventions, tuple(readers), chosen_criteria(kb, criteria), threshold)
    if verdict is None:
        write_overview(case, limit, output)
        return
    if criteria is not None:
        raise UsageError("--verdict names one criterion already; leave out --criteria")
    name = kb.find_any(verdict)
    if name not in kb.statements or kb.statements[name].kind != "assessment":
        raise UsageError(f"{verdict!r} is no verdict; write an entry and a criterion: --verdict 3/inner")
    write_verdict(case, name, output)


@dataclass(frozen=True)
class Case:
    """Readers, a knowledge base and the conventions of one run."""

    kb: KnowledgeBase
    conventions: Conventions
    readers: tuple[ReaderFile, ...]
    criteria: tuple[str, ...]
    threshold: float

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Handles of the readers."""
        return tuple(item.reader for item in self.readers)

    @cached_property
    def for_all(self) -> Settings:
        """What was set for all readers."""
        from cruxmap.credences import parse_settings

        return parse_settings(self.kb, self.conventions.settings)

    @cached_property
    def disagreement(self) -> Disagreement:
        """The readers over the argument graph."""
        from cruxmap.analysis.disagreement import Disagreement

        graph, settled = self.conventions.graph(self.kb), self.for_all.credences
        return Disagreement(
            graph,
            {
                item.reader: {name: value for name, value in item.credences.items() if name not in settled}
                for item in self.readers
            },
            tuple(
                name
                for name in graph.statements("assessment")
                if self.kb.statements[name].criterion in self.criteria
            ),
            self.conventions.semantics,
            self.threshold,
            self.conventions.seed,
            self.for_all.labels,
        )

    def same_marks(self, verdict: str | None = None) -> dict[str, list[DivergentReasons]]:
        """Cells on which readers agree for reasons that have nothing in common."""
        from cruxmap.analysis.cruxes import same_mark_different_reason

        cells = [verdict] if verdict else self.disagreement.verdicts
        found = {
            cell: same_mark_different_reason(
                {
                    item.reader: (item.marks[cell].mark, frozenset(item.marks[cell].hinges))
                    for item in self.readers
                    if cell in item.marks
                }
            )
            for cell in cells
        }
        return {cell: pairs for cell, pairs in found.items() if pairs}

    def conditionals(self, verdict: str) -> dict[str, dict[str, CruxCredences]]:
        """What readers state of a verdict and its cruxes."""
        from cruxmap.analysis.information_value import CruxCredences

        return {
            item.reader: {
                stated.crux: CruxCredences(stated.p_u, stated.p_c, stated.p_u_given_c)
                for stated in item.conditionals
                if stated.verdict == verdict
            }
            for item in self.readers
        }

    def document(self, kind: str, **data: Any) -> dict[str, Any]:
        """Frame the data of a JSON document."""
        found = self.disagreement
        conventions = {
            "reading": "disagreement",
            "semantics": self.conventions.semantics,
            "threshold": self.threshold,
            "criteria": list(self.criteria),
            "credences": self.conventions.resolved(self.kb).credences,
            "set_for_all": self.for_all.credences,
            "labels": self.for_all.labels,
            "seed": self.conventions.seed,
        }
        return {
            "schema": 1,
            "kind": kind,
            "conventions": conventions,
            "readers": [
                {
                    "reader": item.reader,
                    "file": item.path,
                    "rated": len(item.credences),
                    "filled_in": list(found.filled_in(item.reader)),
                }
                for item in self.readers
            ],
            "unrated": list(found.unrated),
            "same_mark_different_reason": [
                {
                    "verdict": cell,
                    "mark": pair.mark,
                    "readers": [pair.first, pair.second],
                    "hinges": {
                        pair.first: sorted(pair.first_hinges),
                        pair.second: sorted(pair.second_hinges),
                    },
                }
                for cell, pairs in self.same_marks(data.get("verdict")).items()
                for pair in pairs
            ],
            **data,
        }


def _readers(
    kb: KnowledgeBase, files: Sequence[str], between: tuple[str, str] | None, folder: str | None
) -> list[ReaderFile]:
    """Find the readers' files, and choose the two that are meant where two are named."""
    from cruxmap.group.as_readers import is_session, readers_of_session
    from cruxmap.reader_files import read_readers

    named = [_file(name) for name in files]
    session = [] if folder is None or not is_session(Path(folder)) else readers_of_session(kb, Path(folder))
    if folder is not None and not session:
        if not Path(folder).is_dir():
            raise UsageError(f"--readers {folder!r} is no folder")
        named += sorted(Path(folder).glob("*.yaml"))
    named += [Path(name) for name in between or () if Path(name).is_file()]
    paths = list({path.resolve(): path for path in reversed(named)}.values())[::-1]
    if len(paths) > MOST_READERS:
        raise UsageError(f"{len(paths)} readers are more than the {MOST_READERS} that can be compared")
    found = [*session, *read_readers(kb, paths)]
    if between is not None:
        found = [_named(found, name) for name in between]
        if found[0].reader == found[1].reader:
            raise UsageError(f"--between names {found[0].reader} twice; name two different readers")
    if len(found) < 2:
        raise UsageError(
            "name two readers or more, by their files (cruxmap cruxes reader-a.yaml reader-b.yaml) or by the "
            "folder that holds them (--readers my-group)"
        )
    return found


def _file(name: str) -> Path:
    if not Path(name).is_file():
        raise UnknownReaderError(name, ())
    return Path(name)


def _named(readers: Sequence[ReaderFile], wanted: str) -> ReaderFile:
    for item in readers:
        if item.reader == wanted or Path(item.path).resolve() == Path(wanted).resolve():
            return item
    raise UnknownReaderError(wanted, [item.reader for item in readers])


def write_overview(case: Case, limit: int, output: Output) -> None:
    """Write where readers differ most."""
    from cruxmap.cli.cruxes_group_pages import print_group
    from cruxmap.cli.cruxes_pages import print_pair

    found = case.disagreement
    shown = found.gaps[:limit]
    counts = {
        "verdict_count": len(found.verdicts),
        "differing_count": len(found.gaps),
        "hidden": len(found.gaps) - len(shown),
    }
    if len(case.names) > 2:
        spreads = [found.among(item.verdict, brief=True) for item in shown]
        if output.json:
            pairs = [
                {
                    "readers": list(item.readers),
                    "mean_gap": item.mean_gap,
                    "widest": item.widest,
                    "widest_gap": item.widest_gap,
                }
                for item in found.distances
            ]
            verdicts = [item.as_data() for item in spreads]
            output.document(case.document("group", **counts, pairs=pairs, verdicts=verdicts))
        else:
            print_group(case, spreads, output)
        return
    first, second = case.names
    splits = [found.between(item.verdict, first, second) for item in shown]
    inert = found.inert(first, second)
    if output.json:
        listed = [
            {
                "id": item.id,
                "credences": dict(zip((first, second), item.credences, strict=True)),
                "bears_on_a_verdict": item.bears,
            }
            for item in inert
        ]
        verdicts = [item.as_data() for item in splits]
        output.document(case.document("pair", **counts, verdicts=verdicts, inert=listed))
    else:
        print_pair(case, splits, inert, output)


def write_verdict(case: Case, verdict: str, output: Output) -> None:
    """Write why readers differ on one verdict."""
    from cruxmap.analysis.stated_conditionals import discriminations, informations
    from cruxmap.cli.cruxes_group_pages import print_group_verdict
    from cruxmap.cli.cruxes_pages import print_pair_verdict

    found, stated = case.disagreement, case.conditionals(verdict)
    information, discrimination = informations(stated), discriminations(stated)
    if output.json:
        extra = {
            "elsewhere": list(found.elsewhere(verdict)),
            "information": [item.as_data() for item in information],
            "discrimination": [item.as_data() for item in discrimination],
        }
        if len(case.names) > 2:
            kind, data = "group-verdict", found.among(verdict).as_data()
        else:
            kind, data = "pair-verdict", _split(case, verdict).as_data()
        output.document(case.document(kind, **data, **extra))
    elif len(case.names) > 2:
        print_group_verdict(case, found.among(verdict), information, discrimination, output)
    else:
        print_pair_verdict(case, _split(case, verdict), information, discrimination, output)


def _split(case: Case, verdict: str) -> PairReading:
    first, second = case.names
    return case.disagreement.between(verdict, first, second)
