"""notice, findings and quota, as somebody types them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from dualcreate_desktop.paths import Paths

ROOT = Path(__file__).parents[2]
PRESETS = ("third-batch-2023", "first-batch-2018")
Run = Callable[..., subprocess.CompletedProcess[str]]


def shipped(name: str) -> str:
    return (files("resources") / "notices" / name).read_text("utf-8")


@pytest.fixture
def sample_data(sample_folder: Path, tmp_path: Path) -> Path:
    """The data folder of the sample office, which nobody has open."""
    paths = Paths(tmp_path / "数据")
    paths.make()
    shutil.copyfile(Paths(sample_folder).store, paths.store)
    return paths.data


def test_a_preset_is_read_back_rule_by_rule_with_its_clauses(run: Run) -> None:
    done = run("notice", "show", "first-batch-2018")
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert "[三(一)]　样板支部：每个单位至少申报 2 个。" in lines
    assert any(line.startswith("[二(一)2]　近几年重大表彰或述职评议连续为“好”：") for line in lines)
    assert any("标杆学院每项 10,000 元" in line for line in lines)
    assert "三：通知写作“四个步聚”，应为“四个步骤”" in lines


def test_a_file_is_read_back_like_a_preset(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "我校.toml"
    path.write_text(shipped("third-batch-2023.toml"), "utf-8-sig")
    assert run("notice", "show", path).stdout == run("notice", "show", "third-batch-2023").stdout


@pytest.mark.parametrize("preset", PRESETS)
def test_a_sound_file_is_said_to_be_sound(run: Run, preset: str) -> None:
    done = run("notice", "check", files("resources") / "notices" / f"{preset}.toml")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == f"{preset}.toml　没有发现错误"


def test_every_mistake_of_a_file_is_named_at_once(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "坏.toml"
    text = shipped("third-batch-2023.toml")
    for old, new in (
        ("numerator = 10\n", "numerator = 110\n"),
        ("period_years = 3\n", "period_years = 0\n"),
        ('grades = ["优秀"]', 'grades = ["超好"]'),
        ("opens = 2024-04-01", "opens = 2026-04-01"),
        ('clause = "二(一)2"', 'clause = "二(九)2"'),
        ('stage = "appraisal"\n', ""),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    done = run("notice", "check", path)
    assert (done.returncode, done.stderr) == (1, "")
    told = done.stdout
    assert "quotas[1].limit.numerator：110/100 超过 100%" in told
    assert "period_years：不能小于 1，现在是 0" in told
    assert "不认识的等次“超好”" in told
    assert "stages[3].deadline：截止 2025-03-31 早于开始 2026-04-01" in told
    assert "clause：条款目录（clauses）里没有“二(九)2”" in told
    assert "materials[1].stage：缺少这个键" in told
    assert told.splitlines()[-1] == "共 6 处错误"


@pytest.mark.parametrize("content", [b"x = ", b"\xff\xfe\x00", b"\xd6\xd0 = 1", b""])
def test_a_file_that_holds_no_rules_is_refused(run: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "坏.toml"
    path.write_bytes(content)
    done = run("notice", "check", path)
    assert done.returncode == 1
    assert "坏.toml" in done.stdout + done.stderr


@pytest.mark.parametrize("verb", ["show", "check", "clauses"])
def test_a_preset_that_is_not_there_is_refused_with_those_that_are(run: Run, verb: str) -> None:
    done = run("notice", verb, "fourth-batch")
    assert done.returncode == 1
    assert "third-batch-2023、first-batch-2018" in done.stderr


@pytest.mark.parametrize("preset", PRESETS)
def test_every_clause_is_listed_with_where_it_is_served(run: Run, preset: str) -> None:
    done = run("notice", "clauses", preset, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    listed = json.loads(done.stdout)
    assert len(listed) >= 27
    assert all(item["served"] and (item["by"] or item["reason"]) for item in listed)
    plain = run("notice", "clauses", preset).stdout
    assert all(item["clause"] in plain for item in listed)


def test_all_findings_are_told_with_evidence_and_confirmations(run: Run, sample_data: Path) -> None:
    done = run("findings", "--data", sample_data, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    (told,) = json.loads(done.stdout)
    applications = told["applications"]
    assert len(applications) == 45
    findings = [finding for item in applications for finding in item["findings"]]
    assert all(finding["clause"] and finding["evidence"] for finding in findings)
    assert {finding["verdict"] for finding in findings} == {"通过", "不通过", "待核实", "不适用"}
    assert any(finding["confirmed_by"] and finding["confirmed_at"] for finding in findings)
    assert any(record["table"] == "honour" for finding in findings for record in finding["records"])
    plain = run("--data", sample_data, "findings").stdout
    assert plain.count("核实") >= sum(bool(finding["confirmed_by"]) for finding in findings)


def test_the_quota_table_is_told_with_its_totals(run: Run, sample_data: Path) -> None:
    done = run("quota", "--data", sample_data, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    (told,) = json.loads(done.stdout)
    assert len(told["units"]) == 30
    totals = {total["category"]: total for total in told["totals"]}
    assert totals["model_branch"]["target"] == 20
    lines = [line for unit in told["units"] for line in unit["lines"] if line["category"] == "model_branch"]
    for name in ("allowed", "obliged", "applied", "over", "short"):
        assert totals["model_branch"][name] == sum(line[name] for line in lines)
    assert totals["model_branch"]["over"] > 0
    plain = run("quota", "--data", sample_data).stdout
    assert "合计　样板支部：目标 20" in plain


@pytest.mark.parametrize("verb", ["findings", "quota"])
def test_a_folder_without_a_store_or_an_unknown_round_is_refused(
    run: Run, verb: str, tmp_path: Path, sample_data: Path
) -> None:
    empty = run(verb, "--data", tmp_path / "空")
    assert (empty.returncode, empty.stdout) == (1, "")
    assert "这个文件夹里没有数据" in empty.stderr
    assert not (tmp_path / "空").exists()
    unknown = run(verb, "--data", sample_data, "--round", "第九批")
    assert unknown.returncode == 1
    assert "没有名为“第九批”的批次" in unknown.stderr


@pytest.mark.parametrize("verb", ["show", "check", "clauses"])
def test_a_reader_that_has_had_enough_is_no_trouble(verb: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "dualcreate_desktop", "notice", verb, "third-batch-2023"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        said = running.stderr.read().decode()
    assert said == ""
