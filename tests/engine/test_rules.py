"""Every rule finds what it is for, at the line and column where it stands, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cruxmap.checking import check, explain
from cruxmap.errors import UnknownIdError
from cruxmap.rules import rules
from cruxmap.rules.codes import CODES

VOCABULARY = """\
- kind: source
  id: paper2020
  title: A paper
  authors: [A]
  year: 2020
  role: encoded
  sections: [{number: "1", title: One}, {number: "2.1"}]
  footnotes: 3
  parts: [abstract]
- kind: scale
  id: marks
  title: Marks
  levels:
    - {id: bad, glyph: x, ascii: x, text: Bad.}
    - {id: good, glyph: o, ascii: o, text: Good.}
  marks:
    - {id: open, glyph: "?", ascii: "?", covers: all, text: Open.}
    - {id: conditional, glyph: c, ascii: c, covers: all, needs-hinges: true, text: It depends.}
- {kind: criterion, id: safety, title: Safety, short: Safety, question: "Is it safe?", scale: marks, source: paper2020, at: §1}
- {kind: hedge, id: likely, title: likely, text: Likely., weight: 0.7, reason: Because.}
- {kind: assumption, id: tools-work, number: A1, title: Tools work, text: Tools work.}
- {kind: mechanism, id: tools, title: Tools, text: Tools.}
- {kind: relation, id: variant-of, title: is a variant of, inverse: has-variant, acyclic: true}
- {kind: relation, id: has-variant, title: has the variant, inverse: variant-of, acyclic: true}
"""

PROPOSAL = """\
kind: proposal
id: plan
number: 1
title: A plan
source: paper2020
at: §1
mechanisms: [tools]
assumptions: [tools-work]
assessments:
  safety:
    stance: conditional
    hinges: [tools-work]
    at: §2.1
    pro:
      - {id: p1.for.1, text: Tools help., assumes: [tools-work], hedge: likely, at: §2.1}
