"""Filing reports: the right place, nothing overwritten, nothing half-written, and a sentence for whatever is left."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import yaml
from disclosure.filing import store as store_module
from disclosure.filing.examine import examine
from disclosure.filing.inputs import Input
from disclosure.filing.ledger import Ledger
from disclosure.filing.propose import Order, Refusal, propose
from disclosure.places.gazetteer import load
from filing_files import SHANGDIAN_FOLDER, add, builds, names, text, tree, write

DESCRIBED = f"{SHANGDIAN_FOLDER}/office.yml"


def test_a_report_is_filed_byte_for_byte_with_a_description_of_its_office(tmp_path: Path) -> None:
    content = text().replace("\n", "\r\n").encode("gb18030")
    done = add(tmp_path / "p", write(tmp_path, "下载/年报.TXT", content))
    assert done.status == 0
    assert tree(tmp_path / "p") == {
        f"{SHANGDIAN_FOLDER}/2021.txt": content,
        DESCRIBED: (
            'id: "410481100"\nname: 尚店镇人民政府\nkind: 乡镇人民政府\n'
            "place_known_by: 报告标题写明“舞钢市尚店镇人民政府”。\n"
        ).encode(),
    }
    assert builds(tmp_path / "p")


def test_an_inferred_place_says_so(tmp_path: Path) -> None:
    add(tmp_path / "p", write(tmp_path, "a.txt", text("汇源办事处", 2022)))
    described = yaml.safe_load((tmp_path / "p/reports/河南省/平顶山市/鲁山县/汇源街道办事处/office.yml").read_bytes())
    assert described == {
        "id": "410423004",
        "name": "汇源街道办事处",
        "kind": "街道办事处",
        "place_known_by": (
            "报告没有写明所在的市和县区。全国名为“汇源街道”的只有一处，属河南省平顶山市鲁山县，据此归入。"
        ),
        "place_inferred": True,
    }


@pytest.fixture(scope="module")
def neighbours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with an office of every level, filed in one run."""
    root = tmp_path_factory.mktemp("neighbours")
    listed = [
        "舞钢市尚店镇人民政府",
        "平顶山市水利局",
        "东莞市莞城街道办事处",
        "嘉峪关市新城镇人民政府",
        "河南省水利厅",
    ]
    done = add(root / "p", *(write(root, f"{number}.txt", text(one)) for number, one in enumerate(listed)))
    assert done.status == 0, done.text
    return root / "p"


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("舞钢市人民政府", "河南省/平顶山市/舞钢市/舞钢市人民政府"),
        ("平顶山市人民政府", "河南省/平顶山市/平顶山市人民政府"),
        ("平顶山市教育局", "河南省/平顶山市/平顶山市教育局"),
        ("河南省人民政府", "河南省/河南省人民政府"),
        ("北京市东城区景山街道办事处", "北京市/东城区/景山街道办事处"),
        ("东莞市石碣镇人民政府", "广东省/东莞市/石碣镇人民政府"),
        ("东莞市人民政府", "广东省/东莞市/东莞市人民政府"),
        ("嘉峪关市人民政府", "甘肃省/嘉峪关市/嘉峪关市人民政府"),
        ("蓝山县汇源乡人民政府", "湖南省/永州市/蓝山县/汇源瑶族乡人民政府"),
    ],
)
def test_every_level_has_its_folder_and_all_stand_beside_each_other(
    tmp_path: Path, neighbours: Path, name: str, folder: str
) -> None:
    project = Path(shutil.copytree(neighbours, tmp_path / "p"))
    done = add(project, write(tmp_path, "new.txt", text(name)))
    assert done.status == 0, done.text
    assert f"reports/{folder}/2021.txt" in names(project)
    assert builds(project)


def test_a_printed_name_that_differs_from_the_official_one_is_written_down(tmp_path: Path) -> None:
    add(tmp_path / "p", write(tmp_path, "a.txt", text("蓝山县汇源乡人民政府")))
    described = (tmp_path / "p/reports/湖南省/永州市/蓝山县/汇源瑶族乡人民政府/office.yml").read_text(encoding="utf-8")
    assert 'printed_names: ["蓝山县汇源乡人民政府"]' in described


def test_a_second_year_goes_to_the_office_that_is_there_and_its_description_stays(tmp_path: Path) -> None:
    project = tmp_path / "p"
    own = "id: '410481100'\nname: 尚店镇人民政府\nkind: 乡镇人民政府\nplace_known_by: 自己写的。\n"
    write(project, DESCRIBED, own)
    done = add(project, write(tmp_path, "a.txt", text()), write(tmp_path, "b.txt", text("尚店镇政府", 2022, "舞钢市")))
    assert done.status == 0, done.text
    assert names(project) == [f"{SHANGDIAN_FOLDER}/2021.txt", f"{SHANGDIAN_FOLDER}/2022.txt"]
    assert tree(project)[DESCRIBED].decode() == own


