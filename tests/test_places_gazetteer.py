"""The gazetteer: what it holds, how it is made, and what ``--region`` means."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from disclosure.filing.region import RegionError, parse_region, place_name
from disclosure.places.compact import HEAD, DivisionsError, compact
from disclosure.places.gazetteer import FILE, Division, full_name, load, parse
from disclosure.workshop import ROOT

GAZETTEER = load()
SAMPLE = {
    "provinces": 'code,name\n11,"北京市"\n41,"河南省"\n44,"广东省"\n',
    "cities": 'code,name,provinceCode\n1101,"市辖区",11\n4104,"平顶山市",41\n4190,"省直辖县级行政区划",41\n'
    '4419,"东莞市",44\n',
    "areas": 'code,name,cityCode,provinceCode\n410481,"舞钢市",4104,41\n110101,"东城区",1101,11\n'
    '419001,"济源市",4190,41\n441900,"东莞市",4419,44\n',
    "streets": 'code,name,areaCode,provinceCode,cityCode\n410481100,"尚店镇",410481,41,4104\n'
    '110101001,"东华门街道",110101,11,1101\n110101002,"景山街道",110101,11,1101\n'
    '441900101,"石碣镇",441900,44,4419\n419001198,"县直辖村级区划",419001,41,4190\n',
}
COMPACT = """\
110101 东城区 001东华门街道 002景山街道
4104 平顶山市
410481 舞钢市 100尚店镇
419001 济源市
441900 东莞市 101石碣镇
"""


def write_sample(folder: Path, **changed: str) -> Path:
    for name, text in (SAMPLE | changed).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_the_data_are_small_and_say_where_they_are_from() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert FILE.stat().st_size < 800_000
    assert text.startswith(HEAD)
    assert "2023" in HEAD
    assert "国家统计局" in HEAD
    assert "WTFPL" in HEAD


def test_all_townships_of_the_edition_are_there_and_each_lies_in_a_known_county() -> None:
    assert len(GAZETTEER.townships) == 41_341
    assert len(GAZETTEER.regions) == 3_341
    assert {code[:6] for code in GAZETTEER.townships} <= set(GAZETTEER.regions)


@pytest.mark.parametrize(
    ("region", "begins", "directly"),
    [
        ("410481", "410481", True),  # a county
        ("441900", "4419", True),  # a city without counties
        ("410400", "4104", False),  # a city with counties
        ("410000", "41", False),  # a province
    ],
)
def test_townships_are_found_by_any_region_that_they_lie_in(region: str, begins: str, directly: bool) -> None:  # noqa: FBT001
    below = [one.code for one in GAZETTEER.below(region)]
    assert below == [code for code in GAZETTEER.townships if code.startswith(begins)] != []
    assert GAZETTEER.has_townships(region) is directly


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("411702010", "河南省驻马店市驿城区刘阁街道"),
        ("640323001", "宁夏回族自治区吴忠市盐池县盐州路街道"),
        ("410481100", "河南省平顶山市舞钢市尚店镇"),
        ("410423004", "河南省平顶山市鲁山县汇源街道"),
        ("370828001", "山东省济宁市金乡县金乡街道"),
    ],
)
def test_the_given_offices_are_where_they_are_filed(code: str, place: str) -> None:
    assert place_name(GAZETTEER, GAZETTEER.townships[code]) == place


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("110101", "北京市东城区"),  # the source puts a city called 市辖区 in between
        ("500229", "重庆市城口县"),  # and one called 县
        ("429004", "湖北省仙桃市"),
        ("659001", "新疆维吾尔自治区石河子市"),
        ("441900", "广东省东莞市"),  # a city whose only county has its own name
        ("620201", "甘肃省嘉峪关市"),
        ("710000", "台湾省"),  # of which the source has no counties
    ],
)
def test_no_place_lies_in_a_city_that_stands_for_nothing(code: str, place: str) -> None:
    assert full_name(GAZETTEER.region_path(code)) == place


@pytest.mark.parametrize(("code", "city"), [("410400", True), ("441900", True), ("620201", True), ("460400", True),
    ("410481", False), ("429004", False), ("110101", False), ("410000", False)])  # fmt: skip
def test_cities_are_told_from_counties_that_are_called_cities(code: str, city: bool) -> None:  # noqa: FBT001
    assert GAZETTEER.is_city(GAZETTEER.regions[code]) is city


@pytest.mark.parametrize(("code", "statistical"), [("130171000", True), ("410481400", True), ("410481100", False)])
def test_parks_and_farms_are_told_from_townships(code: str, statistical: bool) -> None:  # noqa: FBT001
    assert Division(code, "x").is_statistical is statistical


@pytest.mark.parametrize(
    "line", ["41 河南省", "410481 舞钢市 10尚店镇", "410481", "4104811 舞钢市", "410481 舞钢市 尚店镇"]
)
def test_a_damaged_line_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=re.escape(line)):
        parse(f"4104 平顶山市\n{line}\n")


def test_line_ends_of_another_system_change_nothing() -> None:
    assert parse(COMPACT.replace("\n", "\r\n")).townships == parse(COMPACT).townships


def test_the_data_are_made_from_the_files_of_the_source(tmp_path: Path) -> None:
    assert compact(write_sample(tmp_path)) == HEAD + COMPACT


def test_the_command_writes_them(tmp_path: Path) -> None:
    target = tmp_path / "divisions.txt"
    command = [sys.executable, ROOT / "scripts" / "renew_divisions.py", write_sample(tmp_path), "--output", target]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert target.read_text(encoding="utf-8") == HEAD + COMPACT


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("provinces", 'code,name\n41,"河北省"\n'),
        ("cities", "code,name\n"),
        ("areas", 'code,name\n410481,"舞钢市"\n'),
        ("areas", 'code,name,cityCode\n410481,"舞钢市",9999\n'),
        ("streets", 'code,name,areaCode\n410482100,"尚店镇",410481\n'),
        ("streets", 'code,name,areaCode\n410481100,"尚店镇",410481\n410481100,"尚店镇",410481\n'),
        ("streets", 'code,name,areaCode\n41048110,"尚店镇",410481\n'),
        ("streets", 'code,name,areaCode\n410481100,"尚 店镇",410481\n'),
    ],
)
def test_files_that_are_something_else_are_refused(tmp_path: Path, file: str, text: str) -> None:
    with pytest.raises(DivisionsError):
        compact(write_sample(tmp_path, **{file: text}))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("41", "410000"),
        ("4104", "410400"),
        ("410481", "410481"),
        ("410400", "410400"),
        ("410481100", "410481100"),
        ("410481100000", "410481100"),
        ("410481000000", "410481"),
        ("410481199", "410481199"),  # younger than the edition, in a county that it has
        ("河南省平顶山市舞钢市", "410481"),
        ("河南省/平顶山市/舞钢市", "410481"),
        ("河南省\\平顶山市\\舞钢市\\", "410481"),
        ("河南 平顶山 舞钢", "410481"),
        ("舞钢", "410481"),
        ("舞钢市尚店镇", "410481100"),
        ("河南省平顶山市舞钢市尚店镇人民政府", "410481100"),
        ("北京市朝阳区", "110105"),
        ("东莞市", "441900"),
    ],
)
def test_a_region_is_given_by_code_or_by_names(said: str, code: str) -> None:
    assert parse_region(GAZETTEER, said)[1].codes == (code,)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("朝阳区", "叫“朝阳区”的地方有 2 处，请写全称或代码：\n  110105  北京市朝阳区\n  220104  吉林省长春市朝阳区"),
        ("999999", "名录里没有代码 999999。"),
        ("某某市", "名录里没有叫“某某市”的地方。"),
        ("", "名录里没有叫“”的地方。"),
        ("410481=河南省/平顶山市/某县", "代码 410481 在名录里是“舞钢市”。"),
        ("370499=河南省/平顶山市/某县", "“370499=河南省/平顶山市/某县”应写作：代码=省/市/县"),
        ("410499=某县", "“410499=某县”应写作：代码=省/市/县"),
        ("410499=河南省/平顶山市/a/../b", "“410499=河南省/平顶山市/a/../b”应写作：代码=省/市/县"),
    ],
)
def test_a_region_that_is_not_one_place_is_refused_with_what_to_write(said: str, message: str) -> None:
    with pytest.raises(RegionError) as caught:
        parse_region(GAZETTEER, said)
    assert str(caught.value).startswith(message)


def test_a_county_that_the_edition_does_not_have_can_be_given_with_its_code() -> None:
    extended, clue = parse_region(GAZETTEER, "410499=河南省/平顶山市/范例县")
    assert clue.codes == ("410499",)
    assert full_name(extended.region_path("410499")) == "河南省平顶山市范例县"
    assert GAZETTEER.regions_named("范例县") == ()