"""


@pytest.fixture
def problems_of(write: Callable[..., Path]) -> Callable[..., list[str]]:
    """Check a small workspace with one or more proposals, and report position and code of its problems."""

    def call(*proposals: str, vocabulary: str = VOCABULARY) -> list[str]:
        files = {f"proposals/{number}.yaml": text for number, text in enumerate(proposals, 1)}
        root = write(**{"cruxmap.yaml": "extends: nothing\n", "ontology/all.yaml": vocabulary, **files})
        report = check([root])
        return [
            f"{Path(found.path).name}:{found.line}:{found.column} {found.code}" for found in report.problems
        ]

    return call


def test_a_sound_workspace_has_no_problems(problems_of: Callable[..., list[str]]) -> None:
    assert problems_of(PROPOSAL) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("id: plan", "id: tools", ["1.yaml:2:1 E201"]),
        ("id: p1.for.1", "id: plan", ["1.yaml:15:10 E201"]),
        ("assumes: [tools-work]", "assumes: [tool-work]", ["1.yaml:12:14 E214", "1.yaml:15:53 E202"]),
        ("hedge: likely", "hedge: unlikely", ["1.yaml:15:66 E202"]),
        ("mechanisms: [tools]", "mechanisms: [tools-work]", ["1.yaml:7:14 E203"]),
        ("at: §1", "at: §9", ["1.yaml:6:1 E204"]),
        ("at: §1", "at: §1 fn 4", ["1.yaml:6:1 E204"]),
        ("at: §1", "at: epilogue", ["1.yaml:6:1 E204"]),
        ("at: §1", "at: nowhere2020 §1", ["1.yaml:6:1 E204"]),
        (", at: §2.1}", "}", ["1.yaml:15:9 E205"]),
        ("    at: §2.1\n", "", ["1.yaml:10:3 E205"]),
        ("stance: conditional", "stance: god", ["1.yaml:11:5 E206"]),
        ("stance: conditional", "stance: inherits:7", ["1.yaml:11:5 E206"]),
        ("stance: conditional", "stance: inherits:1", ["1.yaml:11:5 E206"]),
        ("stance: conditional", "stance: good..bad", ["1.yaml:11:5 E206"]),
        ("    hinges: [tools-work]\n", "", ["1.yaml:11:5 E207"]),
        ("  safety:\n", "  safely:\n", ["1.yaml:9:1 E210", "1.yaml:10:3 E202"]),
        ("assumptions: [tools-work]\n", "", ["1.yaml:11:14 E211"]),
        ("assumes: [tools-work], ", "", ["1.yaml:12:14 E214"]),
    ],
)
def test_a_mistake_is_found_where_it_stands(
    problems_of: Callable[..., list[str]], old: str, new: str, found: list[str]
) -> None:
    assert PROPOSAL.count(old) >= 1
    assert problems_of(PROPOSAL.replace(old, new, 1)) == found


def test_listing_an_assumption_that_nothing_rests_on_is_a_mistake(
    problems_of: Callable[..., list[str]],
) -> None:
    vocabulary = VOCABULARY + "- {kind: assumption, id: luck, title: Luck, text: Luck holds.}\n"
    listed = PROPOSAL.replace("assumptions: [tools-work]", "assumptions: [tools-work, luck]")
    assert problems_of(listed, vocabulary=vocabulary) == ["1.yaml:8:27 E211"]


def test_a_circle_of_variants_is_found_once(problems_of: Callable[..., list[str]]) -> None:
    first = PROPOSAL + "relations: [{kind: variant-of, to: [other], text: Same.}]\n"
    second = (
        PROPOSAL.replace("id: plan", "id: other").replace("p1.", "p2.").replace("Tools help", "They help")
    )
    forward = (
        second.replace("number: 1", "number: 2")
        + "relations: [{kind: variant-of, to: [plan], text: Same.}]\n"
    )
    assert problems_of(first, forward) == ["1.yaml:16:37 E208"]
    inverse = forward.replace("kind: variant-of", "kind: has-variant")
    assert problems_of(first, inverse) == []


def test_a_variant_of_itself_is_a_circle(problems_of: Callable[..., list[str]]) -> None:
    assert problems_of(PROPOSAL + "relations: [{kind: variant-of, to: [plan], text: Same.}]\n") == [
        "1.yaml:16:37 E208"
    ]


def test_a_long_chain_of_variants_is_no_circle(problems_of: Callable[..., list[str]]) -> None:
    link = "- {{kind: assumption, id: a{0}, title: A, text: A {0}., relations: [{{kind: variant-of, to: [a{1}], text: A.}}]}}\n"
    chain = "".join(link.format(number, number + 1) for number in range(3000))
    end = "- {kind: assumption, id: a3000, title: A, text: The end.}\n"
    found = problems_of(PROPOSAL, vocabulary=VOCABULARY + chain + end)
    assert [item for item in found if not item.endswith("E218")] == []


def test_two_arguments_with_the_same_words_are_found(problems_of: Callable[..., list[str]]) -> None:
    again = "      - {id: p1.for.2, text: tools  HELP., assumes: [tools-work], at: §2.1}\n"
    assert problems_of(PROPOSAL + again) == ["1.yaml:15:24 E209"] or problems_of(PROPOSAL + again) == [
        "1.yaml:16:24 E209"
    ]


def test_a_free_argument_without_target_is_found(problems_of: Callable[..., list[str]]) -> None:
    risk = "- {kind: risk, id: loss, title: Loss, text: It is lost., arguments: [{id: r1, text: Lost.}]}\n"
    assert problems_of(PROPOSAL, vocabulary=VOCABULARY + risk) == [
        "all.yaml:25:70 E212",
        "all.yaml:25:70 E217",
    ]


def test_a_scale_of_one_level_is_found(problems_of: Callable[..., list[str]]) -> None:
    scale = "- {kind: scale, id: flat, title: Flat, levels: [{id: only, glyph: o, ascii: o, text: Only.}]}\n"
    assert problems_of(PROPOSAL, vocabulary=VOCABULARY + scale) == ["all.yaml:25:40 E213"]


def test_a_knock_out_off_the_scale_is_found(problems_of: Callable[..., list[str]]) -> None:
    vocabulary = VOCABULARY.replace("scale: marks, source", "scale: marks, knock-out: awful, source")
    assert [item[-4:] for item in problems_of(PROPOSAL, vocabulary=vocabulary)] == ["E213"]


LONE = "- {kind: assumption, id: lone, title: Lone, text: It stands alone., source: paper2020, at: §1}\n"
RISK = "- {kind: risk, id: loss, title: Loss, text: It is lost., source: paper2020, at: §1THREATENS}\n"


def test_an_assumption_from_a_source_that_no_argument_uses_is_found(
    problems_of: Callable[..., list[str]],
) -> None:
    assert problems_of(PROPOSAL, vocabulary=VOCABULARY + LONE) == ["all.yaml:25:3 E215", "all.yaml:25:3 E218"]
    used = PROPOSAL.replace("assumes: [tools-work]", "assumes: [tools-work], unless: [lone]").replace(
        "assumptions: [tools-work]", "assumptions: [tools-work, lone]"
    )
    assert problems_of(used, vocabulary=VOCABULARY + LONE) == []
    draft = LONE.replace(", source: paper2020, at: §1", "")
    assert problems_of(PROPOSAL, vocabulary=VOCABULARY + draft) == []


def test_a_risk_from_a_source_that_threatens_nothing_is_found(problems_of: Callable[..., list[str]]) -> None:
    idle = RISK.replace("THREATENS", "")
    assert problems_of(PROPOSAL, vocabulary=VOCABULARY + idle) == ["all.yaml:25:3 E216", "all.yaml:25:3 E218"]
    threat = RISK.replace("THREATENS", ", threatens: [plan]")
    assert problems_of(PROPOSAL, vocabulary=VOCABULARY + threat) == []


def test_a_finding_that_bears_on_nothing_is_found(problems_of: Callable[..., list[str]]) -> None:
    finding = "- {kind: finding, id: seen, title: Seen, text: It was seen., source: paper2020, at: §1}\n"
    assert problems_of(PROPOSAL, vocabulary=VOCABULARY + finding) == [
        "all.yaml:25:3 E217",
        "all.yaml:25:3 E218",
    ]
    argument = "{id: f1, text: So tools work., assumes: [seen], supports: [tools-work], at: §1}"
    bearing = finding.replace("at: §1", f"at: §1, arguments: [{argument}]")
    assert problems_of(PROPOSAL, vocabulary=VOCABULARY + bearing) == []


def test_only_complete_entries_have_to_be_joined_to_the_map(problems_of: Callable[..., list[str]]) -> None:
    apart = "kind: proposal\nid: other\nnumber: 2\ntitle: Other\nsource: paper2020\nat: §1\n"
    waiting = apart + "incomplete: Nobody has read the text.\n"
    assert problems_of(PROPOSAL, waiting) == []
    assert "2.yaml:1:1 E218" in problems_of(PROPOSAL, apart)
    joined = apart + "mechanisms: [tools]\n"
    assert "2.yaml:1:1 E218" not in problems_of(PROPOSAL, joined)


def test_an_answer_to_a_question_that_nobody_asks_is_found(problems_of: Callable[..., list[str]]) -> None:
    scheme = (
        "- {kind: scheme, id: by-sign, title: By sign, text: A sign shows it., "
        "critical-questions: [{id: sign-is-reliable, text: Is the sign reliable?}]}\n"
    )
    reply = "at: §2.1, con: [{id: p1.for.1.1, text: It is not., at: §2.1, answers: [sign-is-reliable]}]}"
    answered = PROPOSAL.replace("at: §2.1}", reply)
    vocabulary = VOCABULARY + scheme
    assert problems_of(answered, vocabulary=vocabulary) == ["1.yaml:15:152 E219"]
    asked = answered.replace("id: p1.for.1, ", "id: p1.for.1, scheme: by-sign, ")
    assert problems_of(asked, vocabulary=vocabulary) == []


def test_every_code_has_a_manual_page() -> None:
    for code in (*CODES, *rules()):
        assert len(explain(code)) > 20
    for code in rules():
        assert "Passes::" in explain(code)
        assert "Fails::" in explain(code) or "Warns::" in explain(code)


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(UnknownIdError, match="E999"):
        explain("E999")
