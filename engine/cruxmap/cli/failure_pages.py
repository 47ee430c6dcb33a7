"""Pages of `cruxmap assumptions`, in sentences that can be read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.analysis.dependence import Status
from cruxmap.analysis.formulas import atoms
from cruxmap.cli.wording import (
    capitalised,
    criterion_name,
    in_order,
    joined,
    number_word,
    percent,
    short_name,
    statement_name,
    verdict_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cruxmap.analysis.dependence import Dependence
    from cruxmap.analysis.failure_across import Conjunction, Reach
    from cruxmap.analysis.failure_reading import FailureReading, MinimalSets
    from cruxmap.cli.assumptions import Scene
    from cruxmap.cli.output import Output
    from cruxmap.knowledge import KnowledgeBase

SHOWN = 8
"""Sets, pairs and objections that are read out; the rest is counted."""


def print_verdict(scene: Scene, found: Dependence, reading: FailureReading, output: Output) -> None:
    """Print the reading of one cell."""
    kb = scene.kb
    entry, _, criterion = found.verdict.partition("/")
    title = str(getattr(kb.entries[entry], "title", entry))
    output.paragraph(f"{title}: {criterion_name(kb, criterion)}", bold=True)
    output.line(output.style(f"assessment {found.verdict}", dim=True))
    output.line()
    output.paragraph(_status(kb, found))
    _print_reading(scene, reading, "the verdict falls", output)
    _print_arguments(kb, found, output)
    print_conventions(scene, output)


def _status(kb: KnowledgeBase, found: Dependence) -> str:
    """Say in a sentence or two what the verdict comes to."""
    if found.fixed in ("in", "out"):
        return f"The verdict was set to {found.fixed}, so nothing that it rests on matters."
    if found.status is Status.UNSUPPORTED:
        return "No recorded argument supports this verdict, so there is nothing that it could rest on."
    if found.status is Status.FAILS:
        return (
            f"None of its supporting arguments is available ({joined(_counted(found))}), so "
            "nothing that holds "
            "could carry it."
        )
    if found.status is Status.HOLDS and found.unconditional:
        verb = "supports" if len(found.unconditional) == 1 else "support"
        return (
            f"{joined(found.unconditional)} {verb} the verdict without assuming anything, so no "
            "failure of an assumption defeats it."
        )
    if found.status is Status.HOLDS:
        return "Everything that it rests on was set to in, so no failure of an assumption defeats it."
    through = joined(verdict_name(kb, name) for name in found.through)
    by_way = f", in part through {through}" if through else ""
    names = [statement_name(kb, name) for name in in_order(kb, atoms(found.formula))]
    if len(names) == 1:
        return f"It rests on {names[0]} alone{by_way}: when that fails, the verdict falls."
    return f"It rests on {number_word(len(names), 'assumption')}{by_way}."


def _counted(found: Dependence) -> list[str]:
    return [reason.argument for reason in found.reasons if reason.counts]


def _print_reading(scene: Scene, reading: FailureReading, what: str, output: Output) -> None:
    """Print sets, single points, importance and chance; nothing for a constant."""
    if reading.probability is None:
        return
    if len(reading.importance) == 1:
        output.paragraph(f"Computed: {_chance(scene, reading)}.")
        return
    kb = scene.kb
    output.heading(f"What suffices ({number_word(reading.path_sets.count, 'smallest set')})")
    _print_sets(kb, reading.path_sets, output)
    output.heading(f"What defeats it ({number_word(reading.cut_sets.count, 'smallest failure')})")
    _print_sets(kb, reading.cut_sets, output)
    output.heading("Single points of failure")
    points = [statement_name(kb, name) for name in in_order(kb, reading.single_points)]
    alone = "If it fails" if len(points) == 1 else "If any one of them fails"
    output.paragraph(
        f"{joined(points)}. {alone}, {what}." if points else "None: no assumption defeats it by itself.",
        indent=2,
    )
    _print_importance(kb, reading, output)
    output.heading("How likely it is that what it rests on holds")
    output.paragraph(
        f"Computed exactly: {_chance(scene, reading)}, each independent of the others. Arguments "
        "against are not "
        "weighed in this figure.",
        indent=2,
    )


def _chance(scene: Scene, reading: FailureReading) -> str:
    names = [item.atom for item in reading.importance]
    return f"{percent(reading.probability or 0.0)}, {credences_used(scene, names)}"


def _print_sets(kb: KnowledgeBase, sets: MinimalSets, output: Output) -> None:
    for names in sets.listed[:SHOWN]:
        output.paragraph(together(kb, names), indent=2, first="- ")
    rest = sets.count - min(SHOWN, len(sets.listed))
    if rest:
        listed = "them" if sets.count == len(sets.listed) else f"the smallest {len(sets.listed)}"
        output.paragraph(
            f"and {number_word(rest, 'more', 'more')}; --json lists {listed}.", indent=2, first="- "
        )


def together(kb: KnowledgeBase, names: Iterable[str]) -> str:
    """Read out one set: `A8 HCH is aligned alone`, `A2 ... together with A3 ...`."""
    labels = [statement_name(kb, name) for name in in_order(kb, names)]
    if len(labels) == 1:
        return f"{labels[0]}, alone"
    return f"{labels[0]}, together with {labels[1]}" if len(labels) == 2 else joined(labels)


def _print_importance(kb: KnowledgeBase, reading: FailureReading, output: Output) -> None:
    output.heading("How much hangs on each (computed)")
    output.line(output.style("  decides  in failures  with  assumption", dim=True))
    place = {
        name: number for number, name in enumerate(in_order(kb, (item.atom for item in reading.importance)))
    }
    ranked = sorted(
        reading.importance,
        key=lambda item: (-round(item.birnbaum, 12), item.smallest_cut_set, place[item.atom]),
    )
    for item in ranked:
        share = "-" if item.fussell_vesely is None else percent(item.fussell_vesely)
        others = "alone" if item.smallest_cut_set == 1 else f"{item.smallest_cut_set - 1} more"
        figures = f"{percent(item.birnbaum):>7}  {share:>11}  {others:<6}"
        output.paragraph(statement_name(kb, item.atom), indent=2, first=f"{figures} ", hang=29)
    output.paragraph(
        "decides: how often the verdict turns on it (Birnbaum). in failures: in what share of the failures a "
        "smallest failure with it has happened (Fussell-Vesely). with: how many must fail beside it.",
        indent=2,
        dim=True,
    )


def credences_used(scene: Scene, names: Sequence[str]) -> str:
    """Say which credences a chance was computed with."""
    from cruxmap.graph import DEFAULT_CREDENCE

    own = [name for name in names if scene.credences[name] != DEFAULT_CREDENCE]
    if not own:
        return f"with every assumption at its default credence of {DEFAULT_CREDENCE:g}"
    listed = [
        f"{statement_name(scene.kb, name, full=False)} at {scene.credences[name]:g}"
        for name in in_order(scene.kb, own)
    ]
    rest = f", all others at the default of {DEFAULT_CREDENCE:g}" if len(own) < len(names) else ""
    return f"with {joined(listed)}{rest}"


def _print_arguments(kb: KnowledgeBase, found: Dependence, output: Output) -> None:
    """Say which supporting arguments count, which do not and why, and what stands against the verdict."""
    if found.reasons:
        output.heading("The supporting arguments")
    for reason in found.reasons:
        assumed = joined(statement_name(kb, name, full=False) for name in reason.premises)
        text = f"assumes {assumed}" if assumed else "assumes nothing"
        if not reason.counts:
            text += "; it is left out, because others state what they rest on (--all-arguments counts it)"
        if reason.blocked_by:
            text += f"; it is not available, because {_blocking(kb, reason.argument, reason.blocked_by)}"
        elif reason.failing:
            failing = joined(statement_name(kb, name, full=False) for name in reason.failing)
            text += f"; it is not available, because nothing lets {failing} hold"
        elif reason.open_objections:
            names = joined(statement_name(kb, name, full=False) for name in reason.open_objections)
            text += f"; open objections: {names}"
        output.paragraph(f"{text}.", indent=2, first=f"+ {reason.argument} ", hang=2)
    if found.standing or found.open:
        output.heading("Against the verdict itself (not weighed in this reading)")
    for word, objections in (("stands", found.standing), ("open", found.open)):
        if objections:
            output.paragraph(", ".join(objections), indent=2, first=f"- {word}: ", hang=2)


def _blocking(kb: KnowledgeBase, argument: str, names: Sequence[str]) -> str:
    if names == (argument,):
        return "it was set to out"
    undercutters = [name for name in names if name in kb.arguments]
    exceptions = [statement_name(kb, name) for name in names if name not in kb.arguments]
    said = [f"{joined(undercutters)} undercuts it and stands"] if undercutters else []
    said += [f"its exception {joined(exceptions)} holds"] if exceptions else []
    return joined(said)


def print_entry(
    scene: Scene,
    joined_verdicts: Conjunction,
    readings: Mapping[str, FailureReading],
    whole: FailureReading,
    output: Output,
) -> None:
    """Print the cells of an entry one by one, then all of them together."""
    kb, entry = scene.kb, scene.kb.entries[joined_verdicts.entry]
    output.line(output.style(f"{short_name(kb, entry.id)}  {getattr(entry, 'title', entry.id)}", bold=True))
    for name, reading in readings.items():
        output.heading(capitalised(criterion_name(kb, name.partition("/")[2])))
        output.paragraph(_summary(scene, scene.dependences[name], reading), indent=2)
    count = len(joined_verdicts.verdicts)
    if count < 2:
        print_conventions(scene, output)
        return
    output.heading(f"All {number_word(count)} together")
    output.paragraph(_conjunction(kb, joined_verdicts), indent=2)
    _print_reading(scene, whole, "it no longer meets them all", output)
    print_conventions(scene, output)


def _summary(scene: Scene, found: Dependence, reading: FailureReading) -> str:
    """One cell in a paragraph."""
    kb = scene.kb
    if found.status is not Status.RESTS:
        return _status(kb, found)
    sets = [together(kb, names) for names in reading.cut_sets.listed[:3]]
    more = reading.cut_sets.count - len(sets)
    tail = f"; and by {number_word(more, 'other failure')}" if more else ""
    chance = percent(reading.probability or 0.0)
    sentences = [
        f"Defeated by {'; or by '.join(sets)}{tail}.",
        f"What it rests on holds with {chance} (computed).",
    ]
    if found.left_out:
        verb = "supports it too without assuming anything and is"
        if len(found.left_out) > 1:
            verb = "support it too without assuming anything and are"
        sentences.append(f"{joined(found.left_out)} {verb} left out.")
    return " ".join(sentences)


def _conjunction(kb: KnowledgeBase, found: Conjunction) -> str:
    """Say whether an entry can meet all criteria by what is recorded, and which cells add nothing."""
    criteria = {name: criterion_name(kb, name.partition("/")[2]) for name in found.verdicts}
    said = []
    for names, why in (
        (found.unsupported, "no recorded argument supports"),
        (found.failing, "no supporting argument is available for"),
    ):
        if names:
            said.append(f"{why} {joined(criteria[name] for name in names)}")
    if said:
        return (
            f"It cannot meet them all by what is recorded: {joined(said)}. "
            "Choose others with --criteria to see what the rest needs."
        )
    if found.unconditional:
        listed = joined(criteria[name] for name in found.unconditional)
        is_one = len(found.unconditional) == 1
        return (
            f"{capitalised(listed)} {'is' if is_one else 'are'} supported without assuming anything, and so "
            f"{'adds' if is_one else 'add'} nothing to what can fail."
        )
    return "It meets them all when what every one of them rests on holds."


def print_statement(scene: Scene, found: Reach, verdict_count: int, output: Output) -> None:
    """Print what falls with an assumption."""
    kb = scene.kb
    output.line(output.style(statement_name(kb, found.statement), bold=True))
    output.line(output.style(f"{kb.statements[found.statement].kind} {found.statement}", dim=True))
    output.line()
    if scene.settings.labels.get(found.statement) in ("in", "out"):
        output.paragraph(
            f"It was set to {scene.settings.labels[found.statement]}, so it cannot fail any more; leave that "
            "out to see what falls with it."
        )
    else:
        output.paragraph(_reach(kb, found, verdict_count))
    alone = [name for name, sets in found.verdicts.items() if len(sets[0]) == 1]
    if alone:
        output.heading("Falls with it alone")
    for name in alone:
        output.line(f"  {verdict_name(kb, name)}")
    helped = {name: sets for name, sets in found.verdicts.items() if name not in alone}
    if helped:
        output.heading("Falls when others fail too")
    for name, sets in helped.items():
        rests = [
            joined(statement_name(kb, item) for item in in_order(kb, names) if item != found.statement)
            for names in sets
        ]
        more = f"; and {number_word(len(rests) - 3, 'other way')}" if len(rests) > 3 else ""
        output.paragraph(
            "; or with ".join(rests[:3]) + more, indent=2, first=f"{verdict_name(kb, name)}: with ", hang=4
        )
    _print_entries(scene, found, output)
    if found.answers:
        output.heading(f"Objections that it answers ({len(found.answers)})")
        output.paragraph(
            f"Switched off while it holds, in force when it fails: {', '.join(found.answers)}. "
            "This reading takes "
            "objections as they are labelled now and does not count this effect.",
            indent=2,
        )
    print_conventions(scene, output)


def _reach(kb: KnowledgeBase, found: Reach, verdict_count: int) -> str:
    alone = sum(len(sets[0]) == 1 for sets in found.verdicts.values())
    helped = len(found.verdicts) - alone
    if not found.verdicts:
        assumed = any(found.statement in placed.argument.assumes for placed in kb.arguments.values())
        reason = "no supporting argument that counts needs it" if assumed else "no argument assumes it"
        return f"None of the {verdict_count} verdicts falls with it: {reason}."
    falls = (
        f"{number_word(alone)} of the {verdict_count} verdicts {'falls' if alone == 1 else 'fall'} with it"
    )
    if not alone:
        return (
            f"By itself its failure defeats none of the {verdict_count} verdicts; together with "
            "others it defeats "
            f"{number_word(helped)}."
        )
    more = f"; together with others it defeats {number_word(helped)} more" if helped else ""
    return f"If it fails, {falls}{more}."


def _print_entries(scene: Scene, found: Reach, output: Output) -> None:
    if not found.entries or len(scene.criteria) < 2:
        return
    output.heading(f"Proposals that no longer meet {criteria_named(scene)}")
    by_size: dict[int, list[str]] = {}
    for name, size in found.entries.items():
        by_size.setdefault(size, []).append(short_name(scene.kb, name))
    for size, names in by_size.items():
        beside = (
            "when it fails alone" if size == 1 else f"when {number_word(size - 1, 'other')} fail beside it"
        )
        output.paragraph(
            f"{joined(names)}, {beside.replace('one other fail ', 'one other fails ')}.", indent=2
        )


def criteria_named(scene: Scene) -> str:
    """Name the chosen criteria."""
    if len(scene.criteria) == len(scene.kb.criteria) > 1:
        return f"all {number_word(len(scene.criteria))} criteria"
    return joined(criterion_name(scene.kb, name) for name in scene.criteria)


def print_conventions(scene: Scene, output: Output) -> None:
    """Print what the figures depend on besides the entries."""
    counted = (
        "all supporting arguments" if scene.all_arguments else "the arguments that state what they assume"
    )
    output.line()
    output.paragraph(
        f"Computed by the failure reading over {counted}, objections as the grounded labels with the "
        f"{scene.conventions.standard} standard leave them; credences and hedge weights are "
        "conventions of the "
        "workspace.",
        dim=True,
    )
