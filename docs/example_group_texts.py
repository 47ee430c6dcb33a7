"""The texts of the example group in docs/example-group: its own entries, and what its five readers answer.

Everything here is invented for the example. The readers are nobody.
"""

from __future__ import annotations

QUESTIONS = {
    1: "Would the group that trains the system notice deception before it does harm?",
    2: (
        "Would the group that trains the system notice deception before the system is used outside training?"
    ),
}
"""What the criterion early-warning asks, by version."""

SETTINGS = """\
# A workspace of cruxmap: it adds to the built-in corpus and changes it, without copying it.
name: Example group
extends: builtin

# The columns that this group looks at, in this order.
criteria: [inner-alignment, early-warning]
"""

PEOPLE = """\
# Who reads along. Handles name files; they need not be anybody's name.
- handle: reader-a
- handle: reader-b
- handle: reader-c
- handle: reader-d
- handle: reader-e
"""

SOURCE = """\
kind: source
id: example-notes
title: Notes of the example group
authors: [Example group]
year: 2026
role: encoded
sections:
  - {number: "1", title: What we would train}
  - {number: "2", title: Who reads the logs}
"""

SCALE = """\
kind: scale
id: warning
title: How early a warning comes
text: A scale of the example group. The levels go from the worst to the best.
levels:
  - {id: none, glyph: "✗", ascii: "x", text: Nothing would show.}
  - {id: late, glyph: "▽", ascii: "v", text: Something would show when it is too late to act.}
  - {id: partial, glyph: "△", ascii: "^", text: Some kinds of deception would show in time.}
  - {id: early, glyph: "✓", ascii: "+", text: Nearly all kinds would show in time.}
marks:
  - {id: unknown, glyph: "·", ascii: ".", covers: all, text: The reader does not know.}
  - {id: not-applicable, glyph: "–", ascii: "-", covers: nothing, text: The question does not arise.}
"""

CRITERION = """\
kind: criterion
id: early-warning
title: Early warning
short: Warning
question: >-
  {question}
scale: warning
version: {version}
parts:
  - {{id: signal, title: A signal, question: Is there anything to see?}}
  - {{id: in-time, title: In time, question: Does somebody see it while there is still time to act?}}
"""

ASSUMPTION = """\
kind: assumption
id: somebody-reads-the-logs
title: Somebody reads the logs
text: People outside the lab read the published logs with enough skill and time to see what matters.
source: example-notes
at: §2
undermined-by:
  - The logs grow faster than anybody can read them.
"""

PROPOSAL = """\
kind: proposal
id: open-logs
title: Imitation with open logs
short: Open logs
source: example-notes
at: §1
summary:
  text: A model imitates a human who may consult it, and a log of all consultations is published.
  at: §1
setup:
  - {id: log.setup.1, text: A model is trained to imitate a human who may consult it., at: §1}
  - {id: log.setup.2, text: Every consultation is logged and the log is published each week., at: §1}
mechanisms: [imitative-amplification, transparency-tools]
assumptions: [somebody-reads-the-logs, transparency-robust-to-deception]
assessments:
  inner-alignment:
    stance: open
    at: §1
    reason: The notes say how to watch training and not what training makes of the model.
    con:
      - id: log.inner.against.1
        text: A model that knows of the log can keep what it plans out of it.
        unless: [transparency-robust-to-deception]
        hedge: possible
        at: §2
  early-warning:
    stance: partial
    hinges: [somebody-reads-the-logs]
    at: §2
    reason: What stands in the log can be seen by many; what does not is seen by nobody.
    pro:
      - id: log.warning.for.1
        text: Many readers see more than one overseer.
        assumes: [somebody-reads-the-logs]
        hedge: expects
        at: §2
    con:
      - id: log.warning.against.1
        text: A weekly log comes too late for a model that acts within days.
        hedge: possible
        at: §2
relations:
  - kind: variant-of
    to: [imitative-amplification-intermittent-oversight]
    text: Readers of a public log take the place of the overseer who checks now and then.
"""

OVERRIDE = """\
# Only what this group adds to the entry of the corpus; the rest comes from there.
kind: proposal
id: imitative-amplification-intermittent-oversight
override: true
assessments:
  inner-alignment:
    con:
      - id: example.checks.1
        text: Between two checks nobody looks, and a model may learn when the next one is due.
        unless: [checks-are-frequent-enough]
        hedge: possible
        reading: ours
        at: §3.2
"""

