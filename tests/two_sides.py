"""A small workspace that tests of differences start from."""

ONTOLOGY = """\
- kind: scale
  id: marks
  title: Marks
  levels:
    - {id: bad, glyph: x, ascii: "-", text: Bad.}
    - {id: good, glyph: o, ascii: "+", text: Good.}
  marks: [{id: open, glyph: "?", ascii: "?", covers: all, text: Open.}]
- {kind: criterion, id: safe, title: Safe, short: Safe, question: "Is it safe?", scale: marks, version: 1}
- {kind: hedge, id: likely, title: likely, text: Likely., weight: 0.8, reason: Because.}
- {kind: hedge, id: possible, title: possible, text: Possible., weight: 0.3, reason: Because.}
- {kind: assumption, id: tools-work, number: A1, title: Tools work, text: Tools work., credence: 0.6}
- {kind: assumption, id: people-agree, number: A2, title: People agree, text: People agree.}
"""

FIRST = """\
kind: proposal
id: first
number: 1
title: The first
assumptions: [tools-work, people-agree]
assessments:
  safe:
    stance: good
    hinges: [tools-work]
    pro:
      - {id: p1.1, text: Tools see it., assumes: [tools-work], hedge: likely}
      - {id: p1.2, text: People see it., assumes: [people-agree], hedge: likely}
    notes: [{id: p1.note, text: A note.}]
questions: [{id: p1.q, text: Is it so?}]
"""

SECOND = """\
kind: proposal
id: second
number: 2
title: The second
assessments: {safe: {stance: bad}}
"""

SENTENCE = """\
kind: synthesis
id: one-is-good
text: One verdict is good.
query: {count: {stance: good}}
expect: 1
"""
