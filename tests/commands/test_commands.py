"""The command line, as somebody types it: exit codes, streams, and never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

import pypdfium2
import pytest

from db.engine import connect_unmanaged
from dualcreate_desktop import __version__
from dualcreate_desktop.office import backup
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.paths import Paths

Run = Callable[..., subprocess.CompletedProcess[str]]


def sample_file(name: str, folder: Path) -> Path:
    with as_file(files("resources") / "sample" / "files" / name) as path:
        copy = folder / name
        copy.write_bytes(path.read_bytes())
    return copy


def test_version_says_the_version_and_nothing_else(run: Run) -> None:
    done = run("--version")
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, __version__, "")


def test_help_is_chinese_and_names_every_verb(run: Run) -> None:
    done = run("--help")
    assert done.returncode == 0
    assert all(verb in done.stdout for verb in ("demo", "inspect", "check", "--data", "--self-test"))
    assert "检查程序自身是否完好" in done.stdout


def test_an_unknown_verb_is_refused_with_the_usage(run: Run) -> None:
    done = run("fly")
    assert done.returncode == 2
    assert done.stderr.startswith("用法：")
    assert "命令里没有 'fly'" in done.stderr


def test_the_program_finds_itself_sound_and_leaves_nothing_behind(run: Run, tmp_path: Path) -> None:
    done = run("--self-test", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "自检通过"
    assert "失败" not in done.stdout
    assert done.stdout.count("通过　") >= 4
    assert list(tmp_path.iterdir()) == []


def test_check_tells_that_store_presets_and_backup_are_sound(run: Run, office: Office) -> None:
    office.close()
    done = run("check", "--data", office.paths.data)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("通知预设　完好") == 2
    assert "数据库　　完好" in done.stdout
    assert "最近备份　完好" in done.stdout


@pytest.mark.parametrize("verb", ["check", "findings", "quota"])
def test_whoever_looks_where_nothing_is_makes_nothing(run: Run, tmp_path: Path, verb: str) -> None:
    done = run(verb, cwd=tmp_path, XDG_DATA_HOME=tmp_path, LOCALAPPDATA=tmp_path)
    assert done.returncode == 1
    assert "这个文件夹里没有数据" in done.stderr
    (tmp_path / "office.db").touch()
    done = run("--data", tmp_path, verb)
    assert done.returncode == 1
    assert "这个文件夹里没有数据" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["office.db"]


def test_check_makes_no_backup_and_says_when_there_is_none(run: Run, office: Office) -> None:
    office.close()
    for path in backup.backups(office.paths.backups):
        path.unlink()
    done = run("--data", office.paths.data, "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "最近备份　没有" in done.stdout
    assert backup.backups(office.paths.backups) == []


def test_check_of_a_store_that_is_lost_tells_of_its_backups(run: Run, office: Office) -> None:
    office.close()
    office.paths.store.unlink()
    done = run("--data", office.paths.data, "check")
    assert done.returncode == 1
    assert "数据库文件不见了，而它的备份还在" in done.stderr


def test_check_tells_of_a_damaged_store(run: Run, office: Office) -> None:
    office.close()
    content = bytearray(office.paths.store.read_bytes())
    content[20_000:60_000] = bytes(40_000)
    office.paths.store.write_bytes(content)
    done = run("--data", office.paths.data, "check")
    assert done.returncode == 1
    assert "没有通过校验" in done.stderr or "损坏" in done.stderr


def test_check_tells_of_a_damaged_backup(run: Run, office: Office) -> None:
    office.close()
    (newest, *_) = backup.backups(office.paths.backups)
    newest = newest.rename(newest.with_name("office-20990101-000000-daily.db"))
    content = bytearray(newest.read_bytes())
    content[20_000:60_000] = bytes(40_000)
    newest.write_bytes(content)
    done = run("--data", office.paths.data, "check")
    assert done.returncode == 1
    assert newest.name in done.stderr


def test_check_of_an_open_store_says_who_has_it(run: Run, office: Office) -> None:
    done = run("--data", office.paths.data, "check")
    assert (done.returncode, done.stdout.count("数据库")) == (1, 0)
    assert "数据已被打开" in done.stderr


def test_check_of_a_newer_store_says_so(run: Run, office: Office) -> None:
    office.close()
    connection = connect_unmanaged(office.paths.store)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    done = run("--data", office.paths.data, "check")
    assert done.returncode == 1
    assert "数据由更新版本的程序保存" in done.stderr


def test_inspect_tells_what_a_file_is_and_what_is_wrong_with_it(run: Run, tmp_path: Path) -> None:
    done = run("inspect", sample_file("农业与食品学院党支部信息表.xlsx", tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert "党支部名册，表头在第" in done.stdout
    assert "→" in done.stdout
    assert any(line.strip().startswith("第 ") and "列：" in line for line in done.stdout.splitlines())


def test_inspect_as_json_can_be_read_by_a_program(run: Run, tmp_path: Path) -> None:
    one = sample_file("2023年度考核评价结果（上报）.xlsx", tmp_path)
    two = sample_file("法学院党支部信息.csv", tmp_path)
    done = run("inspect", one, two, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    first, second = json.loads(done.stdout)
    assert [sheet["list"] for sheet in first["sheets"]] == ["appraisals"] * 3
    assert [len(sheet["records"]) for sheet in second["sheets"]] == [11]
    assert (second["encoding"], second["sheets"][0]["header_rows"]) == ("utf-8-sig", [1])


def test_inspect_tells_what_it_cannot_read_and_goes_on(run: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "照片.xlsx"
    wrong.write_bytes(b"\xff\xd8\xff\xe0 no table at all")
    good = sample_file("法学院党支部信息.csv", tmp_path)
    done = run("inspect", wrong, good)
    assert (done.returncode, done.stderr) == (0, "")
    assert "不能作为表格读取：图片。图片不能导入，请向对方索取 Excel 文件。" in done.stdout
    assert "党支部名册" in done.stdout


def test_inspect_fails_only_for_a_path_that_is_not_there(run: Run, tmp_path: Path) -> None:
    good = sample_file("法学院党支部信息.csv", tmp_path)
    done = run("inspect", tmp_path / "没有.xlsx", good)
    assert (done.returncode, done.stderr) == (1, "")
    assert "没有.xlsx" in done.stdout
    assert "党支部名册" in done.stdout


def test_inspect_opens_an_encrypted_file_with_a_password(run: Run, tmp_path: Path) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    plain, locked = sample_file("2023年度考核评价结果（上报）.xlsx", tmp_path), tmp_path / "加密.xlsx"
    with plain.open("rb") as source, locked.open("wb") as target:
        OOXMLFile(source).encrypt("密码", target)
    done = run("inspect", locked)
    assert (done.returncode, done.stderr) == (0, "")
    assert "文件已加密，需要密码" in done.stdout
    done = run("inspect", locked, "--json", "--password", "错的", "--password", "密码")
    (report,) = json.loads(done.stdout)
    assert (report["refused"], [sheet["list"] for sheet in report["sheets"]]) == (None, ["appraisals"] * 3)


def test_the_demo_walks_from_files_to_papers_into_a_fresh_folder(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "走一遍"
    done = run("demo", "--out", out)
    assert (done.returncode, done.stderr) == (0, "")
    assert "江州大学：30 个院级党组织，420 个党支部" in done.stdout
    assert "申报 45 项，资格审查：通过 33，不通过 8，待核实 4" in done.stdout
    assert "超名额单位 2 个：计算机学院、法学院" in done.stdout
    assert "立项 23 个" in done.stdout
    papers = {path.name for path in out.iterdir() if path.is_file()}
    assert papers >= {
        "推荐汇总表.pdf",
        "申报表.pdf",
        "资格审查表.pdf",
        "评分表.pdf",
        "评审得分排名.pdf",
        "评审排名.xlsx",
        "公示.pdf",
        "公示.docx",
        "入选名单.pdf",
    }
    for path in out.glob("*.pdf"):
        pdf = pypdfium2.PdfDocument(path)
        assert len(pdf) > 0
        pdf.close()
    assert Paths(out / "示例数据").store.exists()


def test_the_demo_removes_no_folder_that_it_did_not_make(run: Run, tmp_path: Path) -> None:
    theirs = tmp_path / "示例数据"
    theirs.mkdir()
    (theirs / "重要.docx").touch()
    done = run("demo", "--out", tmp_path)
    assert done.returncode == 1
    assert "输出文件夹里已有同名的文件夹" in done.stderr
    assert (theirs / "重要.docx").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["inspect"], "还缺少：PATH"),
        (["demo", "--out"], "--out 后面没有写内容"),
        (["check", "多余"], "没有这个参数：多余"),
        (["check", "--data", ""], "--data 后面没有写文件夹"),
        (["--s"], "--s 不明确，可能是 --sample, --self-test"),
        (["inspect", "--json=1", "x"], "--json 后面不能写 '1'"),
    ],
)
def test_a_command_that_is_not_understood_is_refused_in_chinese(
    run: Run, arguments: list[str], told: str
) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("用法：")
    assert done.stderr.splitlines()[-1] == f"{told}。加 --help 可以查看说明。"


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows says of a name that is too long that it is not there"
)
def test_what_the_system_refuses_is_a_sentence(run: Run, tmp_path: Path) -> None:
    done = run("check", "--data", tmp_path / ("长" * 300))
    assert done.returncode == 1
    assert "文件不能读写：路径太长" in done.stderr
