"""JSON Schemas of the entries, generated from the model: what editors complete and check."""

from __future__ import annotations

import json
from typing import Any

from cruxmap.model.entries import KINDS
from cruxmap.model.validation import adapter

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def file_schema(kind: str) -> dict[str, Any]:
    """Return the schema of a file that holds one entry of a kind, or a list of entries.

    Parameters
    ----------
    kind : str
        A key of `cruxmap.model.entries.KINDS`.
    """
    schema = adapter(KINDS[kind]).json_schema(ref_template="#/$defs/{model}")
    definitions = schema.pop("$defs", {})
    name = KINDS[kind].__name__
    schema.get("properties", {})["override"] = {
        "const": True,
        "description": "Only in a workspace: the entry holds what it changes of one in the extended corpus.",
    }
    reference = {"$ref": f"#/$defs/{name}"}
    return {
        "$schema": DIALECT,
        "title": f"cruxmap {kind}",
        "description": f"One {kind}, or a list of entries of this kind.",
        "anyOf": [reference, {"type": "array", "items": reference}],
        "$defs": {key: _without_titles(value) for key, value in {name: schema, **definitions}.items()},
    }


def schema_text(kind: str) -> str:
    """Return the schema as it is committed: indented, with a final line break."""
    return json.dumps(file_schema(kind), ensure_ascii=False, indent=2) + "\n"


def _without_titles(schema: Any) -> Any:
    """Drop the titles that pydantic derives from field names: editors show them in place of descriptions."""
    if isinstance(schema, dict):
        kept = {
            name: value for name, value in schema.items() if not (name == "title" and isinstance(value, str))
        }
        return {name: _without_titles(value) for name, value in kept.items()}
    if isinstance(schema, list):
        return [_without_titles(item) for item in schema]
    return schema
