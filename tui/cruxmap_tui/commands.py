"""Every action of the terminal UI, declared once: keys, footer, palette and help derive from this table."""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding


class Command(NamedTuple):
    """One action.

    Attributes
    ----------
    id : str
        Name of the action method (`action_<id>` with `-` as `_`), and what `keys:` in the settings names.
    keys : str
        Default keys, separated by commas.
    title : str
        What it does, in two or three words, for footer and palette.
    help : str
        One or two sentences.
    group : str
        Prefix in the palette: `go`, `view`, `set`, `find`, `file`.
    footer : bool
        Whether the footer shows it.
    scope : str
        The tab in which it works, such as `matrix`; empty for everywhere.
    shown : str
        How help writes the keys, where their names are not what is printed on them.
    call : str
        The action with its arguments, where its name alone does not say what to do.
    """

    id: str
    keys: str
    title: str
    help: str
    group: str
    footer: bool = False
    scope: str = ""
    shown: str = ""
    call: str = ""

    @property
    def action(self) -> str:
        """The action as Textual writes it."""
        return self.call or self.id.replace("-", "_")

    @property
    def key_text(self) -> str:
        """The keys as a person would write them."""
        return self.shown or self.keys.replace(",", " ")


class Tab(NamedTuple):
    """One tab: its key, its id, its title, and what is left of the title on a narrow screen."""

    key: str
    id: str
    title: str
    short: str


TABS = (
    Tab("1", "matrix", "Matrix", "Mat"),
    Tab("2", "browse", "Browse", "Bro"),
    Tab("3", "arguments", "Arguments", "Arg"),
    Tab("4", "compare", "Compare", "Com"),
    Tab("5", "whatif", "What if", "Wif"),
    Tab("6", "failure", "Failure", "Fai"),
    Tab("7", "positions", "Positions", "Pos"),
    Tab("8", "cruxes", "Cruxes", "Cru"),
)

