"""Read answers from files: drafts against the knowledge base, revealed ones by their form alone."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cruxmap.credences import node_named
from cruxmap.errors import CruxmapError
from cruxmap.group.errors import BrokenGroupFileError
from cruxmap.group.files import fault, open_document, read_record, record_of, without_blanks
from cruxmap.group.responses import CellResponse, ConditionalResponse, Draft, Revealed
from cruxmap.model.locators import LocatorSyntaxError, missing_places, parse
from cruxmap.model.vocabulary import Source
from cruxmap.reader_files import cell_named, is_own_words, reader_file

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.problems import Problem
    from cruxmap.yamlread import Document, Tree

__all__ = ["changed", "draft_of", "locator_fault", "read_draft", "read_revealed", "statement_or_words"]


def read_draft(kb: KnowledgeBase, path: Path) -> Draft:
    """Read answers that a reader wrote, in full or in part.

    Parameters
    ----------
    kb : KnowledgeBase
        What names mean: ids, unique prefixes, numbers (`A5`) or cells (`3/inner`).
    path : Path
        Keys without a value are taken as not answered yet.

    Returns
    -------
    Draft
        With ids instead of the names written.

    Raises
    ------
    BrokenGroupFileError
        With path, line and column of everything that is wrong.
    """
    return draft_of(kb, open_document(path))


def draft_of(kb: KnowledgeBase, document: Document) -> Draft:
    """The answers in a document; see `read_draft`."""
    if not isinstance(document.value, dict):
        raise BrokenGroupFileError([fault(document, (), "E301", "answers are a mapping with `marks:`")])
    filled = without_blanks(document)
    written = record_of(Draft, filled)
    problems = _wrong_names(kb, filled, written)
    if problems:
        raise BrokenGroupFileError(sorted(set(problems)))
    return _with_ids(kb, written)


def read_revealed(path: Path) -> Revealed:
    """Read revealed or sealed answers: their form only, so that they can be verified without the entries.

    Raises
    ------
    BrokenGroupFileError
        With path, line and column of everything that is wrong.
    """
    return read_record(path, Revealed)


def _wrong_names(kb: KnowledgeBase, document: Document, written: Draft) -> list[Problem]:
    """Hold names, marks and locators against the knowledge base."""
    assert isinstance(document.value, dict)
    value: dict[str, Tree] = {"credences": {}, **document.value}
    marks = value.get("marks")
    if isinstance(marks, dict):
        value["marks"] = {cell: said for cell, said in marks.items() if "mark" in said}
    problems = reader_file(kb, replace(document, value=value), Path(document.path))[1]
    seen: dict[str, str] = {}
    for cell, said in written.marks.items():
        steps = ("marks", cell)
        name = _cell(kb, cell)
        if name is None:
            problems.append(fault(document, steps, "E312", f"{cell!r} is no cell; write 3/inner"))
        elif name in seen:
            problems.append(fault(document, steps, "E304", f"{cell!r} is {name}, which is answered above"))
        else:
            seen[name] = cell
            message = locator_fault(kb, name, said.at) if said.at else ""
            if message:
                problems.append(fault(document, (*steps, "at"), "E313", message))
        if said.mark is None and said.assumption is not None:
            message = _unknown_name(kb, said.assumption)
            if message:
                problems.append(fault(document, (*steps, "assumption"), "E302", message))
    # One pass checks what the other has seen too; a place is reported once.
    first = {(item.line, item.column): item for item in reversed(problems)}
    return list(first.values())


def _cell(kb: KnowledgeBase, wanted: str) -> str | None:
    try:
        return cell_named(kb, wanted)
    except CruxmapError:
        return None


def _unknown_name(kb: KnowledgeBase, assumption: str) -> str:
    try:
        statement_or_words(kb, assumption)
    except CruxmapError as error:
        return str(error)
    return ""


def statement_or_words(kb: KnowledgeBase, assumption: str) -> str:
    """The id of the statement that is named, or the reader's own sentence as it is.

    Raises
    ------
    CruxmapError
        When a single word names nothing.
    """
    return assumption.strip() if is_own_words(assumption) else node_named(kb, assumption.strip())


def locator_fault(kb: KnowledgeBase, cell: str, at: str) -> str:
    """What is wrong with a locator beside the answer for a cell; empty when nothing is.

    Parameters
    ----------
    kb : KnowledgeBase
    cell : str
        `entry/criterion`; the source of the entry is meant when the locator names none.
    at : str
    """
    entry = kb.entries.get(cell.partition("/")[0])
    try:
        locator = parse(at, getattr(entry, "source", None))
    except LocatorSyntaxError as error:
        return str(error)
    source = kb.entries.get(locator.source or "")
    if not isinstance(source, Source):
        return ""
    missing = missing_places(locator, source)
    return f"{source.id} has no {', no '.join(missing)}" if missing else ""


def _with_ids(kb: KnowledgeBase, written: Draft) -> Draft:
    marks = {}
    for wanted, said in written.marks.items():
        assumption = None if said.assumption is None else statement_or_words(kb, said.assumption)
        marks[cell_named(kb, wanted)] = changed(
            said, assumption=assumption, hinges=tuple(node_named(kb, name) for name in said.hinges)
        )
    return Draft(
        reader=written.reader,
        session=written.session,
        round=written.round,
        marks=marks,
        credences={node_named(kb, name): value for name, value in written.credences.items()},
        conditionals=tuple(
            ConditionalResponse(
                verdict=node_named(kb, item.verdict),
                crux=node_named(kb, item.crux),
                p_u=item.p_u,
                p_c=item.p_c,
                p_u_given_c=item.p_u_given_c,
            )
            for item in written.conditionals
        ),
    )


def changed(said: CellResponse, **values: object) -> CellResponse:
    """The answer for a cell with other values in some fields."""
    return CellResponse(**{item.name: getattr(said, item.name) for item in fields(CellResponse)} | values)