def test_an_office_filed_under_another_id_or_former_name_gets_no_second_folder(tmp_path: Path) -> None:
    project = tmp_path / "p"
    folder = "reports/河南省/平顶山市/舞钢市/舞钢市教体局"
    own = (
        "id: 410481-edu\nname: 舞钢市教体局\nkind: 政府部门\nplace_known_by: 自己写的。\nformer_names: [舞钢市教育局]\n"
    )
    write(project, f"{folder}/office.yml", own)
    assert add(project, write(tmp_path, "a.txt", text("舞钢市教育局"))).status == 0
    assert names(project) == [f"{folder}/2021.txt"]


def test_another_file_of_the_same_year_is_kept_beside_the_first(tmp_path: Path) -> None:
    project = tmp_path / "p"
    files = [write(tmp_path, f"{number}.txt", text(more=f"第{number}份。")) for number in range(3)]
    files.append(write(tmp_path, "a.md", text(more="另一种格式。")))
    done = add(project, *files)
    assert done.status == 0
    assert [name.rpartition("/")[2] for name in names(project)] == ["2021-2.txt", "2021-3.txt", "2021.md", "2021.txt"]
    assert "说明：2021 年已有一份 .txt 文件，这一份作为另一来源放在旁边。" in done.text
    assert builds(project)


def test_a_name_that_differs_in_case_alone_counts_as_taken(tmp_path: Path) -> None:
    project = tmp_path / "p"
    add(project, write(tmp_path, "a.txt", text()))
    (project / SHANGDIAN_FOLDER / "2021.txt").rename(project / SHANGDIAN_FOLDER / "2021.TXT")
    add(project, write(tmp_path, "b.txt", text(more="又一份。")))
    assert [name.rpartition("/")[2] for name in names(project)] == ["2021-2.txt", "2021.TXT"]


def test_no_tenth_file_of_a_year_is_filed(tmp_path: Path) -> None:
    files = [write(tmp_path, f"{number}.txt", text(more=f"第{number}份。")) for number in range(10)]
    done = add(tmp_path / "p", *files)
    assert done.status == 1
    assert len(names(tmp_path / "p")) == 9
    assert f"{SHANGDIAN_FOLDER} 里 2021 年的 .txt 文件已有 9 份，不能再放。请核对是否重复。" in done.text


def test_the_same_file_again_is_told_and_needs_nobody(tmp_path: Path) -> None:
    project, file = tmp_path / "p", write(tmp_path, "a.txt", text())
    copy = write(tmp_path, "b.txt", text())
    assert add(project, file, copy).status == 0
    before = tree(project)
    again = add(project, file)
    assert again.status == 0
    assert f"这份文件已经收录：{SHANGDIAN_FOLDER}/2021.txt。不用再放。" in again.text
    assert tree(project) == before


def test_the_same_file_filed_as_another_bodys_report_needs_somebody(tmp_path: Path) -> None:
    project = tmp_path / "p"
    other = "reports/河南省/平顶山市/舞钢市/八台镇人民政府"
    write(
        project,
        f"{other}/office.yml",
        "id: '410481101'\nname: 八台镇人民政府\nkind: 乡镇人民政府\nplace_known_by: 甲\n",
    )
    write(project, f"{other}/2021.txt", text())
    done = add(project, write(tmp_path, "a.txt", text()))
    assert done.status == 1
    assert (
        f"内容完全相同的文件已经收录为 {other}/2021.txt，而这一份看来是 {SHANGDIAN_FOLDER} 的 2021 年报告。"
        in done.text
    )


def test_nothing_is_overwritten_even_if_the_name_is_taken_at_the_last_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, link = tmp_path / "p", os.link
    add(project, write(tmp_path, "a.txt", text(year=2020)))

    def late(source: Path, target: Path) -> None:
        Path(target).write_bytes(b"somebody else's")
        link(source, target)

    monkeypatch.setattr(store_module.os, "link", late)
    done = add(project, write(tmp_path, "b.txt", text()))
    assert done.status == 1
    assert f"{SHANGDIAN_FOLDER} 里刚刚出现了 2021.txt，没有覆盖它。请再运行一次。" in done.text
    assert tree(project)[f"{SHANGDIAN_FOLDER}/2021.txt"] == b"somebody else's"
    assert names(project) == [f"{SHANGDIAN_FOLDER}/2020.txt", f"{SHANGDIAN_FOLDER}/2021.txt"]


def test_an_office_that_somebody_else_describes_meanwhile_is_left_to_them(tmp_path: Path) -> None:
    project, own = tmp_path / "p", "id: '410481100'\nname: 尚店镇人民政府\nkind: 乡镇人民政府\nplace_known_by: 甲\n"
    file = write(tmp_path, "a.txt", text())
    ledger = Ledger(project)
    write(project, DESCRIBED, own)
    found = propose(examine(Input(file, ()), load()), ledger, load(), Order())
    assert isinstance(found, Refusal)
    assert found.reason == f"{SHANGDIAN_FOLDER} 里刚刚出现了 office.yml，没有覆盖它。请再运行一次。"


