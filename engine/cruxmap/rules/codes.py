"""Manual pages of the codes that the reader and the model report; rules document themselves."""

from __future__ import annotations

CODES = {
    "E001": "A file is larger than 1 MiB. Entries are written by people; split the file.",
    "E002": "A file is not UTF-8. The message names the first byte that is not; save the file as UTF-8.",
    "E003": "A file contains a character that cannot be seen, such as an escape or NUL. Remove it.",
    "E004": "Git left the markers of a merge conflict. Choose one side and delete the marker lines.",
    "E005": "A file is not YAML. Most often a text that contains `: ` needs quotes or a block (`>-`).",
    "E006": "Anchors (&name) are not allowed: with aliases they hide and multiply data.",
    "E007": "Aliases (*name) are not allowed: a few lines of them can stand for millions of values.",
    "E008": "Tags (!!int, !name) are not allowed: every value is read as text, and the field decides its "
    "type.",
    "E009": "Merge keys (<<) are not allowed: write the fields out.",
    "E010": "A key stands twice in one mapping. Parsers keep one of the two values silently; keep the right "
    "one.",
    "E011": "Nesting is deeper than 32 levels.",
    "E012": "A file holds several documents. Use one file for each, or a list of entries.",
    "E013": "A key is a list or mapping. Keys are plain texts.",
    "E014": "A file is empty, or holds comments only.",
    "E015": "An id, title or other one-line text contains a character that changes how the line is "
    "displayed.",
    "E016": "A file cannot be read, is no regular file, or is a link that leads out of the workspace.",
    "E017": "The workspace has more than 10,000 files.",
    "E018": "An entry is not a mapping. Every entry starts with `kind:` and `id:`.",
    "E019": "The entries follow another schema version than this cruxmap reads.",
    "E020": "An entry says `override: true`, but the extended corpus has no entry with this id.",
    "E101": "The kind of an entry is unknown.",
    "E102": "A field is unknown. Nothing is ignored silently: a misspelt field would be lost.",
    "E103": "A required field is missing.",
    "E104": "A value has the wrong shape: a list, mapping or text is expected.",
    "E105": "A text is empty or too long. Claims have 1 to 600 characters.",
    "E106": "An id has the wrong form: lower-case letters and digits joined by hyphens (arguments: dots "
    "too).",
    "E107": "A value is none of the words that the field allows.",
    "E108": "A value must be a number within bounds.",
    "E401": "A synthesis contradicts the data: its query gives something else than it expects. Either the "
    "sentence is wrong, or an entry is.",
    "E402": "The query of a synthesis has no meaning: it asks for what these items do not have, or expects "
    "an answer of another sort. docs/synthesis.md has the table.",
    "E403": "A verdict is not what the `expect` of its entry says: another label, or a strength out of "
    "bounds, under the default conventions.",
}
