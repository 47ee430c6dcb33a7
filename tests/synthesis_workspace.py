"""A workspace with three proposals, two criteria, and one of everything else, as files."""

from __future__ import annotations

ONTOLOGY = """\
- kind: source
  id: paper2020
  title: A paper
  authors: [A]
  year: 2020
  role: encoded
  sections: [{number: "1", title: One}]
- kind: scale
  id: marks
  title: Marks
  levels:
    - {id: bad, glyph: x, ascii: x, text: Bad.}
    - {id: fair, glyph: f, ascii: f, text: Fair.}
    - {id: good, glyph: o, ascii: o, text: Good.}
  marks:
    - {id: open, glyph: "?", ascii: "?", covers: all, text: Open.}
- {kind: criterion, id: safe, title: Safe, short: Safe, question: "Is it safe?", scale: marks}
- {kind: criterion, id: cheap, title: Cheap, short: Cheap, question: "Is it cheap?", scale: marks}
- {kind: hedge, id: likely, title: likely, text: Likely., weight: 0.8, reason: Because.}
- {kind: hedge, id: possible, title: possible, text: Possible., weight: 0.3, reason: Because.}
- {kind: assumption, id: tools-work, number: A1, title: Tools work, text: Tools work., credence: 0.9}
- {kind: assumption, id: people-agree, number: A2, title: People agree, text: People agree.}
- {kind: assumption, id: nobody-asks, number: A3, title: Nobody asks, text: Nobody asks., reading: ours}
- {kind: mechanism, id: tools, title: Tools, text: Tools., relies-on: [tools-work]}
- {kind: mechanism, id: votes, title: Votes, text: Votes.}
- {kind: factor, id: pressure, number: F1, title: Pressure, text: There is pressure.}
"""

PROPOSALS = """\
- kind: proposal
  id: first
  number: 1
  title: The first
  mechanisms: [tools]
  optional-mechanisms: [votes]
  assumptions: [tools-work]
  secondary-assumptions: [people-agree]
  assessments:
    safe:
      stance: good
      hinges: [tools-work]
      pro:
        - id: p1.safe.1
          text: Tools see it.
          assumes: [tools-work]
          hedge: likely
          con:
            - {id: p1.safe.2, text: Tools may be late., unless: [nobody-asks], hedge: possible, conditional: "true"}
    cheap: {stance: fair}
  questions: [{id: p1.q1, text: Is it so?, concerns: [people-agree]}]
- kind: proposal
  id: second
  number: 2
  title: The second
  mechanisms: [tools, votes]
  assumptions: [tools-work, people-agree]
  assessments:
    safe:
      stance: fair
      pro:
        - {id: p2.safe.1, text: Both help., assumes: [tools-work, people-agree], hedge: possible}
        - {id: p2.safe.2, text: Votes help., assumes: [people-agree], hedge: likely, reading: ours}
      con:
        - {id: p2.safe.3, text: People are slow., unless: [people-agree], hedge: possible}
    cheap: {stance: bad}
- kind: proposal
  id: third
  number: 3
  title: The third
  mechanisms: [votes]
  assessments:
    safe: {stance: open}
    cheap: {stance: open}
- {kind: proposal, id: unfinished, number: 4, title: Unfinished, incomplete: Only this.}
"""

OTHERS = """\
- kind: risk
  id: deceit
  title: Deceit
  text: A model deceives.
  source: paper2020
  at: §1
  criteria: [safe]
  threatens: [tools]
  threatens-ours: [first]
  con:
    - {id: r1, text: Pressure makes deceit dear., assumes: [pressure], hedge: likely, at: §1}
- kind: risk
  id: drift
  title: Drift
  text: A model drifts.
  broader: deceit
  pro:
    - {id: r2, text: Pressure makes models drift., assumes: [pressure], hedge: likely}
- kind: strategy
  id: ask
  number: S1
  title: Ask
  addresses: [drift]
  raises: [deceit]
  assessments:
    cheap: {stance: bad}
- kind: finding
  id: seen
  title: Seen
  source: paper2020
  at: §1
  text: Tools saw it.
  verified: memory
  arguments: [{id: f1, text: Tools saw it once., assumes: [seen], supports: [tools-work], at: §1}]
- kind: finding
  id: unseen
  title: Unseen
  source: paper2020
  at: §1
  text: Nobody agreed.
  credence: 0.1
  arguments: [{id: f2, text: They did not agree., assumes: [unseen], attacks: [people-agree], at: §1, verified: secondary}]
"""

FILES = {
    "cruxmap.yaml": "extends: nothing\n",
    "ontology/all.yaml": ONTOLOGY,
    "proposals/proposals.yaml": PROPOSALS,
    "proposals/others.yaml": OTHERS,
}
