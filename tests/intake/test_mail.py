"""Saved mails as Chinese programs write them."""

from __future__ import annotations

import base64
from datetime import datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualcreate_desktop.intake.mail import decode_header, parameter, read_eml

NAME = "机械学院党支部名册.xlsx"


def mail_with(disposition: bytes, content: bytes = b"a,b") -> bytes:
    """A mail whose one attachment is named by that raw header."""
    lines = (
        b"From: =?gb2312?B?" + base64.b64encode("张三".encode("gbk")) + b"?= <zhangsan@example.cn>",
        b"Subject: " + "报送名册".encode("gbk"),
        b"Date: Mon, 4 Mar 2024 01:30:00 +0000",
        b"MIME-Version: 1.0",
        b'Content-Type: multipart/mixed; boundary="x"',
        b"",
        b"--x",
        b"Content-Type: text/plain; charset=gb2312",
        b"",
        "您好".encode("gbk"),
        b"--x",
        b"Content-Type: application/octet-stream",
        b"Content-Transfer-Encoding: base64",
        b"Content-Disposition: attachment; " + disposition,
        b"",
        base64.b64encode(content),
        b"--x--",
        b"",
    )
    return b"\r\n".join(lines)


def percent(data: bytes) -> bytes:
    return b"".join(b"%%%02X" % byte for byte in data)


GBK, UTF8 = NAME.encode("gbk"), NAME.encode("utf-8")


@pytest.mark.parametrize(
    "disposition",
    [
        b'filename="' + GBK + b'"',
        b"filename=" + GBK,
        b'filename="' + UTF8 + b'"',
        b'filename="=?gb2312?B?' + base64.b64encode(GBK) + b'?="',
        b'filename="=?GBK?Q?' + percent(GBK).replace(b"%", b"=") + b'?="',
        b'filename="=?utf-8?B?' + base64.b64encode(UTF8[:10]) + b'?=\r\n =?utf-8?B?' + base64.b64encode(UTF8[10:]) + b'?="',
        b"filename*=gb2312''" + percent(GBK),
        b"filename*=UTF-8''" + percent(UTF8),
        b"filename*0*=utf-8''" + percent(UTF8[:10]) + b";\r\n filename*1*=" + percent(UTF8[10:]),
        b'filename*0="' + UTF8[:9] + b'"; filename*1="' + UTF8[9:] + b'"',
        b'filename="fallback.xlsx"; filename*=UTF-8\'\'' + percent(UTF8),
        b'filename="C:\\' + GBK + b'"',
    ],
)  # fmt: skip
def test_a_name_is_read_however_it_was_written(disposition: bytes) -> None:
    (part,) = read_eml(mail_with(disposition)).parts
    assert (part.name, part.data) == (NAME, b"a,b")


def test_sender_subject_and_date_are_told_in_the_offices_time() -> None:
    envelope = read_eml(mail_with(b'filename="a.csv"')).envelope
    assert (envelope.sender, envelope.subject, envelope.sent, envelope.address) == (
        "张三 <zhangsan@example.cn>",
        "报送名册",
        datetime(2024, 3, 4, 9, 30),
        "zhangsan@example.cn",
    )


def test_a_mail_in_a_mail_keeps_its_own_sender_and_attachments() -> None:
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "李四 <lisi@example.cn>", "名册"
    inner.set_content("见附件")
    inner.add_attachment(b"a,b", maintype="text", subtype="csv", filename=NAME)
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "王五 <wangwu@example.cn>", "转发：名册"
    outer.set_content("转发")
    outer.add_attachment(inner)
    (part,) = read_eml(outer.as_bytes()).parts
    assert part.mail is not None
    assert (part.name, part.mail.envelope.sender) == ("名册.eml", "李四 <lisi@example.cn>")
    assert [inside.name for inside in part.mail.parts] == [NAME]


def test_the_body_of_a_mail_is_no_attachment() -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@example.cn", "x"
    mail.set_content("正文")
    mail.add_alternative("<p>正文</p>", subtype="html")
    assert read_eml(mail.as_bytes()).parts == ()


def test_words_cut_inside_a_character_are_joined() -> None:
    halves = (base64.b64encode(part).decode() for part in (UTF8[:7], UTF8[7:]))
    assert decode_header("\n ".join(f"=?utf-8?B?{half}?=" for half in halves)) == NAME
    assert parameter("attachment; filename=", "filename") == ""


@given(st.binary(max_size=400))
def test_no_mail_ever_raises(data: bytes) -> None:
    read_eml(b"From: a@example.cn\nSubject: x\nContent-Disposition: attachment; filename=" + data)
    read_eml(data)
