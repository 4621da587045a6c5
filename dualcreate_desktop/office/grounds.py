"""依据: the documents that a round rests on, and who holds it, as letters name them."""

from __future__ import annotations

from dualcreate_desktop.rules.notice import Notice


def grounds(notice: Notice) -> str:
    """《通知》（文号）、《补充通知》（文号）和《办法》（文号）: the notice, the later ones and what they rest on."""
    named = [(notice.title, notice.doc_number)]
    named += [(later.title, later.doc_number) for later in notice.supplements]
    named += [(document.title, document.doc_number) for document in notice.basis]
    told = [f"《{title}》{f'（{number}）' if number else ''}" for title, number in dict.fromkeys(named)]
    return told[0] if len(told) == 1 else f"{'、'.join(told[:-1])}和{told[-1]}"


def holders(notice: Notice) -> str:
    """主办：…；协办：… ; empty where nobody holds the round with somebody else."""
    if not notice.co_organisers:
        return ""
    parts = {"主办": notice.organisers, "协办": notice.co_organisers}
    return "；".join(f"{word}：{'、'.join(names)}" for word, names in parts.items() if names)
