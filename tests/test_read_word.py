"""Word files: what stands in the text, what is left out of it, and how tables keep their cells."""

from __future__ import annotations

import pytest
from disclosure.read.word import read_word
from disclosure.reading import read_report
from documents import Markup, Merged, archive, docx, docx_parts, paragraph, report_blocks, run, table
from layouts import report
from test_fill import TRUE


def lines(*blocks: object, **parts: str) -> tuple[str, ...]:
    """The lines of a file of these blocks, which must give no notes."""
    document = read_word(docx(blocks, **parts))  # type: ignore[arg-type]
    assert document.notes == ()
    return document.lines


_LOOKS = (
    '<w:style w:styleId="above"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:styleId="mark"><w:basedOn w:val="above"/><w:rPr><w:color w:val="FF0000"/></w:rPr></w:style>'
    '<w:style w:styleId="gone"><w:rPr><w:dstrike w:val="0"/><w:strike/></w:rPr></w:style>'
)


class TestText:
    """Runs, marks and wrappers inside a paragraph."""

    def test_runs_of_one_paragraph_are_one_line(self) -> None:
        assert lines(paragraph("收到申请1", "2", "件。")) == ("收到申请12件。",)

    def test_tabs_breaks_and_hyphens(self) -> None:
        marks = Markup(
            "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>0537</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r>"
        )
        assert lines(paragraph(marks)) == ("甲\t乙", "0537-1")

    def test_tab_stops_in_the_properties_are_no_tabs(self) -> None:
        assert lines(paragraph("甲", properties='<w:tabs><w:tab w:val="left"/></w:tabs>')) == ("甲",)

    def test_a_soft_hyphen_is_not_shown(self) -> None:
        assert lines(paragraph(Markup("<w:r><w:t>甲</w:t><w:softHyphen/><w:t>乙</w:t></w:r>"))) == ("甲乙",)

    @pytest.mark.parametrize(
        "wrapper",
        [
            "<w:hyperlink>{}</w:hyperlink>",
            "<w:sdt><w:sdtPr><w:tag/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
            "<w:smartTag>{}</w:smartTag>",
            '<w:fldSimple w:instr="DATE">{}</w:fldSimple>',
        ],
    )
    def test_wrappers_are_looked_through(self, wrapper: str) -> None:
        assert lines(paragraph("甲", Markup(wrapper.format(run("乙"))))) == ("甲乙",)

    def test_of_a_field_only_the_result_is_read(self) -> None:
        code = "<w:r><w:instrText>PAGEREF _Toc7</w:instrText><w:t>9</w:t></w:r>"
        mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        inside = mark.format("begin") + code + mark.format("separate") + run("12") + mark.format("end")
        assert lines(paragraph("第", Markup(inside), "页")) == ("第12页",)

    def test_signs_of_symbol_fonts(self) -> None:
        signs = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Webdings" w:char="F061"/></w:r>'
        assert lines(paragraph(Markup(signs))) == ("✓\ufffd",)

    def test_struck_and_raised_digits_do_not_grow_into_the_number_before(self) -> None:
        struck, raised = run("15", "<w:strike/>"), run("3", '<w:vertAlign w:val="superscript"/>')
        assert lines(paragraph("12", struck), paragraph("12", raised)) == ("12（划去：15）", "12³")

    @pytest.mark.parametrize(
        ("properties", "text"),
        [
            ('<w:vertAlign w:val="subscript"/>', "12³"),
            ('<w:position w:val="8"/>', "12³"),
            ('<w:position w:val="-4"/>', "12³"),
            ('<w:rStyle w:val="mark"/>', "12³"),
            ('<w:rStyle w:val="gone"/>', "12（划去：3）"),
            ('<w:rStyle w:val="mark"/><w:vertAlign w:val="baseline"/>', "123"),
            ('<w:rStyle w:val="gone"/><w:strike w:val="0"/>', "123"),
            ('<w:position w:val="0"/>', "123"),
        ],
    )
    def test_digits_off_the_line_or_struck_by_a_style_stay_apart(self, properties: str, text: str) -> None:
        assert lines(paragraph("12", run("3", properties)), styles=_LOOKS) == (text,)

    def test_a_paragraph_style_strikes_all_its_text(self) -> None:
        styled = '<w:pStyle w:val="gone"/>'
        kept = run("3", '<w:strike w:val="0"/>')
        assert lines(paragraph("12", kept, properties=styled), styles=_LOOKS) == ("（划去：12）3",)

    def test_parts_of_a_formula_stay_apart(self) -> None:
        half = (
            "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
        )
        assert lines(paragraph(Markup(half))) == (" 1  2 ",)

    def test_a_text_box_follows_its_paragraph_and_is_read_once(self) -> None:
        box = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
        both = f"<mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{box}</wps:txbx></mc:Choice>"
        both += f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
        assert lines(paragraph("框外", Markup(f"<w:r>{both}</w:r>")), "下一段") == ("框外", "框内", "下一段")

    def test_footnotes_stand_at_the_end_behind_their_marks(self) -> None:
        mark = Markup('<w:r><w:footnoteReference w:id="2"/></w:r>')
        notes = '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
        notes += f'<w:footnote w:id="2">{paragraph(" 含上年结转。")}</w:footnote>'
        document = read_word(docx([paragraph("收到5", mark, "件"), "二"], footnotes=notes))
        assert document.lines == ("收到5（脚注1）件", "二", "（脚注1）含上年结转。")
        assert document.places == ("第 1 段", "第 2 段", "脚注 1")

    def test_files_of_the_strict_kind_use_other_names(self) -> None:
        parts = docx_parts(["甲"])
        text = str(parts["word/document.xml"])
        strict = text.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        assert strict != text
        assert read_word(archive({**parts, "word/document.xml": strict})).lines == ("甲",)

    def test_the_text_may_be_in_a_part_of_another_name(self) -> None:
        parts = docx_parts(["甲"])
        parts["word/document2.xml"] = parts.pop("word/document.xml")
        parts["_rels/.rels"] = str(parts["_rels/.rels"]).replace("word/document.xml", "/word/document2.xml")
        assert read_word(archive(parts)).lines == ("甲",)

    def test_places_count_paragraphs_with_text_and_rows_of_tables(self) -> None:
        document = read_word(docx(["甲", "", [["乙", "1"], ["丙", "2"]], "丁", [["戊", "3"]]]))
        assert document.lines == ("甲", "", "乙\t1", "丙\t2", "丁", "戊\t3")
        assert document.places == ("第 1 段", "", "第 1 张表第 1 行", "第 1 张表第 2 行", "第 2 段", "第 2 张表第 1 行")


