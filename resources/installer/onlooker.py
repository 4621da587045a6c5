"""Runs in the Windows that is tried, with its Python: tells what stands on the screen, and answers as a hurried user.

windows
    The title of each window.
walk TITLE [STOP]
    Press the default button of whatever dialog stands in front, of a program whose dialogs bear TITLE, until they are
    gone or one of them says STOP; each is told before.
agree TITLE [STOP]
    The same, but 是 is pressed wherever that is asked.
enter TITLE
    Press the Enter key in the window of this title.
registered KEY NAME
    A value of the user's part of the registry; the unnamed one of an empty NAME.
described FILE
    What Windows shows of a program under 属性 → 详细信息, and how many icons it has.
"""

from __future__ import annotations

import ctypes
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from ctypes import wintypes
from io import TextIOWrapper

DIALOG = "#32770"
"""The class of every dialog of Windows itself, NSIS's included."""

GET_TEXT, COMMAND, GET_DEFAULT = 0x000D, 0x0111, 0x0400
YES = 6
"""The number of this button in every message box."""
STYLE, KIND_OF_BUTTON, DEFAULT_BUTTON = -16, 0xF, 0x1
KEY_DOWN, KEY_UP, ENTER = 0x0100, 0x0101, 0x0D
PAUSE = 0.3
GONE_AFTER = 5.0
"""Seconds without a dialog after which no other comes."""
AT_MOST = 150.0

SHOWN = ("FileDescription", "ProductName", "FileVersion", "CompanyName", "LegalCopyright")
SIMPLIFIED_CHINESE = r"\StringFileInfo\080404B0"

if sys.platform == "win32":
    import winreg

    USER = ctypes.WinDLL("user32")
    FOR_EACH = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)
    USER.SendMessageW.argtypes = (wintypes.HWND, wintypes.UINT, wintypes.WPARAM, ctypes.c_void_p)
    USER.SendMessageW.restype = ctypes.c_ssize_t

    def main(arguments: list[str]) -> int:
        """Do one of these; 1 when there is no such window, or no end of dialogs."""
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        verb, *rest = arguments
        if answer := {"walk": default_button, "agree": yes_button}.get(verb):
            return 0 if walk(answer, rest[0], rest[1] if len(rest) > 1 else "") else 1
        if verb == "enter":
            return 0 if enter(rest[0]) else 1
        tell: Mapping[str, Callable[..., Iterator[str]]] = {
            "windows": titles,
            "registered": registered,
            "described": described,
        }
        for line in tell[verb](*rest):
            print(line)
        return 0

    def titles() -> Iterator[str]:
        """Of each window that has one."""
        return filter(None, map(text, windows()))

    def registered(key: str, name: str) -> Iterator[str]:
        """Read here, since Windows' own command prints a character that is not in its code page as a question mark."""
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                yield str(winreg.QueryValueEx(opened, name)[0])
        except FileNotFoundError:
            return

    def walk(answer: Callable[[int], int], title: str, stop: str) -> bool:
        """Press the button that `answer` finds in each dialog; whether it came to an end."""
        told, until, seen = (0, ""), time.monotonic() + AT_MOST, time.monotonic()
        while time.monotonic() < until:
            dialog = next((each for each in windows() if _asks(each, title)), None)
            if dialog is None:
                if told[0] and time.monotonic() - seen > GONE_AFTER:
                    return True
            else:
                said, seen = " | ".join(filter(None, map(text, inside(dialog)))), time.monotonic()
                button = answer(dialog)
                if (dialog, said) != told and USER.IsWindowEnabled(button):
                    told = dialog, said
                    print(f"[{text(button)}] {said}".replace("\r", "").replace("\n", " "), flush=True)
                    if stop and stop in said:
                        return True
                    USER.PostMessageW(dialog, COMMAND, USER.GetDlgCtrlID(button), button)
            time.sleep(PAUSE)
        return False

    def default_button(dialog: int) -> int:
        """What Enter presses: the button that the dialog names, or, as in wine's message boxes, the one so marked."""
        named = USER.GetDlgItem(dialog, USER.SendMessageW(dialog, GET_DEFAULT, 0, None) & 0xFFFF)
        if named and USER.IsWindowVisible(named):
            return int(named)
        marked = (each for each in inside(dialog) if _class(each) == "Button" and _is_marked(each))
        return next(marked, 0)

    def yes_button(dialog: int) -> int:
        """是, and where that is not asked what Enter presses."""
        return int(USER.GetDlgItem(dialog, YES)) or default_button(dialog)

    def _is_marked(button: int) -> bool:
        return bool(USER.GetWindowLongW(button, STYLE) & KIND_OF_BUTTON == DEFAULT_BUTTON)

    def enter(title: str) -> bool:
        """Press and let go of the key; whether there is such a window."""
        window = next((each for each in windows() if title in text(each)), None)
        for message in (KEY_DOWN, KEY_UP):
            USER.PostMessageW(window, message, ENTER, 0)
        return window is not None

    def _asks(window: int, title: str) -> bool:
        return _class(window) == DIALOG and bool(USER.IsWindowEnabled(window)) and title in text(window)

    def windows() -> list[int]:
        """What is seen on the screen, the front one first."""
        return _each(lambda visit: USER.EnumWindows(visit, 0))

    def inside(window: int) -> list[int]:
        """Whatever is seen in a window."""
        return _each(lambda visit: USER.EnumChildWindows(window, visit, 0))

    def _each(enumerate_windows) -> list[int]:  # type: ignore[no-untyped-def]  # ctypes has no name for its kind
        found: list[int] = []

        def visit(window: int, _: int) -> bool:
            if USER.IsWindowVisible(window):
                found.append(window)
            return True

        enumerate_windows(FOR_EACH(visit))
        return found

    def text(window: int) -> str:
        """A title, or what stands on a control."""
        said = ctypes.create_unicode_buffer(4096)
        USER.SendMessageW(window, GET_TEXT, len(said), ctypes.cast(said, ctypes.c_void_p))
        return said.value.strip()

    def _class(window: int) -> str:
        name = ctypes.create_unicode_buffer(64)
        USER.GetClassNameW(window, name, len(name))
        return name.value

    def described(path: str) -> Iterator[str]:
        """The lines of the version resource in Simplified Chinese, and the number of icons."""
        library = ctypes.WinDLL("version")
        resource = ctypes.create_string_buffer(library.GetFileVersionInfoSizeW(path, None))
        library.GetFileVersionInfoW(path, 0, len(resource), resource)
        value, size = ctypes.c_wchar_p(), wintypes.UINT()
        for name in SHOWN:
            asked = f"{SIMPLIFIED_CHINESE}\\{name}"
            if library.VerQueryValueW(resource, asked, ctypes.byref(value), ctypes.byref(size)):
                yield f"{name}={value.value}"
        yield f"icons={ctypes.WinDLL('shell32').ExtractIconExW(path, -1, None, None, 0)}"

    if __name__ == "__main__":
        sys.exit(main(sys.argv[1:]))
