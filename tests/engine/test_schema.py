"""The committed schemas are those that the model gives, and entries satisfy them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from conftest import REPOSITORY
from cruxmap.model.entries import KINDS
from cruxmap.model.schema import file_schema, schema_text

SCHEMAS = REPOSITORY / "ontology" / "schema"
FILES = sorted([*(REPOSITORY / "proposals").rglob("*.yaml"), *(REPOSITORY / "ontology").glob("*.yaml")])


@pytest.mark.parametrize("kind", KINDS)
def test_committed_schemas_are_fresh(kind: str) -> None:
    committed = (SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(kind), "run `cruxmap schema --to ontology/schema`"


def test_no_schema_is_left_over() -> None:
    assert {file.name for file in SCHEMAS.iterdir()} == {f"{kind}.schema.json" for kind in KINDS}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_entry_names_its_schema_and_satisfies_it(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    if file.name == "version.yaml":
        return
    modeline = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert modeline, "the first line must name the schema"
    schema = json.loads((file.parent / modeline[1]).read_text(encoding="utf-8"))
    data = yaml.safe_load(text)
    errors = [
        f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(data)
    ]
    assert not errors


def test_editors_get_descriptions_and_no_unknown_keys() -> None:
    definition = file_schema("proposal")["$defs"]["Argument"]
    assert definition["additionalProperties"] is False
    assert "Linked premises" in definition["properties"]["assumes"]["description"]
    assert file_schema("proposal")["$defs"]["Proposal"]["properties"]["number"]