class TestLeftOut:
    """What is in the file and not on the page, and what is said of it."""

    def test_hidden_text_is_left_out_and_said(self) -> None:
        document = read_word(docx([paragraph("5", run("3", "<w:vanish/>"))]))
        assert document.lines == ("5",)
        assert [(note.rule, note.message) for note in document.notes] == [
            ("hidden-content", "文件里有 1 处隐藏的文字，没有读取。")
        ]

    def test_text_of_a_hidden_style_is_left_out(self) -> None:
        styles = '<w:style w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>'
        styles += '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        document = read_word(docx([paragraph("5", run("3", '<w:rStyle w:val="b"/>'))], styles=styles))
        assert document.lines == ("5",)
        assert [note.rule for note in document.notes] == ["hidden-content"]

    def test_vanish_that_is_switched_off_hides_nothing(self) -> None:
        assert lines(paragraph(run("3", '<w:vanish w:val="0"/>'))) == ("3",)

    def test_revisions_are_read_as_accepted_and_said(self) -> None:
        old = Markup("<w:del><w:r><w:delText>12</w:delText></w:r></w:del>")
        document = read_word(docx([paragraph("共", old, Markup(f"<w:ins>{run('15')}</w:ins>"), "件")]))
        assert document.lines == ("共15件",)
        assert [note.rule for note in document.notes] == ["tracked-changes"]

    def test_a_paragraph_of_a_cell_whose_end_is_deleted_goes_on_in_the_next(self) -> None:
        first = paragraph("1", properties="<w:rPr><w:del/></w:rPr>")
        document = read_word(docx([[["规章", Markup(first + paragraph("2") + paragraph("3")), ""]]]))
        assert document.lines == ("规章\t12↵3\t",)
        assert [note.rule for note in document.notes] == ["tracked-changes"]

    def test_deleted_and_hidden_rows_are_left_out(self) -> None:
        rows = table([["甲", "1"]]), table([["乙", "2"]], "<w:del/>"), table([["丙", "3"]], "<w:hidden/>")
        document = read_word(docx(rows))
        assert document.lines == ("甲\t1",)
        assert {note.rule for note in document.notes} == {"tracked-changes", "hidden-content"}

    def test_an_embedded_sheet_is_said(self) -> None:
        inner = '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Excel.Sheet.12"/>'
        embedded = f"<w:object>{inner}</w:object>"
        document = read_word(docx([paragraph("表三：", Markup(f"<w:r>{embedded}</w:r>"))]))
        assert document.lines == ("表三：",)
        assert [note.rule for note in document.notes] == ["embedded-content"]

    @pytest.mark.parametrize(
        "code",
        ['<w:hyperlink w:anchor="_Toc7">{}</w:hyperlink>', "<w:r><w:instrText>PAGEREF _Toc7</w:instrText></w:r>{}"],
    )
    def test_the_table_of_contents_is_left_out(self, code: str) -> None:
        """It repeats the headings, which would be taken for the sections themselves."""
        entry = "<w:r><w:t>一、总体情况</w:t><w:tab/><w:t>1</w:t></w:r>"
        assert lines("目录", paragraph(Markup(code.format(entry))), "一、总体情况") == ("目录", "一、总体情况")

    def test_a_file_of_pictures_and_one_of_nothing(self) -> None:
        picture = Markup(paragraph(Markup("<w:r><w:drawing><a:blip/></w:drawing></w:r>")))
        for blocks, rule in (
            ([picture, ""], "no-text-layer"),
            ([[["", picture]]], "no-text-layer"),
            ([""], "empty-file"),
        ):
            assert [note.rule for note in read_word(docx(blocks)).notes] == [rule]

    def test_a_link_to_a_heading_is_no_table_of_contents(self) -> None:
        link = Markup(f'<w:hyperlink w:anchor="_Toc7">{run("第三部分")}</w:hyperlink>')
        assert lines(paragraph("详见", link, "，共5件")) == ("详见第三部分，共5件",)

    def test_headers_and_footers_are_left_out(self) -> None:
        assert lines("甲", header1=paragraph("— 1 —")) == ("甲",)