COMMANDS: tuple[Command, ...] = (
    *(
        Command(
            f"go-{tab.id}", tab.key, tab.title, f"Go to the tab {tab.title}.", "go", call=f"go('{tab.id}')"
        )
        for tab in TABS
    ),
    Command("next-tab", "greater_than_sign", "Next tab", "Go to the tab on the right.", "go", shown=">"),
    Command("previous-tab", "less_than_sign", "Previous tab", "Go to the tab on the left.", "go", shown="<"),
    Command("back", "left_square_bracket", "Back", "Go back to what was shown before.", "go", shown="["),
    Command("forward", "right_square_bracket", "Forward", "Take back one step back.", "go", shown="]"),
    Command(
        "help",
        "question_mark,f1",
        "Help",
        "Explain this tab and list all keys.",
        "find",
        footer=True,
        shown="? F1",
    ),
    Command(
        "search",
        "slash",
        "Search",
        "Find words in all texts: titles, arguments, notes, questions. Enter opens a hit.",
        "find",
        footer=True,
        shown="/",
    ),
    Command("theme", "T", "Colours", "Choose dark, light or high contrast; it is remembered.", "view"),
    Command("undo", "u", "Undo", "Take back the last change of a credence or label.", "set"),
    Command("redo", "ctrl+r", "Redo", "Make the change again that was taken back.", "set"),
    Command(
        "reset", "R", "Reset all", "Leave all credences and labels to the corpus; u brings them back.", "set"
    ),
    Command("copy-id", "y", "Copy id", "Copy the id of what is selected, and say which.", "file"),
    Command(
        "copy-citation", "Y", "Copy citation", "Copy text, work and locator of what is selected.", "file"
    ),
    Command(
        "edit",
        "e",
        "Edit",
        "Open the YAML file in $VISUAL or $EDITOR at the line of what is selected. The map follows the file.",
        "file",
    ),
    Command(
        "export",
        "x",
        "Export",
        "Write what is on the screen to a file: matrix, map, entry or page. The suffix chooses the format.",
        "file",
        footer=True,
    ),
    Command(
        "browser",
        "o",
        "In browser",
        "Open the matrix, the map or the entry as a page in the browser; without one, say where the page is.",
        "file",
    ),
    Command(
        "reload",
        "f5",
        "Reload",
        "Read all files again now; it happens by itself within a second too.",
        "file",
    ),
    Command(
        "problems", "exclamation_mark", "Problems", "List everything wrong with the files.", "file", shown="!"
    ),
    Command(
        "answer",
        "A",
        "Answer",
        "Rate your cells for the current session of the group, alone and sealed.",
        "go",
    ),
    Command("meet", "M", "Meet", "Lead the meeting of the current session on one shared screen.", "go"),
    Command("command_palette", "ctrl+p", "Commands", "List every action by name.", "find", footer=True),
    Command(
        "quit",
        "q,ctrl+q",
        "Quit",
        "Leave cruxmap. Nothing that you set is written unless you save it.",
        "file",
        footer=True,
        shown="q",
    ),
    # Matrix
    Command("open", "enter", "Open", "Open the arguments of this cell.", "go", True, "matrix"),
    Command("kind", "K", "Kind", "Show proposals, strategies or risks.", "view", True, "matrix"),
    Command(
        "voice",
        "v",
        "Voice",
        "Show what the source says, what its arguments come to, both, or what the group holds once revealed.",
        "view",
        True,
        "matrix",
    ),
    Command("sort", "s", "Sort", "Sort by number, title or one of the criteria.", "view", False, "matrix"),
    Command("group", "b", "Group", "Group rows by mechanism, assumption or stance.", "view", False, "matrix"),
    Command("what-if-cell", "w", "What if", "Set what this verdict rests on.", "go", False, "matrix"),
    # Browse
    Command(
        "filter", "f", "Filter", "Narrow the list as you type. Escape leaves it.", "find", True, "browse"
    ),
    Command(
        "next-link",
        "n",
        "Next link",
        "Go to the next id on the page; Enter follows it.",
        "view",
        True,
        "browse",
    ),
    Command("previous-link", "N", "Previous link", "Go to the id before.", "view", False, "browse"),
    Command(
        "arguments", "a", "Arguments", "Show the arguments of what is on the page.", "go", True, "browse"
    ),
    Command("set-this", "w", "What if", "Set the statement that is on the page.", "go", True, "browse"),
    # Arguments
    Command(
        "lens",
        "L",
        "Lens",
        "Change between the outline and the lens: one node, with what bears on it and what it bears on.",
        "view",
        True,
        "arguments",
    ),
    # What if
    Command("raise", "right,l,plus", "Raise", "Raise the credence by 0.05.", "set", False, "whatif", "→ l +"),
    Command("lower", "left,h,minus", "Lower", "Lower the credence by 0.05.", "set", False, "whatif", "← h -"),
    Command(
        "tenths",
        "",
        "Set tenths",
        "In the list, 0 to 9 set the credence to 0.0 to 0.9. Escape leaves it; then digits are tabs again.",
        "set",
        False,
        "whatif",
        "0 … 9",
    ),
    Command("exactly", "equals_sign", "Exactly", "Type a credence from 0 to 1.", "set", True, "whatif", "="),
    Command("fix-in", "t", "Fix in", "Let it hold, whatever the arguments say.", "set", True, "whatif"),
    Command("fix-out", "f", "Fix out", "Let it fail, whatever the arguments say.", "set", True, "whatif"),
    Command("free", "space", "Free", "Leave it to the corpus again.", "set", False, "whatif"),
    Command("save", "S", "Save", "Keep what is set under a name.", "file", False, "whatif"),
    Command("open-scenario", "O", "Load", "Set what was saved under a name.", "file", False, "whatif"),
    # Answering; the keys with letters work outside the boxes, the others everywhere
    Command("next-cell", "pagedown,n", "Next cell", "Go to the next cell.", "go", True, "rate", "PgDn n"),
    Command(
        "previous-cell", "pageup,p", "Previous cell", "Go to the cell before.", "go", False, "rate", "PgUp p"
    ),
    Command(
        "next-missing",
        "f4,m",
        "Next missing",
        "Go to the next cell without a mark.",
        "go",
        True,
        "rate",
        "F4 m",
    ),
    Command(
        "find-assumption",
        "f2,a",
        "Assumption",
        "Find the statement that your mark rests on most, or write your own.",
        "set",
        True,
        "rate",
        "F2 a",
    ),
    Command(
        "show-source",
        "f3,s",
        "Source",
        "Show or hide what the source says, and the arguments. Mark first: it may sway you.",
        "view",
        True,
        "rate",
        "F3 s",
    ),
    Command(
        "seal",
        "f9,c",
        "Seal",
        "Commit: publish a hash that binds you to your answers without showing them.",
        "file",
        True,
        "rate",
        "F9 c",
    ),
    Command("leave-rating", "ctrl+q,q", "Leave", "Leave; everything is saved.", "file", True, "rate", "^Q q"),
    # Meeting
    Command(
        "run",
        "space",
        "Pause",
        "Start the meeting, stop the clock, let it run on.",
        "set",
        True,
        "meet",
    ),
    Command("next-step", "n,enter", "Next", "Go to the next step of the plan.", "go", True, "meet", "n"),
    Command(
        "more-time",
        "plus,equals_sign",
        "2 min",
        "Give this step two minutes more.",
        "set",
        True,
        "meet",
        "+",
    ),
    Command(
        "time-back",
        "b",
        "Give back",
        "After the screen was away: take that time off the clock of the step.",
        "set",
        False,
        "meet",
    ),
    Command("park", "p", "Park", "Put this item off and go to the next one.", "set", True, "meet"),
    Command(
        "decision",
        "d",
        "Decision",
        "Write down what the group decides about this item.",
        "file",
        True,
        "meet",
    ),
    Command(
        "question",
        "o",
        "Question",
        "Write down what stays open, who looks after it and until when.",
        "file",
        True,
        "meet",
    ),
    Command("claim", "c", "Claim", "Write down a new claim that somebody makes.", "file", True, "meet"),
    Command("hand", "h", "Hand", "Somebody wants to speak: add them to the queue.", "set", True, "meet"),
    Command("speaker", "s", "Speaker", "Give the floor to the first in the queue.", "set", True, "meet"),
    Command(
        "re-rate",
        "r",
        "Re-rate",
        "Everyone marks this cell again; the marks stay hidden until all are in.",
        "set",
        True,
        "meet",
    ),
    Command(
        "withdraw", "u", "Undo", "Withdraw what was done last; the record keeps both.", "set", True, "meet"
    ),
    Command("take-up", "t", "Take up", "Choose the item to talk about.", "go", False, "meet"),
    Command("attendance", "w", "Who is here", "Note who came and who left.", "set", False, "meet"),
    Command(
        "length",
        "l",
        "Length",
        "Before the start: plan 60, 90 or 120 minutes.",
        "set",
        False,
        "meet",
    ),
    Command("leave-meeting", "q,ctrl+q", "Leave", "Leave; everything is saved.", "file", False, "meet", "q"),
)

MOVES: tuple[tuple[str, str], ...] = (
    ("h j k l, arrows", "left, down, up, right in lists, tables and trees"),
    ("g  G", "first, last"),
    ("ctrl+d  ctrl+u", "a page down, a page up"),
    ("Tab  shift+Tab", "next, previous pane"),
    ("Escape", "leave a box, a page or a window"),
)
"""Keys that move and change nothing, as help lists them."""


def in_scope(scope: str) -> tuple[Command, ...]:
    """Return the commands of one tab, or with an empty scope those that work everywhere."""
    return tuple(command for command in COMMANDS if command.scope == scope)


def bindings(scope: str = "") -> list[Binding]:
    """Return the key bindings of the commands in one scope."""
    return [
        Binding(
            command.keys,
            command.action,
            command.title,
            show=command.footer,
            key_display=command.shown.split(" ", maxsplit=1)[0] or None,
            tooltip=command.help,
            id=command.id,
        )
        for command in in_scope(scope)
        if command.keys
    ]
