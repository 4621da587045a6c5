"""Steps with the installer's own windows, each page answered by its default button, and with its refusals."""

from __future__ import annotations

from pathlib import Path

from resources.installer.artefacts import read_product
from resources.installer.trial import PAINTED, PROGRAM, UNINSTALL_KEY, Trial, require, wait_for
from resources.installer.trial_setup import set_up

PAGES = ("[下一步(&N) >] ", "[安装(&I)] ", "[完成(&F)] ")
"""The default buttons of its pages, in their order."""

KEEP = "[否(&N)] "
AGREE = "[是(&Y)] "
ASKED = "是否也删除这些数据"
ASKED_AGAIN = "确定删除吗"
DATA_FOLDER, TOO_OLD, NOT_WRITTEN = 3, 4, 5


def install(trial: Trial) -> str:
    """Install with its window into the folder that it proposes; the last page opens the program."""
    name = read_product().name
    process = trial.wine.start(trial.wine.windows_path(trial.made.installer))
    wait_for(lambda: trial.colours() > PAINTED, "the installer shows no page")
    picture = trial.keep_picture("installer.png")
    pages = trial.look("walk", name)
    process.wait(60)
    require(tuple(page.split("] ")[0] + "] " for page in pages) == PAGES, "\n".join(pages))
    wait_for(lambda: _is_open(trial), "the program was not opened")
    wait_for(lambda: _is_closed(trial), "the program did not close")
    require((proposed(trial) / PROGRAM).is_file(), f"it is not in {proposed(trial)}")
    require(_on_desktop(trial).is_file(), "there is no icon on the desktop")
    return f"{len(pages)} pages, the program opened, {picture}"


def uninstall(trial: Trial) -> str:
    """Remove it with its window: the question about the data stands there, and its default keeps it."""
    name, store = read_product().name, trial.data / "office.db"
    before = store.read_bytes()
    process = trial.wine.start(trial.wine.windows_path(proposed(trial) / "uninstall.exe"))
    asked = trial.look("walk", name, ASKED)
    picture = trial.keep_picture("uninstall.png")
    require(asked[-1].startswith(KEEP), f"the default is another: {asked[-1]}")
    trial.look("walk", name)
    process.wait(60)
    require(not (proposed(trial) / PROGRAM).exists(), "the program is still there")
    require(not _on_desktop(trial).exists(), "its icon is still on the desktop")
    require(store.read_bytes() == before, "the data was touched")
    return f"{asked[-1][:60]}…, data kept, {picture}"


def delete_data(trial: Trial) -> str:
    """Remove it and answer 是 to both questions: the data folder is gone, and nothing else that was there before."""
    name, before = read_product().name, trial.files()
    data = trial.files_of(trial.data)
    require(bool(data), "there is no data to delete")
    set_up(trial, trial.made.installer, proposed(trial))
    process = trial.wine.start(trial.wine.windows_path(proposed(trial) / "uninstall.exe"))
    said = trial.look("agree", name, ASKED_AGAIN)
    picture = trial.keep_picture("uninstall-data.png")
    said += trial.look("agree", name)
    process.wait(60)
    answered = [line for line in said if line.startswith(AGREE)]
    require(any(ASKED in line for line in answered), "\n".join(said))
    require(ASKED_AGAIN in answered[-1], "\n".join(said))
    require(not trial.data.exists(), "the data is still there")
    gone = {path for path, _, _ in before} - {path for path, _, _ in trial.files()}
    require(gone == {path for path, _, _ in data}, f"gone: {sorted(gone)[:5]}")
    return f"both answered with 是, {len(gone)} files of the data gone and no other, {picture}"


def codes(trial: Trial) -> str:
    """Silently, each refusal ends with a code of its own, and nothing counts as installed."""
    _refused(trial, DATA_FOLDER, trial.data)
    blocked = trial.user / "写不进去"
    blocked.mkdir()
    (blocked / "_internal").write_text("a file where a folder should be")
    _refused(trial, NOT_WRITTEN, blocked)
    try:
        trial.wine.run("winecfg", "-v", "win81", timeout=120)
        _refused(trial, TOO_OLD, proposed(trial))
    finally:
        trial.wine.run("winecfg", "-v", "win10", timeout=120)
    return "3 its data folder, 4 Windows 8.1, 5 not to be written"


def _refused(trial: Trial, code: int, folder: Path) -> None:
    where = f"/D={trial.wine.windows_path(folder)}".split(" ")
    done = trial.wine.run(trial.wine.windows_path(trial.made.installer), "/S", *where, timeout=300)
    require(done.returncode == code, f"for {folder.name} it ended with {done.returncode} instead of {code}")
    require(not trial.register(UNINSTALL_KEY, "DisplayName"), "Windows lists it as installed")


def _is_open(trial: Trial) -> bool:
    return any(read_product().name in title for title in trial.look("windows"))


def _is_closed(trial: Trial) -> bool:
    """Close its windows as the cross in their corner does, a question before the window behind it; whether none is left."""
    trial.wine.run("taskkill", "/IM", PROGRAM, timeout=60)
    return not _is_open(trial)


def _on_desktop(trial: Trial) -> Path:
    return trial.user / "Desktop" / f"{read_product().name}.lnk"


def proposed(trial: Trial) -> Path:
    """Where the installer puts the program unless it is told another place."""
    return trial.user / "AppData" / "Local" / "Programs" / "DualCreate"
