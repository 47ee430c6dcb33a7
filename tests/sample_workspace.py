"""A small workspace whose screens do not change with the corpus."""

from __future__ import annotations

from pathlib import Path

SCALE = """\
- kind: scale
  id: stance
  title: Stance
  levels:
    - {id: doubtful, glyph: "▽", ascii: v, text: Leads with difficulty.}
    - {id: plausible, glyph: "△", ascii: ^, text: Leans positive.}
  marks:
    - {id: open, glyph: "?", ascii: "?", covers: all, text: Left open.}
    - {id: conditional, glyph: "◇", ascii: "~", covers: all, needs-hinges: true, text: Depends.}
"""
CRITERIA = """\
- {kind: criterion, id: safety, title: Safety, short: Safe, question: Is it safe?, scale: stance, version: 1}
- {kind: criterion, id: speed, title: Speed, short: Fast, question: Is it fast?, scale: stance, version: 1}
"""
ASSUMPTIONS = """\
- {kind: assumption, id: tools-see-lies, number: A1, title: Tools see lies, text: Tools detect deception.}
- {kind: assumption, id: gears-turn, number: A2, title: Gears turn, text: The gears turn.}
"""
FIRST = """\
kind: proposal
id: watchful-machine
number: 1
title: Watchful machine
assumptions: [tools-see-lies]
assessments:
  safety:
    stance: conditional
    hinges: [tools-see-lies]
    reason: It is safe where its tools see lies.
    pro:
      - {id: p1.safe.for.1, text: Its tools catch every lie., assumes: [tools-see-lies], reading: ours}
    con:
      - {id: p1.safe.against.1, text: A lie may be well hidden., reading: ours}
  speed:
    stance: plausible
    reason: Gears are quick.
    pro:
      - {id: p1.speed.for.1, text: Gears are quick., assumes: [gears-turn], reading: ours}
"""
SECOND = """\
kind: proposal
id: plain-machine
number: 2
title: Plain machine
assumptions: [gears-turn]
assessments:
  safety:
    stance: doubtful
    reason: Nobody watches it.
    con:
      - {id: p2.safe.against.1, text: Nobody watches it., reading: ours}
  speed:
    stance: open
    reason: Nobody timed it.
"""


def write_sample(root: Path) -> Path:
    """Write the workspace and return its folder."""
    files = {
        "cruxmap.yaml": "name: sample\nextends: nothing\n",
        "ontology/scale.yaml": SCALE,
        "ontology/criteria.yaml": CRITERIA,
        "ontology/assumptions.yaml": ASSUMPTIONS,
        "proposals/first.yaml": FIRST,
        "proposals/second.yaml": SECOND,
    }
    for name, content in files.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    return root
