"""Text of entries is shown as it is: never as markup, never as a link, never as a command to the terminal."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from conftest import REPOSITORY
from cruxmap_tui import safe
from cruxmap_tui.commands import TABS
from sample_workspace import FIRST, write_sample
from terminal_driver import Driver, run_steps

HOSTILE = ("[@click=app.quit]q[/]", "[link=http://x]y[/link]", "[red on", "[/] \\[b]")
MORE = "[b]bold[/b] [[x]] $accent :smile: {{x}} {x} %s [on red] [/b]"
CONTROLS = [chr(code) for code in range(0xA0) if code not in (9, 10) and not 0x20 <= code < 0x7F]
CONTROLS += ["\u202e", "\u2066", "\u200f", "\ufeff"]
MODULES = sorted((REPOSITORY / "tui").rglob("*.py"))
WIDGETS = {"Static", "Label", "notify"}
FILLERS = WIDGETS | {"Option", "add", "add_leaf", "add_row", "add_column", "update", "set_options"}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_literal_on_every_screen(hostile: str, tmp_path: Path) -> None:
    root = write_sample(tmp_path / "sample")
    quoted = "'" + hostile.replace("'", "''") + "'"
    text = FIRST.replace("Watchful machine", quoted).replace("It is safe where its tools see lies.", quoted)
    text = text.replace("text: Its tools catch every lie.", f"text: '{hostile} {MORE}'")
    (root / "proposals" / "first.yaml").write_text(text, encoding="utf-8")
    risk = f"kind: risk\nid: sly-risk\ntitle: {quoted}\ntext: {quoted}\nreading: ours\ncriteria: [safety]\n"
    (root / "proposals" / "risk.yaml").write_text(risk, encoding="utf-8")
    names = root / "ontology" / "assumptions.yaml"
    names.write_text(names.read_text(encoding="utf-8").replace("Tools see lies", quoted), encoding="utf-8")

    async def steps(driver: Driver) -> None:
        assert hostile in driver.screen
        await driver.press("v", "v", "w", "0")
        assert hostile in driver.screen
        for tab in TABS:
            await driver.press("escape", tab.key)
        driver.app.open("watchful-machine", "browse")
        await driver.settle()
        assert hostile in driver.texts
        await driver.press("x")
        assert f"Write the entry {hostile}" in driver.texts
        await driver.press("escape")
        driver.app.open("p1.safe.for.1", "browse")
        await driver.settle()
        assert hostile in driver.texts
        for word in MORE.split():
            assert word in driver.texts
        await driver.press("slash")
        await driver.write("p1")
        await driver.until(lambda: "found" in driver.texts)
        assert hostile in driver.screen
        await driver.press("escape", "1", "Y")
        assert hostile in driver.screen
        await driver.press("K", "K")
        assert driver.texts.count(hostile) >= 2, "title and text of the risk"
        styles = {
            segment.style for strip in driver.app.screen._compositor.render_strips() for segment in strip
        }
        assert not any(style.link for style in styles if style)
        assert driver.app.is_running

    run_steps(steps, workspace=str(root))


@pytest.mark.parametrize("make", [safe.text, safe.line, safe.cell, safe.from_terminal])
def test_no_control_character_passes(make: object) -> None:
    assert callable(make)
    for control in CONTROLS:
        assert control not in str(make(f"a{control}b").plain), repr(control)


def test_parts_and_marked_words_are_cleaned_too() -> None:
    for control in CONTROLS:
        assert control not in safe.cell_of((f"a{control}", ""), ("b", "")).plain
        assert control not in safe.marked(f"a{control}b", ["b"], "bold").plain


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
def test_only_one_module_turns_text_into_widgets(file: Path) -> None:
    if file.name == "safe.py":
        return
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            given = [*node.args, *(item.value for item in node.keywords)]
            if name in WIDGETS:
                assert all(isinstance(item, ast.Constant) for item in given), node.lineno
            if name in FILLERS:
                assert not any(isinstance(item, ast.JoinedStr) for item in node.args), node.lineno
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Attribute) and target.attr in ("border_title", "border_subtitle"):
                    assert isinstance(node.value, ast.Constant), node.lineno


def test_the_rule_about_widgets_catches_what_it_is_for() -> None:
    for code in ("Static(name)", "app.notify(f'{x}')", "widget.border_title = title"):
        tree = ast.parse(code)
        caught = any(
            (isinstance(node, ast.Call) and not all(isinstance(item, ast.Constant) for item in node.args))
            or (isinstance(node, ast.Assign) and not isinstance(node.value, ast.Constant))
            for node in ast.walk(tree)
        )
        assert caught, code
