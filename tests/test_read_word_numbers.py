"""Numbers that Word puts before paragraphs by itself: their formats, their counting, and the sections they make."""

from __future__ import annotations

import pytest
from disclosure.reading import read_report
from documents import Markup, docx, levels, numbered, paragraph, report_blocks
from test_fill import TRUE
from test_read_word import lines

REPORT = report_blocks("2021", TRUE["2021"])


class TestAutomaticNumbers:
    """Numbers that stand nowhere in the text: without them no heading is a heading."""

    @pytest.mark.parametrize(
        ("name", "text", "first", "second"),
        [
            ("chineseCounting", "%1、", "一、甲", "二、乙"),
            ("chineseCountingThousand", "（%1）", "（一）甲", "（二）乙"),
            ("japaneseCounting", "第%1部分", "第一部分 甲", "第二部分 乙"),
            ("ideographTraditional", "%1.", "甲.甲", "乙.乙"),
            ("decimal", "%1.", "1.甲", "2.乙"),
            ("decimal", "%1", "1 甲", "2 乙"),
            ("decimalEnclosedCircle", "%1", "① 甲", "② 乙"),
            ("upperRoman", "%1、", "I、甲", "II、乙"),
            ("lowerLetter", "%1)", "a)甲", "b)乙"),
            ("bullet", "\uf06c", "• 甲", "• 乙"),
            ("some-new-format", "%1、", "1、甲", "2、乙"),
        ],
    )
    def test_formats(self, name: str, text: str, first: str, second: str) -> None:
        assert lines(numbered("甲"), numbered("乙"), numbering=levels((name, text))) == (first, second)

    @pytest.mark.parametrize(
        ("count", "label"), [(10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (105, "一百零五")]
    )
    def test_chinese_numerals(self, count: int, label: str) -> None:
        blocks = [numbered("") for _ in range(count)]
        assert lines(*blocks, numbering=levels(("chineseCountingThousand", "%1、")))[-1] == f"{label}、"

    def test_deeper_levels_begin_anew_and_may_show_those_above(self) -> None:
        blocks = [numbered("甲"), numbered("乙", 1), numbered("丙", 1), numbered("丁"), numbered("戊", 1)]
        got = lines(*blocks, numbering=levels(("chineseCounting", "%1、"), ("decimal", "%1.%2.")))
        assert got == ("一、甲", "一.1.乙", "一.2.丙", "二、丁", "二.1.戊")

    def test_all_digits_plain_where_the_level_says_so(self) -> None:
        plain = levels(("chineseCounting", "%1、"), ("decimal", "%1.%2."), extra="<w:isLgl/>")
        assert lines(numbered("甲"), numbered("乙", 1), numbering=plain) == ("1、甲", "1.1.乙")

    def test_a_list_that_starts_anew_and_one_that_goes_on(self) -> None:
        numbering = levels(("decimal", "%1."))
        numbering += (
            '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="7"/>'
        )
        numbering += '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        blocks = [numbered("甲"), numbered("乙", number=2), numbered("丙", number=3), numbered("丁", number=3)]
        assert lines(*blocks, numbering=numbering) == ("1.甲", "2.乙", "5.丙", "6.丁")

    def test_a_heading_numbered_by_its_style(self) -> None:
        """How Word itself numbers headings: the style names the list, and the list's level names the style."""
        style = '<w:style w:styleId="1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        style += '<w:style w:styleId="2"><w:basedOn w:val="1"/></w:style>'
        numbering = levels(("chineseCounting", "%1、"), ("chineseCounting", "（%2）")).replace(
            '<w:lvlText w:val="（%2）"/>', '<w:lvlText w:val="（%2）"/><w:pStyle w:val="2"/>'
        )
        blocks = [
            paragraph(text, properties=f'<w:pStyle w:val="{one}"/>') for text, one in (("甲", 1), ("乙", 2), ("丙", 1))
        ]
        assert lines(*blocks, numbering=numbering, styles=style) == ("一、甲", "（一）乙", "二、丙")

    def test_a_paragraph_may_leave_the_list_of_its_style(self) -> None:
        style = '<w:style w:styleId="1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        left = '<w:pStyle w:val="1"/><w:numPr><w:numId w:val="0"/></w:numPr>'
        blocks = [paragraph("甲", properties='<w:pStyle w:val="1"/>'), paragraph("乙", properties=left)]
        assert lines(*blocks, numbering=levels(("decimal", "%1.")), styles=style) == ("1.甲", "乙")

    def test_a_deleted_paragraph_is_not_counted(self) -> None:
        gone = "<w:rPr><w:del/></w:rPr>"
        deleted = Markup(str(numbered("")).replace("</w:numPr>", f"</w:numPr>{gone}"))
        assert lines(numbered("甲"), deleted, numbered("乙"), numbering=levels(("decimal", "%1."))) == (
            "1.甲",
            "",
            "2.乙",
        )

    def test_a_number_before_a_figure_stays_apart_from_it(self) -> None:
        """1. before 5 is not 1.5."""
        assert lines([[numbered("5"), "乙"]], numbering=levels(("decimal", "%1."))) == ("1. 5\t乙",)

    def test_sections_and_labels_with_automatic_numbers_are_found(self) -> None:
        numbering = levels(("chineseCounting", "%1、"), ("chineseCounting", "（%2）"))
        texts = [
            block.split("、", 1)[1] if isinstance(block, str) and block[1:2] == "、" else block for block in REPORT
        ]
        blocks = [numbered(new) if new != old else new for old, new in zip(REPORT, texts, strict=True)]
        assert sum(new != old for old, new in zip(REPORT, texts, strict=True)) == 6
        filled = read_report("2023.docx", docx(blocks, numbering=numbering)).filling
        assert [section.heading for section in filled.sections if section.id != "preamble"] == [
            "一、总体情况",
            "二、主动公开政府信息情况",
            "三、收到和处理政府信息公开申请情况",
            "四、政府信息公开行政复议、行政诉讼情况",
            "五、存在的主要问题及改进情况",
            "六、其他需要报告的事项",
        ]
