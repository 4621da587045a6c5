"""A round's rules as one file: out of the office and in again."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.errors import FileRefused, UserError
from dualcreate_desktop.office import round_drafts, round_files, rounds, rule_editing
from dualcreate_desktop.office.store import Office


@pytest.mark.parametrize("preset", rounds.presets(), ids=lambda preset: preset.key)
def test_what_is_exported_is_imported_as_it_was(
    office: Office, tmp_path: Path, preset: rounds.Preset
) -> None:
    draft = rule_editing.opened(office, rounds.create_round(office, preset.title, preset.toml, preset.key))
    edited = draft.replaced("categories[1].target", 77)
    path = tmp_path / "批次.toml"
    round_files.export(edited, path)
    assert round_files.imported(draft, path).notice == edited.notice
    begun = round_drafts.from_file(path)
    assert rounds.rules_of(office, rounds.create_round(office, "另一批", begun.toml, begun.key)).notice == (
        edited.notice
    )


def test_the_mistakes_of_a_file_are_all_named(tmp_path: Path) -> None:
    path = tmp_path / "改坏.toml"
    toml = rounds.presets()[0].toml
    path.write_text(
        toml.replace("copies = 2", "copies = -1", 1).replace("decimals = 2", "decimals = -2"), "utf-8"
    )
    with pytest.raises(UserError) as refused:
        round_files.read(path)
    assert "copies：不能小于 0" in str(refused.value)
    assert "rubric.decimals：不能小于 0" in str(refused.value)
    assert refused.value.where == "改坏.toml"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"= = ="])
def test_what_is_no_rules_file_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "别的.toml"
    path.write_bytes(content)
    with pytest.raises(UserError):
        round_files.read(path)
    with pytest.raises(FileRefused):
        round_files.read(tmp_path / "没有.toml")


def test_a_round_is_copied_with_its_keys_a_year_later(office: Office, round_id: str) -> None:
    (copy,) = round_drafts.copies(office)
    assert copy.origin == "照搬“第三批”，日期顺延一年"
    again = rounds.rules_of(office, rounds.create_round(office, copy.name, copy.toml, copy.key)).notice
    before = rounds.rules_of(office, round_id).notice
    assert again.deadline == before.deadline.replace(year=before.deadline.year + 1)
    assert [item.key for item in again.conditions] == [item.key for item in before.conditions]
