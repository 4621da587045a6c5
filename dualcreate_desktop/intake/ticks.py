"""What was ticked among printed options: ☑样板支部 ☐标杆院系, 是√ 否□, （√）党支部."""

from __future__ import annotations

import re

_YES, _NO = "☑☒√✓✔■●", "☐□○◯"
_BRACKETED = re.compile(rf"[(（\[【]\s*([{_YES}{_NO}]?)\s*[)）\]】]")
_BOX = re.compile(rf"[{_YES}{_NO}]")
_AROUND = " \t\n\u3000、，,；;:：.。/|"


def ticked(text: str) -> str:
    """The ticked options, joined by 、; empty where none is. A text without options, such as √ alone, stays as it is."""
    plain = _BRACKETED.sub(lambda found: found[1] or "☐", text).strip(_AROUND)
    boxes = list(_BOX.finditer(plain))
    if not boxes or not _BOX.sub("", plain).strip(_AROUND):
        return text
    starts = [box.end() for box in boxes] if boxes[0].start() == 0 else [0, *(box.end() for box in boxes)]
    ends = [box.start() for box in boxes[1:]] if boxes[0].start() == 0 else [box.start() for box in boxes]
    options = [
        plain[start:end].strip(_AROUND) for start, end in zip(starts, [*ends, len(plain)], strict=True)
    ]
    chosen = (option for box, option in zip(boxes, options, strict=False) if box[0] in _YES)
    return "、".join(filter(None, chosen))
