"""`cruxmap group`: the meetings of a reading group, one module for each command."""

from __future__ import annotations

import click

from cruxmap.cli.lazy import LazyGroup

COMMANDS = {
    "plan": "cruxmap.cli.group.planning",
    "open": "cruxmap.cli.group.opening",
    "rate": "cruxmap.cli.group.rating",
    "commit": "cruxmap.cli.group.committing",
    "reveal": "cruxmap.cli.group.revealing",
    "status": "cruxmap.cli.group.status",
    "verify": "cruxmap.cli.group.verifying",
    "agenda": "cruxmap.cli.group.agenda",
    "meet": "cruxmap.cli.group.meeting",
    "agreement": "cruxmap.cli.group.agreement",
    "history": "cruxmap.cli.group.history",
    "record": "cruxmap.cli.group.recording",
    "handout": "cruxmap.cli.group.handout",
    "close": "cruxmap.cli.group.closing",
    "compare": "cruxmap.cli.group.comparing",
}
"""Command -> module whose attribute `command` is the command, in the order of a session."""

SUMMARIES = {
    "plan": "Plan a meeting: question, scope, readings, who rates what.",
    "open": "Let readers answer: the first round, or the next.",
    "rate": "Write your answers; nobody sees them before the reveal.",
    "commit": "Publish a hash of your answers, which binds you to them.",
    "reveal": "Publish your answers, once everybody has committed.",
    "status": "Who has committed and revealed, and which ratings are stale.",
    "verify": "Hold what was revealed against what was committed.",
    "agenda": "What to talk about, for how long, and who with whom.",
    "meet": "Lead the meeting on one screen: agenda, clock, record.",
    "agreement": "How far readers agree, where they spread, who changed their mind.",
    "history": "All rounds of one cell.",
    "record": "Write down what happens in the meeting, line by line.",
    "handout": "One page to hand out: grid, disagreements, cruxes, readings.",
    "close": "Write minutes, handout and answers, and end the session.",
    "compare": "Two groups' grids side by side.",
}

EXAMPLES = """\
\b
Example: cruxmap group status
A session from the plan to the reveal:
  cruxmap group plan --question "Can deception be trained away?" --entries 2,3
  cruxmap group open
  cruxmap group rate --reader reader-a --edit
  cruxmap group commit --reader reader-a
  cruxmap group reveal --reader reader-a
  cruxmap group verify
The meeting, and what comes of it:
  cruxmap group agenda --write
  cruxmap group meet
  cruxmap group record --present reader-a,reader-b --decision "We read §4.2 again"
  cruxmap group agreement
  cruxmap group close
"""


@click.group(
    cls=LazyGroup,
    modules=COMMANDS,
    summaries=SUMMARIES,
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
def command() -> None:
    """Meetings of a reading group, as files in a shared folder, without a server.

    Readers answer alone. What is shared first is a hash of the answers; the answers stay in the private
    folder .cruxmap until everybody has committed. Nobody sees any before, the facilitator included.
    """


__all__ = ["COMMANDS", "SUMMARIES", "command"]
