"""Where a body belongs: one place that all clues allow, or the choices. A wrong place is worse than asking."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from disclosure.filing.region import parse_region
from disclosure.model import Office, Region
from disclosure.places.candidates import Known
from disclosure.places.clues import Clue, From, folder_clues, text_clues
from disclosure.places.gazetteer import full_name, load
from disclosure.places.locate import Choices, Place, Printed, locate
from hypothesis import given, settings
from hypothesis import strategies as st

GAZETTEER = load()
NOBODY = Known(())
WUGANG = (Region("410000", "河南省"), Region("410400", "平顶山市"), Region("410481", "舞钢市"))


def find(
    name: str,
    *lines: str,
    folders: Sequence[str] = (),
    region: str | None = None,
    known: Known = NOBODY,
    found_in: str = "title",
) -> Place | Choices:
    """Locate a body by its name, the lines of its report, its folders and ``--region``."""
    clues = [*text_clues(GAZETTEER, lines, name), *folder_clues(GAZETTEER, folders)]
    gazetteer = GAZETTEER
    if region is not None:
        gazetteer, order = parse_region(GAZETTEER, region)
        clues.append(order)
    clues.sort(key=lambda clue: list(From).index(clue.source))
    return locate(gazetteer, Printed(name, found_in), clues, known)


def place(found: Place | Choices) -> tuple[str, str, str, str]:
    assert isinstance(found, Place), found
    one = found.candidate
    return one.id, full_name(one.regions), one.name, one.kind


def codes(found: Place | Choices) -> list[str]:
    assert isinstance(found, Choices), found
    return [one.code for one in found.candidates]


@pytest.mark.parametrize(
    ("name", "code", "where", "official", "kind"),
    [
        ("舞钢市尚店镇人民政府", "410481100", "河南省平顶山市舞钢市", "尚店镇人民政府", "乡镇人民政府"),
        ("舞钢尚店镇政府", "410481100", "河南省平顶山市舞钢市", "尚店镇人民政府", "乡镇人民政府"),
        ("舞钢市人民政府尚店镇人民政府", "410481100", "河南省平顶山市舞钢市", "尚店镇人民政府", "乡镇人民政府"),
        ("山东省尚店镇人民政府", "371581113", "山东省聊城市临清市", "尚店镇人民政府", "乡镇人民政府"),
        ("盐池县盐州路街道", "640323001", "宁夏回族自治区吴忠市盐池县", "盐州路街道办事处", "街道办事处"),
        ("金乡县金乡街道办事处", "370828001", "山东省济宁市金乡县", "金乡街道办事处", "街道办事处"),
        ("东莞市石碣镇人民政府", "441900101", "广东省东莞市", "石碣镇人民政府", "乡镇人民政府"),
        ("北京市朝阳区南磨房地区办事处", "110105021", "北京市朝阳区", "南磨房地区办事处", "街道办事处"),
        ("阿鲁科尔沁旗巴拉奇如德苏木人民政府", "150421204", "内蒙古自治区赤峰市阿鲁科尔沁旗", "巴拉奇如德苏木人民政府",
         "乡镇人民政府"),
        ("舞钢市人民政府", "410481", "河南省平顶山市舞钢市", "舞钢市人民政府", "县级人民政府"),
        ("平顶山市人民政府", "410400", "河南省平顶山市", "平顶山市人民政府", "市级人民政府"),
        ("东莞市政府", "441900", "广东省东莞市", "东莞市人民政府", "市级人民政府"),
        ("仙桃市人民政府", "429004", "湖北省仙桃市", "仙桃市人民政府", "县级人民政府"),
        ("北京市人民政府", "110000", "北京市", "北京市人民政府", "省级人民政府"),
        ("宁夏回族自治区人民政府", "640000", "宁夏回族自治区", "宁夏回族自治区人民政府", "省级人民政府"),
        ("舞钢市教育局", "410481-jyj", "河南省平顶山市舞钢市", "舞钢市教育局", "政府部门"),
        ("平顶山市舞钢市教育局", "410481-jyj", "河南省平顶山市舞钢市", "舞钢市教育局", "政府部门"),
        ("舞钢市人民政府办公室", "410481-rmzfbgs", "河南省平顶山市舞钢市", "舞钢市人民政府办公室", "政府部门"),
        ("河南省教育厅", "410000-jyt", "河南省", "河南省教育厅", "政府部门"),
    ],
)  # fmt: skip
def test_a_name_with_its_region_says_where_it_is(name: str, code: str, where: str, official: str, kind: str) -> None:
    found = find(name)
    assert place(found) == (code, where, official, kind)
    assert isinstance(found, Place)
    assert (found.inferred, found.doubt) == (False, "")
    assert found.known_by.startswith(f"报告标题写明“{name}”。")


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("尚店镇人民政府", ["371581113", "410481100"]),
        ("朝阳区教育局", ["110105", "220104"]),
        ("通州区人民政府", ["110112", "320612"]),
        ("柳河镇人民政府", ["220524100", "230127104", "231224108", "411322114", "411423102", "620981107"]),
    ],
)
def test_a_name_of_several_places_gives_the_choices(name: str, choices: list[str]) -> None:
    found = find(name)
    assert codes(found) == choices
    assert isinstance(found, Choices)
    assert found.reason == f"“{name}”有 {len(choices)} 处同名，报告没有写明是哪一处。"


@pytest.mark.parametrize(
    ("line", "known_by"),
    [
        ("本报告由舞钢市尚店镇人民政府编制。", "报告第 1 行写明“舞钢市尚店镇”。"),
        ("平顶山市舞钢市人民政府尚店镇人民政府", "报告第 1 行写明“平顶山市舞钢市尚店镇”。"),
        ("联系地址：河南省平顶山市舞钢市钢城路1号", "报告第 1 行的地址写明“河南省平顶山市舞钢市”。"),
    ],
)
def test_the_text_says_where_a_name_of_several_places_is(line: str, known_by: str) -> None:
    found = find("尚店镇人民政府", line)
    assert place(found)[0] == "410481100"
    assert isinstance(found, Place)
    assert (found.known_by, found.inferred) == (f"{known_by}全国另有 1 处同名，不是同一处。", False)
    assert found.doubt == ""


def test_a_county_that_the_text_names_tells_homonyms_apart_but_is_an_inference() -> None:
    found = find("尚店镇人民政府", "在舞钢市委、市政府的领导下")
    assert place(found)[0] == "410481100"
    assert isinstance(found, Place)
    assert found.inferred
    assert (
        found.known_by == "报告没有直接写明所在的地区。第 1 行提到“舞钢市”，据此归入。全国另有 1 处同名，不是同一处。"
    )
    assert found.doubt == ""


def test_a_text_that_names_the_counties_of_both_homonyms_decides_nothing() -> None:
    assert codes(find("尚店镇人民政府", "舞钢市委", "学习临清市经验")) == ["371581113", "410481100"]


def test_a_text_that_also_names_another_county_leaves_a_doubt() -> None:
    found = find("尚店镇人民政府", "舞钢市委", "学习义乌市经验")
    assert place(found)[0] == "410481100"
    assert isinstance(found, Place)
    assert found.doubt == "报告也提到“义乌市”（第 2 行）。"


@pytest.mark.parametrize(
    "folders",
    [
        ("下载", "河南省", "平顶山市", "舞钢市"),
        ("舞钢市",),
        ("河南省平顶山市舞钢市",),
        ("河南省",),
        ("2021", "平顶山市"),
    ],
)
def test_folders_named_after_regions_tell_homonyms_apart(folders: tuple[str, ...]) -> None:
    found = find("尚店镇人民政府", folders=folders)
    assert place(found)[0] == "410481100"
    assert isinstance(found, Place)
    assert found.inferred
    assert found.doubt == ""


@pytest.mark.parametrize("region", ["410481", "河南省平顶山市", "410481100", "舞钢市尚店镇"])
def test_whoever_files_can_say_where(region: str) -> None:
    found = find("尚店镇人民政府", region=region)
    assert place(found)[0] == "410481100"
    assert isinstance(found, Place)
    assert found.inferred
    assert found.doubt == ""


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (find("舞钢市尚店镇人民政府", region="371581"), "所指明的“山东省聊城市临清市”"),
        (find("舞钢市尚店镇人民政府", folders=["山东省"]), "文件夹“山东省”"),
        (find("尚店镇人民政府", "舞钢市尚店镇", region="临清市"), "报告第 1 行的“舞钢市尚店镇”"),
        (find("汇源办事处", "地址：山东省临清市"), "报告第 1 行的地址“山东省临清市”"),
        (find("汇源办事处", region="舞钢市"), "所指明的“河南省平顶山市舞钢市”"),
        (find("尚店镇人民政府", folders=["河南省", "临清市"]), "文件夹“河南省”"),
    ],
)
def test_clues_that_contradict_each_other_are_not_weighed_up(found: Place | Choices, reason: str) -> None:
    assert isinstance(found, Choices)
    assert reason in found.reason
    assert "合不上" in found.reason


def test_a_name_that_only_one_place_has_is_an_inference_that_says_so() -> None:
    found = find("汇源办事处", "按照省、市、县的要求")
    assert place(found) == ("410423004", "河南省平顶山市鲁山县", "汇源街道办事处", "街道办事处")
    assert isinstance(found, Place)
    assert (found.inferred, found.doubt) == (True, "")
    assert found.known_by == (
        "报告没有写明所在的市和县区。全国名为“汇源街道”的只有一处，属河南省平顶山市鲁山县，据此归入。"
    )


@pytest.mark.parametrize(
    ("found", "doubt"),
    [
        (find("汇源办事处", "学习临清市经验"), "名称全国只有一处（河南省平顶山市鲁山县），但报告第 1 行提到“临清市”。"),
        (find("金乡街道办事处"), "“金乡”也是市县的名称，单凭机关名称不能确定地方。"),
        (find("汇源办事处", found_in="file"), "报告里没有写机关名称，只有文件名写了。"),
    ],
)
def test_a_lone_name_is_doubted_where_something_speaks_against_it(found: Place | Choices, doubt: str) -> None:
    assert isinstance(found, Place)
    assert found.doubt == doubt


def test_a_county_inside_which_the_text_names_nothing_else_confirms_a_lone_name() -> None:
    found = find("金乡街道办事处", "在金乡县委领导下")
    assert isinstance(found, Place)
    assert (found.candidate.id, found.doubt) == ("370828001", "")


def test_a_market_is_no_city() -> None:
    assert text_clues(GAZETTEER, ["东方市场建设", "湖北省级文件", "河东区域"], "汇源办事处") == ()
    assert [clue.said for clue in text_clues(GAZETTEER, ["东方市民政局"], None)] == ["东方市"]


@pytest.mark.parametrize(
    "name", ["范例县人民政府办公室", "青石街道办事处", "测试区水利局", "教育局", "办事处", "镇人民政府"]
)
def test_a_name_of_no_known_place_is_asked_for(name: str) -> None:
    found = find(name)
    assert isinstance(found, Choices)
    assert found.candidates == ()
    assert "--region" in found.reason


def test_a_township_that_the_edition_lacks_is_filed_where_somebody_says() -> None:
    found = find("青石街道办事处", region="舞钢市")
    assert place(found) == ("410481-qs", "河南省平顶山市舞钢市", "青石街道办事处", "街道办事处")
    assert isinstance(found, Place)
    assert found.doubt == ""
    assert place(find("青石街道办事处", region="410481199"))[0] == "410481199"
    assert place(find("舞钢市汇源街道办事处", region="410481199"))[0] == "410481199"


def test_without_that_it_is_doubted_even_where_the_county_is_printed() -> None:
    found = find("舞钢市青石街道办事处")
    assert isinstance(found, Place)
    assert found.doubt == (
        "2023 年版《统计用区划代码》里舞钢市没有“青石街道办事处”。确有其处的，请用 --region 给出它的 9 位区划代码。"
    )


def test_a_name_that_differs_by_one_character_from_a_listed_one_may_be_a_slip() -> None:
    found = find("尚占镇人民政府", region="舞钢市")
    assert isinstance(found, Place)
    assert found.doubt == ("2023 年版《统计用区划代码》里舞钢市没有“尚占镇人民政府”，有名称相近的“尚店镇”。")


def test_a_county_that_nobody_knows_is_not_put_into_another() -> None:
    assert isinstance(find("范例县人民政府办公室", region="舞钢市"), Choices)
    assert place(find("范例县人民政府办公室", region="410499=河南省/平顶山市/范例县"))[:3] == (
        "410499-rmzfbgs", "河南省平顶山市范例县", "范例县人民政府办公室",
    )  # fmt: skip


def test_a_department_without_a_region_belongs_to_the_region_that_is_given() -> None:
    assert place(find("教育局", region="舞钢市"))[:3] == ("410481-jyj", "河南省平顶山市舞钢市", "舞钢市教育局")
    assert place(find("高新区水利局", region="平顶山市"))[2] == "高新区水利局"
    found = find("教育局", folders=["河南省", "平顶山市", "舞钢市"])
    assert isinstance(found, Place)
    assert (found.candidate.id, found.doubt) == ("410481-jyj", "")
    doubtful = find("教育局", folders=["河南省", "平顶山市"])
    assert isinstance(doubtful, Place)
    assert doubtful.doubt == "没有写明是平顶山市的，还是其中一个县区的。"


def test_an_office_inside_a_township_is_doubted() -> None:
    found = find("舞钢市尚店镇党政办公室")
    assert isinstance(found, Place)
    assert found.doubt == "“尚店镇党政办公室”像是一个乡镇的内设机构，不是县级部门。"


def filed(identifier: str, name: str, **more: tuple[str, ...]) -> Office:
    return Office(identifier, name, "其他", f"reports/河南省/平顶山市/舞钢市/{name}", WUGANG, "测试。", **more)


def test_an_office_that_is_filed_keeps_its_id_whatever_we_would_give() -> None:
    known = Known([filed("410481-edu", "舞钢市教育局")])
    found = find("平顶山市舞钢市教育局", known=known)
    assert isinstance(found, Place)
    assert found.candidate.id == "410481-edu"
    assert found.candidate.filed is not None


@pytest.mark.parametrize("key", ["former_names", "printed_names"])
def test_former_and_printed_names_lead_to_the_filed_office(key: str) -> None:
    known = Known([filed("410481100", "尚店镇人民政府", **{key: ("老店镇人民政府",)})])
    assert place(find("舞钢市老店镇人民政府", known=known))[0] == "410481100"


def test_a_filed_homonym_is_proposed_but_a_program_may_not_rely_on_it() -> None:
    found = find("尚店镇人民政府", known=Known([filed("410481100", "尚店镇人民政府")]))
    assert place(found)[0] == "410481100"
    assert isinstance(found, Place)
    assert found.doubt == "“尚店镇人民政府”有 2 处同名，其中一处已经收录，但报告没有写明是哪一处。"


def test_an_id_that_another_department_has_is_not_given_again() -> None:
    known = Known([filed("410481-jyj", "舞钢市就业局")])
    assert place(find("舞钢市教育局", known=known))[0] == "410481-jyj2"


def test_a_filed_homonym_elsewhere_does_not_keep_a_new_one_out() -> None:
    known = Known([filed("410481-qsjd", "青石街道办事处")])
    assert place(find("青石街道办事处", region="鲁山县", known=known))[0] == "410423-qs"
    assert place(find("青石街道办事处", region="舞钢市", known=known))[0] == "410481-qsjd"


def test_a_part_of_any_town_is_no_region() -> None:
    assert text_clues(GAZETTEER, ["新城区建设"], None) == ()
    assert [clue.source for clue in text_clues(GAZETTEER, ["新城区汇源街道"], "汇源街道办事处")] == [From.PRINTED]


NAMES = st.sampled_from(
    [
        *sorted({one.name for one in GAZETTEER.townships.values()})[::37],
        "尚店镇",
        "城关镇",
        "朝阳街道",
        "青石街道",
        "甲镇",
    ]
)
REGIONS = st.sampled_from(sorted(GAZETTEER.regions.values()))
WORDS = st.sampled_from(["", "{}委", "{}{}", "地址：{}", "学习{}经验"])


@settings(max_examples=300, deadline=None)
@given(
    NAMES,
    st.sampled_from(["", "人民政府", "办事处", "教育局"]),
    REGIONS,
    WORDS,
    st.none() | REGIONS,
    st.none() | REGIONS,
)
def test_the_result_is_one_place_that_all_clues_allow_or_choices(  # noqa: PLR0913, PLR0917 - what is drawn
    township: str, ending: str, named: object, words: str, folder: object, ordered: object
) -> None:
    name = township + ending
    region_name = getattr(named, "name")  # noqa: B009 - drawn as an object
    clues: list[Clue] = list(text_clues(GAZETTEER, [words.format(region_name, name)], name))
    clues += folder_clues(GAZETTEER, [getattr(folder, "name")] if folder else [])  # noqa: B009
    if ordered:
        clues.append(parse_region(GAZETTEER, getattr(ordered, "code"))[1])  # noqa: B009
    found = locate(GAZETTEER, Printed(name, "title"), clues, NOBODY)
    if isinstance(found, Place):
        one = found.candidate
        assert all(clue.allows(one.code) for clue in clues if clue.source is not From.MENTION)
        assert re.fullmatch(r"[1-9]\d{5}(?:\d{3}|-[a-z0-9]{1,20})?", one.id)
        assert one.regions
        assert all(region.holds(one.code) for region in one.regions)
        assert found.known_by
    else:
        assert found.reason