README = """\
# An example group

Everything in this folder is invented to show what a group's files look like. reader-a to reader-e are nobody, and
what they answer is nobody's view. The corpus that they read is real.

The group has met twice. It has a criterion of its own (`early-warning`, with two parts, on a scale of its own), a
proposal and an assumption of its own, and one more argument for an entry of the corpus.

| When | What happened | Where to look |
|---|---|---|
| before 5 March | plan, packs, paper form | `sessions/2026-03-05-noticing/session.yaml`, `packs/` |
| | five sealed answers, revealed together | `commitments/`, `responses/` |
| 5 March | the meeting, by its agenda | `agenda.md` |
| | what was said, as it was written down | `record.jsonl` |
| | a second round: some changed their mind | `responses/*.2.yaml` |
| | what came of it | `minutes.md`, `handout.html`, `answers.csv`, `map.argdown`, `map.dot` |
| after it | a claim made in the meeting, as a draft entry | `ontology/assumptions/` |
| 2 April | `early-warning` asks something narrower now, so its marks were stale and were given again | `sessions/2026-04-02-narrower/` |

Try, in a clone of cruxmap:

```sh
cruxmap group status --workspace docs/example-group
cruxmap group agenda --session 03-05 --workspace docs/example-group
cruxmap group history 3/inner --workspace docs/example-group
cruxmap group compare 03-05 04-02 --workspace docs/example-group
cruxmap matrix --voice group --workspace docs/example-group
```

All of it was made by commands: `python docs/example_group.py` makes it again, byte by byte. To that end the script
takes its random numbers from a list and its times from a clock of its own. cruxmap itself has no such switch.
"""

Answer = tuple[str, str, float | None, str, str, str]
"""Mark, load-bearing assumption, credence, rationale, locator, what would change my mind."""

_RISE = "An experiment in which a model that was taught to hide something is found out by others."
_FALL = "A model that passes the check in the lab and fails it outside."

FIRST: dict[str, dict[str, Answer]] = {
    "reader-a": {
        "2/inner": ("plausible", "A48", 0.6, "If checks are frequent, the first signs are small and can be mended.", "§3.2", _FALL),
        "2/early-warning": ("partial", "A48", 0.6, "Each change of target is a natural moment to look.", "§3.2", _FALL),
        "3/inner": ("plausible", "A5", 0.7, "A steady push away from deception needs no search for it afterwards.", "§4.2", _FALL),
        "3/early-warning": ("late", "A6", 0.5, "Training is meant to prevent deception; it has no alarm of its own.", "§4.2", ""),
        "9/inner": ("doubtful", "A31", 0.4, "The debaters are each other's overseers, and it is unclear how they learn that.", "§10.2", ""),
        "9/early-warning": ("partial", "A31", 0.5, "An opponent gains by pointing at a trick, so some tricks come to light.", "§10.2", ""),
        "open-logs/inner": ("unknown", "", None, "The notes do not say what the log does to training.", "", ""),
        "open-logs/early-warning": ("early", "somebody-reads-the-logs", 0.8, "Many eyes on the same log find most things.", "", "A log that nobody opened for a month."),
    },
    "reader-b": {
        "2/inner": ("plausible", "A4", 0.5, "It turns on whether hiding is harder than finding.", "§3.2", ""),
        "2/early-warning": ("late", "A2", 0.3, "Tools that work on honest models may not work on others.", "§3.2", _RISE),
        "3/inner": ("doubtful", "A6", 0.3, "What is trained against a signal learns to please the signal.", "§4.2", _RISE),
        "3/early-warning": ("none", "A6", 0.3, "A model that pleases the signal shows nothing.", "§4.2", _RISE),
        "9/inner": ("doubtful", "A45", 0.3, "No condition is named that the second debater could keep.", "§10.2", ""),
        "9/early-warning": ("late", "A30", 0.4, "The judge sees what was said, and only if the honest side wins.", "§10.2", ""),
        "open-logs/inner": ("unknown", "", None, "I cannot tell from two pages of notes.", "", ""),
        "open-logs/early-warning": ("late", "somebody-reads-the-logs", 0.3, "Logs are read after something went wrong.", "", ""),
    },
    "reader-c": {
        "2/inner": ("plausible", "A7", 0.5, "A condition that is easy to check would be enough; myopia is a candidate.", "§3.2", ""),
        "2/early-warning": ("early", "A48", 0.8, "Frequent checks are the whole point of this proposal.", "§3.2", _FALL),
        "3/inner": ("plausible", "A7", 0.6, "The gradient may come from enforcing a simple condition.", "§4.2", _FALL),
        "3/early-warning": ("partial", "A7", 0.6, "A violated condition is a signal, if the condition was the right one.", "§4.2", ""),
        "9/inner": ("doubtful", "A46", 0.4, "It needs a myopia that nobody can verify so far.", "§10.2", ""),
        "9/early-warning": ("partial", "A31", 0.6, "Two debaters who watch each other are better than none.", "§10.2", ""),
        "open-logs/inner": ("doubtful", "A2", 0.3, "A log of what was asked says little about what the model wants.", "", ""),
        "open-logs/early-warning": ("early", "somebody-reads-the-logs", 0.7, "A public log cannot be quietly forgotten.", "", ""),
    },
    "reader-d": {
        "2/inner": ("plausible", "A3", 0.7, "The overseer is as strong as what it checks, at every step.", "§3.2", ""),
        "2/early-warning": ("partial", "A3", 0.7, "A strong overseer sees part of what goes wrong.", "§3.2", ""),
        "3/inner": ("likely", "A5", 0.8, "Deception that never starts need not be found.", "§4.2", _FALL),
        "3/early-warning": ("unknown", "", None, "The section speaks of prevention and not of warning.", "§4.2", ""),
        "9/inner": ("doubtful", "A31", 0.4, "A good training signal for the use of tools seems hard to get.", "§10.2", ""),
        "9/early-warning": ("partial", "A31", 0.5, "Some bad behaviour is shown to the judge.", "§10.2", ""),
        "open-logs/inner": ("unknown", "", None, "Nothing is said about training.", "", ""),
        "open-logs/early-warning": ("partial", "somebody-reads-the-logs", 0.5, "It helps against careless mistakes, less against hiding.", "", ""),
    },
    "reader-e": {
        "2/inner": ("doubtful", "A2", 0.2, "Everything rests on tools that a deceptive model resists.", "§3.2", _RISE),
        "2/early-warning": ("none", "A2", 0.2, "A model that hides passes every check.", "§3.2", _RISE),
        "3/inner": ("doubtful", "A5", 0.2, "The consistent gradient is a wish so far.", "§4.2", "A worked example of such a gradient in a small model."),
        "3/early-warning": ("none", "A6", 0.2, "Obfuscated models pass oversight.", "§4.2", _RISE),
        "9/inner": ("doubtful", "A31", 0.3, "Examples of deception would have to come from somewhere.", "§10.2", ""),
        "9/early-warning": ("late", "A31", 0.3, "Both debaters are trained alike and may fail alike.", "§10.2", ""),
        "open-logs/inner": ("doubtful", "A2", 0.2, "A log is no tool that looks inside.", "", ""),
        "open-logs/early-warning": ("late", "A2", 0.2, "A model that hides keeps its plans out of the log.", "", ""),
    },
}  # fmt: skip
"""The first round of the first meeting, by reader and cell."""

