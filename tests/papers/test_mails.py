"""Mails that go with a marked copy or a form: whom, which file, what, until when."""

from __future__ import annotations

from datetime import date, datetime

from dualcreate_desktop.papers.mails import Mail, Remark, correction_mail, form_mail

TODAY = date(2024, 3, 5)


def correction(count: int, **changed: object) -> Mail:
    told: dict[str, object] = {
        "to": "机械工程学院党委",
        "file": "名册.xls",
        "attachment": "名册（请修改）.xlsx",
        "remarks": [
            Remark(f"第 {row} 行 C 列", "“火星”不在可选项中", "教师党支部", True) for row in range(count)
        ],
        "losses": ("图表",),
        "until": datetime(2024, 3, 20, 17),
        "signed": "党委组织部　王小明",
        "today": TODAY,
    }
    return correction_mail(**{**told, **changed})  # type: ignore[arg-type]


def test_it_names_the_file_the_places_and_until_when() -> None:
    mail = correction(2)
    assert mail.subject == "请修改“名册.xls”后发回"
    assert mail.text.startswith(
        "机械工程学院党委：\n　　您好！发来的“名册.xls”已收到，谢谢。核对时发现 2 处需要改正：\n"
    )
    assert "1．第 0 行 C 列：“火星”不在可选项中（是否为“教师党支部”）。" in mail.text
    assert "于 2024年3月20日17:00前把整个文件发回" in mail.text
    assert "没有保留原文件的图表" in mail.text
    assert mail.text.endswith("党委组织部　王小明\n2024年3月5日")


def test_many_problems_are_not_all_listed_but_counted() -> None:
    text = correction(40).text
    assert text.count("不在可选项中") == 12
    assert "其余 28 处见附件中的“问题清单”。" in text


def test_what_must_be_mended_comes_before_what_is_to_be_looked_at() -> None:
    remarks = [Remark("第 2 行", "重名", "", False), Remark("第 9 行", "没有填写", "", True)]
    text = correction(0, remarks=remarks, until=None, losses=()).text
    assert "1 处需要改正，另有 1 处请再核对" in text
    assert text.index("第 9 行") < text.index("第 2 行")
    assert "改好后尽快把整个文件发回" in text


def test_the_mail_of_a_form_says_what_is_filled_in_and_what_to_do() -> None:
    told = {
        "to": "机械工程学院党委",
        "form": "党支部名册",
        "attachment": "党支部名册.xlsx",
        "signed": "党委组织部",
        "today": TODAY,
    }
    text = form_mail(**told, rows=12, until=date(2024, 3, 20), purpose="开展申报").text  # type: ignore[arg-type]
    assert "为开展申报，请填报《党支部名册》。附件“党支部名册.xlsx”中已填好现有的 12 条记录" in text
    assert "请于 2024年3月20日前把填好的文件" in text
    empty = form_mail(**told, rows=0, until=None, purpose="").text  # type: ignore[arg-type]
    assert "请在附件“党支部名册.xlsx”中填写" in empty
