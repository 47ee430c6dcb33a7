"""The page about interchange: its commands run, and its table lists the formats there are."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

from conftest import REPOSITORY, Result
from cruxmap.cli.importing import FORMATS as IMPORTED
from cruxmap_exports.maps import FORMATS, READ_FORMATS

PAGE = REPOSITORY / "docs" / "interchange.md"


def test_the_commands_of_the_page_run_one_after_the_other(
    tmp_path: Path, in_folder: Callable[[Path], None], cruxmap_command: Callable[..., Result]
) -> None:
    folder = tmp_path / "examples"
    shutil.copytree(REPOSITORY / "docs" / "examples" / "interchange", folder)
    in_folder(folder)
    blocks = re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith("cruxmap ")]
    assert len(lines) > 8
    for line in lines:
        result = cruxmap_command(*shlex.split(line)[1:])
        assert result.code == 0, (line, result.err)


def test_every_format_stands_in_the_table_with_what_can_be_done() -> None:
    rows = re.findall(
        r"^\| ([^|]+) \| (`[^|]+`) \| (yes|no) \| (yes|no) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    said = {
        suffix: (read == "yes", written == "yes")
        for _, suffixes, read, written in rows
        for suffix in re.findall("`([^`]+)`", suffixes)
    }
    for item in FORMATS.values():
        assert said[item.suffixes[0]] == (item.is_read, item.is_written), item.name


def test_import_offers_what_can_be_read() -> None:
    assert set(IMPORTED) == {"grid", *READ_FORMATS}