SECOND: dict[str, dict[str, Answer]] = {
    "reader-a": {
        "open-logs/early-warning": ("partial", "somebody-reads-the-logs", 0.5, "Many eyes only help for what is in the log.", "", ""),
    },
    "reader-d": {
        "3/inner": ("plausible", "A5", 0.6, "I had passed over the risk of overfitting the signal.", "§4.2", _FALL),
    },
    "reader-e": {
        "2/early-warning": ("late", "A2", 0.3, "Small signs may show between checks, though nobody acts on them.", "§3.2", _RISE),
        "3/inner": ("doubtful..plausible", "A5", 0.3, "If the gradient exists I have no objection left, so the range is wide.", "§4.2", ""),
    },
}  # fmt: skip
"""Changed minds after the discussion of the first meeting; everything else is left as it was."""

NARROWER: dict[str, dict[str, Answer]] = {
    "reader-a": {
        "2/early-warning": ("partial", "A48", 0.6, "Checks happen during training, so the narrower question changes little.", "§3.2", _FALL),
        "3/early-warning": ("late", "A6", 0.5, "Still no alarm during training.", "§4.2", ""),
        "9/early-warning": ("partial", "A31", 0.5, "Debates take place in training too.", "§10.2", ""),
        "open-logs/early-warning": ("late", "somebody-reads-the-logs", 0.4, "A weekly log is read after training has moved on.", "", ""),
    },
    "reader-b": {
        "2/early-warning": ("late", "A2", 0.3, "As before.", "§3.2", _RISE),
        "3/early-warning": ("none", "A6", 0.3, "As before.", "§4.2", _RISE),
        "9/early-warning": ("late", "A30", 0.4, "As before.", "§10.2", ""),
        "open-logs/early-warning": ("none", "somebody-reads-the-logs", 0.2, "Nobody outside reads during training.", "", ""),
    },
    "reader-c": {
        "2/early-warning": ("partial", "A48", 0.6, "Frequent checks help, and some deception only shows in use.", "§3.2", _FALL),
        "3/early-warning": ("partial", "A7", 0.5, "The condition is checked during training.", "§4.2", ""),
        "9/early-warning": ("partial", "A31", 0.6, "As before.", "§10.2", ""),
        "open-logs/early-warning": ("partial", "somebody-reads-the-logs", 0.5, "The log exists from the first day of training.", "", ""),
    },
    "reader-d": {
        "2/early-warning": ("partial", "A3", 0.7, "The overseer is there during the whole of training.", "§3.2", ""),
        "3/early-warning": ("late", "A6", 0.4, "I have read the section again: there is no warning, only prevention.", "§4.2", ""),
        "9/early-warning": ("partial", "A31", 0.5, "As before.", "§10.2", ""),
        "open-logs/early-warning": ("late", "somebody-reads-the-logs", 0.4, "Readers need weeks.", "", ""),
    },
    "reader-e": {
        "2/early-warning": ("late", "A2", 0.3, "As before.", "§3.2", _RISE),
        "3/early-warning": ("none", "A6", 0.2, "As before.", "§4.2", _RISE),
        "9/early-warning": ("late", "A31", 0.3, "As before.", "§10.2", ""),
        "open-logs/early-warning": ("none", "A2", 0.2, "A model in training writes the log that it is rewarded for.", "", ""),
    },
}  # fmt: skip
"""The second meeting: the cells of the criterion that has a new version."""