class TestTables:
    """Cells keep their place, whatever is merged; tables that only arrange a page are no tables."""

    def test_cells_merged_across_and_down(self) -> None:
        rows = [
            [Merged("三、办理结果", down="restart"), Merged("（三）不予公开", across=2), "0"],
            [Merged("", down="continue"), "（四）", "1.没有", "7"],
        ]
        document = read_word(docx([rows]))
        assert document.lines == ("三、办理结果\t（三）不予公开\t\t0", "\t（四）\t1.没有\t7")
        assert document.tables == (range(1, 3),)

    def test_text_below_a_merged_cell_is_not_shown(self) -> None:
        rows = [[Merged("甲", down="restart"), "1"], [Merged("9", down="continue"), "2"]]
        assert lines(rows) == ("甲\t1", "\t2")

    def test_a_continued_cell_without_a_beginning_is_a_cell(self) -> None:
        assert lines([[Merged("9", down="continue"), "2"]]) == ("9\t2",)

    def test_columns_that_no_cell_begins_in_are_none(self) -> None:
        rows = [
            [Merged("信息内容", across=3), Merged("件数", across=2)],
            [Merged("规章", across=3), Merged("0", across=2)],
        ]
        assert lines(rows) == ("信息内容\t件数", "规章\t0")

    def test_rows_that_begin_or_end_inside_the_grid(self) -> None:
        rows = str(table([["甲", "1", "2"]]))[: -len("</w:tbl>")]
        short = '<w:tr><w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="1"/></w:trPr>'
        assert lines(Markup(f"{rows}{short}<w:tc>{paragraph('5')}</w:tc></w:tr></w:tbl>")) == ("甲\t1\t2", "\t5\t")

    def test_rows_and_cells_inside_content_controls(self) -> None:
        inner = (
            f"<w:tc>{paragraph('甲')}</w:tc><w:sdt><w:sdtContent><w:tc>{paragraph('1')}</w:tc></w:sdtContent></w:sdt>"
        )
        row = f"<w:sdt><w:sdtContent><w:tr>{inner}</w:tr></w:sdtContent></w:sdt>"
        assert lines(Markup(f"<w:tbl>{row}</w:tbl>")) == ("甲\t1",)

    def test_paragraphs_of_a_cell_are_parted_by_a_blank(self) -> None:
        assert lines([[Markup(paragraph("商业") + paragraph("企业")), "1"]]) == ("商业 企业\t1",)

    def test_a_table_of_one_column_is_layout(self) -> None:
        document = read_word(docx([[["甲。"], ["乙。"]]]))
        assert (document.lines, document.tables) == (("甲。", "乙。"), ())
        assert document.places == ("第 1 张表第 1 行", "第 1 张表第 2 行")

    def test_a_table_around_a_table_is_layout(self) -> None:
        inner = table([["规章", "1"]])
        document = read_word(docx([[[Markup(paragraph("表二") + inner + paragraph("")), "旁注"]]]))
        assert document.lines == ("表二", "规章\t1", "", "旁注")
        assert document.tables == (range(2, 3),)

    def test_a_whole_report_in_one_wide_row_is_layout(self) -> None:
        page = Markup(paragraph("一、总体情况") + paragraph("依法公开。"))
        assert lines([[page, "图"]]) == ("一、总体情况", "依法公开。", "图")

    def test_a_cell_that_shows_a_picture_is_not_empty(self) -> None:
        picture = Markup(paragraph(Markup("<w:r><w:drawing><a:blip/></w:drawing></w:r>")))
        assert lines([["规章", picture]]) == ("规章\t〔图〕",)

    @pytest.mark.parametrize(
        ("cell", "text"),
        [
            ("2 964", "2␣964"),
            (Markup(paragraph("29") + paragraph("64")), "29↵64"),
            (Markup(paragraph("-") + paragraph("8")), "-↵8"),
            ("/ 8", "/␣8"),
            ("2 964件", "2␣964件"),
            ("- -", "- -"),
            ("1 2 3 4 5", "1 2 3 4 5"),
            ("本年 12", "本年 12"),
        ],
    )
    def test_pieces_of_one_cell_beside_an_empty_one_are_not_two_cells(self, cell: str, text: str) -> None:
        assert lines([["规章", cell, "", "0"]]) == (f"规章\t{text}\t\t0",)

    def test_numbers_of_a_merged_cell_are_not_those_of_its_columns(self) -> None:
        assert lines([["收费", "", Merged("2 964", across=2)], ["许可", "1", "2", "3"]])[0] == "收费\t\t2␣964\t"

    def test_numbers_below_one_another_where_no_cell_is_empty_are_too_many_by_themselves(self) -> None:
        both = Markup(paragraph("1") + paragraph("2"))
        assert lines([["规章", both, both]]) == ("规章\t1 2\t1 2",)


@pytest.mark.parametrize("form", ["2021", "2019"])
class TestSameFigures:
    """One report as Word and as text."""

    def test_whole(self, form: str) -> None:
        as_text = read_report("2023.txt", report(form, TRUE[form]).encode()).figures
        as_word = read_report("2023.docx", docx(report_blocks(form, TRUE[form]))).figures
        assert {cell: (one.value, one.status) for cell, one in as_word.items()} == {
            cell: (one.value, one.status) for cell, one in as_text.items()
        }
        assert {cell: one.value for cell, one in as_word.items()} == TRUE[form]

    def test_with_a_table_cut_in_two_and_its_header_repeated(self, form: str) -> None:
        blocks = [
            piece
            for block in report_blocks(form, TRUE[form])
            for piece in (
                [block] if isinstance(block, str) or len(block) < 20 else [block[:12], block[1:3] + block[12:]]
            )
        ]
        assert len(blocks) > len(report_blocks(form, TRUE[form]))
        figures = read_report("2023.docx", docx(blocks)).figures
        assert {cell: one.value for cell, one in figures.items() if one.value != TRUE[form][cell]} == {}