def test_what_could_not_be_finished_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = os.link

    def full(source: Path, target: Path) -> None:
        if not str(target).endswith("office.yml"):
            raise KeyboardInterrupt
        link(source, target)

    monkeypatch.setattr(store_module.os, "link", full)
    with pytest.raises(KeyboardInterrupt):
        add(tmp_path / "p", write(tmp_path, "a.txt", text()))
    assert tree(tmp_path / "p") == {}
    assert not (tmp_path / "p" / "reports").exists()


def test_killed_between_the_two_files_it_leaves_an_office_that_the_build_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """The process is gone: nothing is cleaned up."""

    def until_described(path: Path, content: bytes) -> None:
        if path.name != "office.yml":
            raise Killed
        path.write_bytes(content)

    monkeypatch.setattr(store_module, "_create", until_described)
    monkeypatch.setattr(store_module, "_undo", lambda *_, **__: None)
    project, file = tmp_path / "p", write(tmp_path, "a.txt", text())
    with pytest.raises(Killed):
        add(project, file)
    assert list(tree(project)) == [DESCRIBED]
    assert builds(project)
    monkeypatch.undo()
    assert add(project, file).status == 0
    assert names(project) == [f"{SHANGDIAN_FOLDER}/2021.txt"]


def test_a_half_written_file_never_has_the_name_of_a_report(tmp_path: Path) -> None:
    """What a kill leaves behind begins with a dot, which the build passes over."""
    project = tmp_path / "p"
    add(project, write(tmp_path, "a.txt", text()))
    write(project, f"{SHANGDIAN_FOLDER}/.2022.txt.1.tmp", "half")
    assert builds(project)
    write(project, f"{SHANGDIAN_FOLDER}/.2022.txt.{os.getpid()}.tmp", "left by a process of the same number")
    assert add(project, write(tmp_path, "b.txt", text(year=2022))).status == 0
    assert f"{SHANGDIAN_FOLDER}/.2022.txt.{os.getpid()}.tmp" not in names(project)


def test_it_works_where_the_file_system_knows_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(store_module.os, "link", unknown)
    file = write(tmp_path, "a.txt", text())
    assert add(tmp_path / "p", file).status == 0
    assert tree(tmp_path / "p")[f"{SHANGDIAN_FOLDER}/2021.txt"] == file.read_bytes()


def test_a_file_that_changes_while_somebody_thinks_is_not_filed(tmp_path: Path) -> None:
    file = write(tmp_path, "a.txt", text())

    def change(_: str) -> str:
        file.write_text("别的", encoding="utf-8")
        return "是"

    said: list[str] = []
    from disclosure.filing.run import Options, add_reports  # noqa: PLC0415 - the one test that answers by itself

    assert add_reports([file], tmp_path / "p", Options(ask=change, say=said.append)) == 1
    assert "  这个文件刚刚被改动过，没有归档。请再运行一次。" in said
    assert tree(tmp_path / "p") == {}


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(Path, "mkdir", refuse)
    project = tmp_path / "p"
    done = add(project, tmp_path / "nothing", *[_existing(tmp_path)])
    assert done.status == 1
    assert f"写不进 {SHANGDIAN_FOLDER}。请检查磁盘空间和文件夹的权限。" in done.text


def _existing(folder: Path) -> Path:
    path = folder / "a.txt"
    path.write_text(text(), encoding="utf-8")
    return path


def test_a_description_that_the_build_refuses_is_mended_first(tmp_path: Path) -> None:
    project = tmp_path / "p"
    write(project, DESCRIBED, "naem: 尚店镇人民政府\n")
    done = add(project, write(tmp_path, "a.txt", text()))
    assert done.status == 1
    assert f"{DESCRIBED} 有错误。请先运行 scripts/build，按提示改正，再归档。" in done.text
    assert list(tree(project)) == [DESCRIBED]


def test_an_office_that_would_contradict_its_neighbours_is_not_filed(tmp_path: Path) -> None:
    project = tmp_path / "p"
    wrong = "reports/河南省/平顶山市/舞钢市/八台镇人民政府/office.yml"
    write(project, wrong, "id: '410499101'\nname: 八台镇人民政府\nkind: 乡镇人民政府\nplace_known_by: 甲\n")
    done = add(project, write(tmp_path, "a.txt", text()))
    assert done.status == 1
    assert "按编号 410481100，文件夹 河南省/平顶山市/舞钢市 的代码是 410481；" in done.text
    assert list(tree(project)) == [wrong]


def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    project, elsewhere = tmp_path / "p", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (project / "reports").mkdir(parents=True)
    (project / "reports" / "河南省").symlink_to(elsewhere)
    done = add(project, write(tmp_path, "a.txt", text()))
    assert done.status == 1
    assert "reports/河南省 不是普通的文件夹。请先改正。" in done.text
    assert list(elsewhere.iterdir()) == []
