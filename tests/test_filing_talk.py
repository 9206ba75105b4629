"""What people and programs are told and asked when reports are filed."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from disclosure.filing.inputs import gather
from disclosure.filing.region import RegionError
from disclosure.filing.talk import safe
from disclosure.read import MAX_BYTES
from filing_files import SHANGDIAN_FOLDER, add, names, text, tree, write

COMMON = "尚店镇人民政府"


def test_a_dry_run_writes_nothing_and_says_what_would_be_done(tmp_path: Path) -> None:
    project = tmp_path / "p"
    files = [write(tmp_path, "a.txt", text()), write(tmp_path, "b.txt", text(more="又一份。"))]
    done = add(project, *files, dry_run=True, yes=False)
    assert done.status == 0
    assert not project.exists()
    assert f"  归档：{SHANGDIAN_FOLDER}/2021.txt" in done.said
    assert f"  归档：{SHANGDIAN_FOLDER}/2021-2.txt" in done.said
    assert done.said[-1] == "共 2 个文件：可以归档 2 个，早已收录 0 个，需要人看 0 个。"


def test_a_dry_run_wins_over_yes_and_fails_where_a_person_is_needed(tmp_path: Path) -> None:
    files = [write(tmp_path, "a.txt", text(COMMON)), write(tmp_path, "b.txt", text())]
    done = add(tmp_path / "p", *files, dry_run=True, yes=True)
    assert done.status == 1
    assert not (tmp_path / "p").exists()


def test_where_nobody_can_answer_nothing_is_written_and_it_says_what_to_add(tmp_path: Path) -> None:
    done = add(tmp_path / "p", write(tmp_path, "a.txt", text()), yes=False)
    assert done.status == 1
    assert not (tmp_path / "p").exists()
    assert done.said[-1] == (
        "没有写入任何文件：这里没有人可以回答。确认无误的，加上 --yes 再运行；只想看看的，加上 --dry-run。"
    )


def test_a_program_gets_the_choices_with_codes_and_the_command_to_run(tmp_path: Path) -> None:
    file = write(tmp_path, "a b.txt", text(COMMON))
    done = add(tmp_path / "p", file)
    assert done.status == 1
    assert tree(tmp_path / "p") == {}
    assert done.said[:5] == (
        str(file),
        "  “尚店镇人民政府”有 2 处同名，报告没有写明是哪一处。",
        "  1. 371581113  山东省聊城市临清市  尚店镇人民政府",
        "  2. 410481100  河南省平顶山市舞钢市  尚店镇人民政府",
        f"  选定以后这样归档：scripts/add_report.py '{file}' --region 371581113（换成所选的代码）",
    )
    assert add(tmp_path / "p", file, region="410481100").status == 0
    assert names(tmp_path / "p") == [f"{SHANGDIAN_FOLDER}/2021.txt"]


def test_one_file_that_needs_a_person_does_not_keep_the_others(tmp_path: Path) -> None:
    done = add(tmp_path / "p", write(tmp_path, "a.txt", text(COMMON)), write(tmp_path, "b.txt", text()))
    assert done.status == 1
    assert names(tmp_path / "p") == [f"{SHANGDIAN_FOLDER}/2021.txt"]


def test_a_program_does_not_file_a_lone_name_that_the_text_speaks_against(tmp_path: Path) -> None:
    file = write(tmp_path, "a.txt", text("汇源办事处", more="学习临清市经验。"))
    done = add(tmp_path / "p", file)
    assert (done.status, tree(tmp_path / "p")) == (1, {})
    assert "  需要人看：名称全国只有一处（河南省平顶山市鲁山县），但报告第 5 行提到“临清市”。" in done.said
    assert add(tmp_path / "p", file, ask=["是"]).status == 0


def test_a_person_sees_figures_and_findings_and_says_yes(tmp_path: Path) -> None:
    report = Path(__file__).parent.parent / "reports/河南省/平顶山市/舞钢市/尚店镇人民政府/2021.txt"
    done = add(tmp_path / "p", write(tmp_path, "a.txt", report.read_bytes()), ask=["什么", "是"])
    assert done.status == 0
    assert done.said.count("  是否归档？[是/否/全部] ") == 2
    head = next(line for line in done.said if "2021 年格式" in line)
    assert (
        head.split()
        == ["2021", "年格式", "原文", "归位", "推得", "勾稽不符", "未填", "不定", "未见"][: len(head.split())]
    )
    assert any(line.startswith("  主动公开政府信息情况") for line in done.said)
    assert any(line.startswith("  发现 ") for line in done.said)


@pytest.mark.parametrize("answers", [["否"], [""], ["n"], []])
def test_without_a_yes_nothing_is_filed(tmp_path: Path, answers: list[str]) -> None:
    done = add(tmp_path / "p", write(tmp_path, "a.txt", text()), ask=answers)
    assert (done.status, tree(tmp_path / "p")) == (1, {})


def test_all_files_the_rest_that_is_sure_and_still_asks_about_what_is_not(tmp_path: Path) -> None:
    files = [
        write(tmp_path, "a.txt", text(year=2020)),
        write(tmp_path, "b.txt", text(year=2021)),
        write(tmp_path, "c.txt", text("汇源办事处", more="学习临清市经验。")),
    ]
    done = add(tmp_path / "p", *files, ask=["全部", "否"])
    assert done.status == 1
    assert names(tmp_path / "p") == [f"{SHANGDIAN_FOLDER}/2020.txt", f"{SHANGDIAN_FOLDER}/2021.txt"]


@pytest.mark.parametrize("choice", ["2", "410481100"])
def test_a_person_chooses_by_number_or_code(tmp_path: Path, choice: str) -> None:
    done = add(tmp_path / "p", write(tmp_path, "a.txt", text(COMMON)), ask=["9", "二", choice, "是"])
    assert done.status == 0
    assert names(tmp_path / "p") == [f"{SHANGDIAN_FOLDER}/2021.txt"]
    described = tree(tmp_path / "p")[f"{SHANGDIAN_FOLDER}/office.yml"].decode()
    assert "报告没有写明是哪一处。归档时由提交的人选定，属河南省平顶山市舞钢市。" in described
    assert "place_inferred: true" in described


@pytest.mark.parametrize("answers", [[""], []])
def test_a_person_may_choose_nothing(tmp_path: Path, answers: list[str]) -> None:
    done = add(tmp_path / "p", write(tmp_path, "a.txt", text(COMMON)), ask=answers)
    assert (done.status, tree(tmp_path / "p")) == (1, {})


def test_folders_on_the_way_decide_between_homonyms(tmp_path: Path) -> None:
    write(tmp_path, "收集/河南省/平顶山市/甲.txt", text(COMMON))
    write(tmp_path, "收集/山东省/乙.txt", text(COMMON, 2022))
    assert add(tmp_path / "p", tmp_path / "收集").status == 0
    assert names(tmp_path / "p") == [
        "reports/山东省/聊城市/临清市/尚店镇人民政府/2022.txt",
        f"{SHANGDIAN_FOLDER}/2021.txt",
    ]


def test_a_folder_named_after_the_body_stands_for_a_name_that_the_text_lacks(tmp_path: Path) -> None:
    write(tmp_path, "河南省/平顶山市/舞钢市/尚店镇人民政府/2021.txt", "一、总体情况\n\n2021年，依法公开。\n")
    assert add(tmp_path / "p", tmp_path / "河南省").status == 0
    assert names(tmp_path / "p") == [f"{SHANGDIAN_FOLDER}/2021.txt"]


def test_a_name_in_the_file_name_alone_is_doubted(tmp_path: Path) -> None:
    file = write(tmp_path, "舞钢市尚店镇人民政府2021年政府信息公开年报.txt", "一、总体情况\n\n2021年，依法公开。\n")
    done = add(tmp_path / "p", file, region="舞钢市", yes=False, dry_run=True)
    assert f"  归档：{SHANGDIAN_FOLDER}/2021.txt" in done.said
    assert add(tmp_path / "p", file).status == 1


def test_a_text_without_any_name_is_filed_where_a_township_is_given(tmp_path: Path) -> None:
    file = write(tmp_path, "2021.txt", "一、总体情况\n\n2021年，依法公开。\n")
    assert "报告里没有读到机关名称。" in add(tmp_path / "p", file).text
    assert add(tmp_path / "p", file, region="410481100").status == 0
    assert names(tmp_path / "p") == [f"{SHANGDIAN_FOLDER}/2021.txt"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", "本报告由舞钢市尚店镇人民政府编制。\n依法公开。\n", "报告里没有读到年度。"),
        ("a.txt", text(year=2007), "报告的年度读作 2007 年，不在 2008 至 2099 年之间。"),
        (
            "a.txt",
            text(more="2022年，2022年，2022年。"),
            "需要人看：标题或前言写的是 2021 年，正文较多提到的却是 2022 年。",
        ),
        (
            "2021.txt",
            "本报告由舞钢市尚店镇人民政府编制。\n依法公开。\n",
            "需要人看：年度只见于文件名（2021 年），报告里没有写。",
        ),
    ],
)
def test_a_year_that_is_not_clear_is_not_guessed(tmp_path: Path, name: str, content: str, said: str) -> None:
    done = add(tmp_path / "p", write(tmp_path, name, content))
    assert (done.status, tree(tmp_path / "p")) == (1, {})
    assert said in done.text


def test_the_year_of_the_report_prevails_over_that_of_the_file_name(tmp_path: Path) -> None:
    done = add(tmp_path / "p", write(tmp_path, "2022年发布.txt", text()))
    assert done.status == 0
    assert names(tmp_path / "p") == [f"{SHANGDIAN_FOLDER}/2021.txt"]
    assert "  说明：文件名写的是 2022 年，报告写的是 2021 年，按报告归档。" in done.said


def test_a_file_that_lies_misnamed_among_the_reports_is_copied_and_told_to_be_removed(tmp_path: Path) -> None:
    add(tmp_path, write(tmp_path, "a.txt", text(year=2020)))
    done = add(tmp_path, write(tmp_path, f"{SHANGDIAN_FOLDER}/2021年年报.txt", text()))
    assert done.status == 0
    assert "  说明：原来的文件也在 reports/ 里，归档以后请删去它，不然同一份放了两次。" in done.said


def test_a_year_that_is_given_is_held_to_the_rule_of_the_build(tmp_path: Path) -> None:
    misprint = write(tmp_path, "a.txt", text(more="2022年，2022年，2022年。"))
    assert add(tmp_path / "p", misprint, year=2022).status == 0
    assert names(tmp_path / "p") == [f"{SHANGDIAN_FOLDER}/2022.txt"]
    done = add(tmp_path / "q", write(tmp_path, "b.txt", text()), year=2022)
    assert done.status == 1
    assert "文件按2022年存放，报告的标题或前言写的是2021年" in done.text


def _archive() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("a.txt", text())
    return kept.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "文件里没有任何文字。请重新下载报告原文"),
        ("a.zip", _archive(), "这个文件是压缩包"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n" + bytes(64), "这个文件是一张图片"),
        ("a.csv", text().encode(), "本站不读 .csv 文件。可用的后缀：.txt、.md"),
        ("a", text().encode(), "本站不读 没有后缀的 文件。"),
        ("a.docx", b"PK\x03\x04broken", ""),
        ("a.pdf", b"%PDF-1.7\nbroken", ""),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    done = add(tmp_path / "p", write(tmp_path, name, content))
    assert (done.status, tree(tmp_path / "p")) == (1, {})
    assert said in done.said[1]
    assert done.said[1].endswith("。")


@pytest.mark.parametrize(
    ("name", "content", "suffix"),
    [
        ("a.doc", "<html><body>" + f"<p>{text()}</p>" + "<p>公开。</p>" * 9 + "</body></html>", ".html"),
        ("a.shtml", "<html><body>" + f"<p>{text()}</p>" + "<p>公开。</p>" * 9 + "</body></html>", ".html"),
        ("a.docx", text(), ".txt"),
    ],
)
def test_a_file_with_a_wrong_suffix_is_filed_as_what_it_is(
    tmp_path: Path, name: str, content: str, suffix: str
) -> None:
    done = add(tmp_path / "p", write(tmp_path, name, content))
    assert done.status == 0, done.text
    assert names(tmp_path / "p") == [f"{SHANGDIAN_FOLDER}/2021{suffix}"]
    assert f"  说明：文件名的后缀与内容不符，归档时用 {suffix}；内容一个字节也不改。" in done.said


def test_paths_that_are_no_files_get_a_sentence_each(tmp_path: Path) -> None:
    large = tmp_path / "large.pdf"
    with large.open("wb") as opened:
        opened.truncate(MAX_BYTES + 1)
    link = tmp_path / "link.txt"
    link.symlink_to(write(tmp_path, "a.txt", text()))
    os.mkfifo(tmp_path / "pipe.txt")
    problems = {one.path.name: one.problem for one in gather([tmp_path, tmp_path / "gone.txt"])}
    assert problems == {
        "a.txt": "",
        "large.pdf": "文件超过 30 MB，没有读取。请只保留年度报告正文，去掉大幅图片。",
        "link.txt": "这是一个链接，不是文件。请给出文件本身。",
        "pipe.txt": "这不是普通的文件。请给出报告文件本身。",
        "gone.txt": "找不到这个文件。请检查路径有没有写错。",
    }


def test_a_folder_is_walked_in_order_without_what_systems_leave_behind(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".git/x.txt", ".DS_Store", "Thumbs.db", "~$a.docx", "b/office.yml"):
        write(tmp_path, f"f/{name}", "甲")
    (tmp_path / "f" / "loop").symlink_to(tmp_path / "f")
    found = [one.path.relative_to(tmp_path / "f").as_posix() for one in gather([tmp_path / "f", tmp_path / "f/a.txt"])]
    assert found == ["a.txt", "b/1.txt", "b/2.txt", "loop"]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = add(tmp_path / "p", tmp_path / "empty")
    assert (done.status, done.said) == (1, ("没有找到文件。文件夹里没有报告，或者只有系统留下的文件。",))


def test_names_of_files_cannot_steer_the_terminal(tmp_path: Path) -> None:
    name = os.fsdecode("\x1b[2J\u202e甲\n2021\t".encode() + b"\xff.txt")
    done = add(tmp_path / "p", write(tmp_path, name, text(COMMON)))
    assert done.status == 1
    assert done.said[0].endswith("/␛[2J⟨U+202E⟩甲␊2021␉\ufffd.txt")
    assert all(line.isprintable() for line in done.said)
    assert safe("a\r\nb") == "a␍␊b"


def test_a_hostile_name_is_filed_under_a_plain_one(tmp_path: Path) -> None:
    name = "../\u202e\n".replace("../", "..") + ".txt"
    assert add(tmp_path / "p", write(tmp_path, name, text())).status == 0
    assert names(tmp_path / "p") == [f"{SHANGDIAN_FOLDER}/2021.txt"]


def test_a_region_of_no_place_stops_everything(tmp_path: Path) -> None:
    with pytest.raises(RegionError):
        add(tmp_path / "p", write(tmp_path, "a.txt", text()), region="某某市")
    assert not (tmp_path / "p").exists()
