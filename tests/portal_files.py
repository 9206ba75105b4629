"""A portal of any size on disk, as the site's tests need it: invented offices whose reports are damaged in every way.

Test material, never published. What makes it worse than a sample (``disclosure.sample``): every second report damaged,
missing years, offices without any report, former names, long names, one report without tables, and figures from zero
to millions.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from damage import DAMAGES, has_numbers
from damage_lab import can_bear, true_figures
from disclosure.form.divisions import PROVINCES
from disclosure.form.template import FIRST_YEAR_OF_2021_FORM, SECTIONS, TABLES
from disclosure.offices import FILE_NAME
from disclosure.sources import REPORTS
from disclosure.workshop import ROOT
from layouts import STYLES, Block, Style, grid

MOST = (0, 2, 20, 400, 4_000_000)
"""Largest count of natural persons in one outcome row of an office; the offices take them in turn."""
_DAMAGED, _MISSING, _WITHOUT_TABLES = 1 / 2, 1 / 6, 1 / 40
_EMPTY = 25
"""One office in so many has no report."""
_LONG = "生态环境保护综合行政执法与突发环境事件应急处置联合工作委员会办公室派出管理机构"
_PHRASES = (
    ("年初以来", "按照年度计划", "结合本镇实际", "根据上级部署", "围绕中心工作", "在往年基础上", "针对薄弱环节"),
    ("党政综合办", "信息公开专班", "各村和各站所", "便民服务中心", "分管负责人", "政务公开小组", "宣传和档案人员"),
    ("逐项梳理", "集中更新", "定期核查", "重新编排", "分批整理", "专题研究", "及时补充"),
    ("惠农补贴台账", "项目建设信息", "办事指南和流程图", "村级财务公示", "应急预案目录", "会议纪要", "民生实事清单"),
    ("群众查阅更加方便", "内容与实际保持一致", "过期栏目都已撤下", "问题当月整改到位", "答复时间明显缩短"),
)
_SHARED = (
    "本机关严格落实信息发布审核制度，做到先审查后公开。",
    "下一步将加强业务培训，提高工作人员的能力和水平。",
    "进一步拓宽公开渠道，主动接受社会各界的监督。",
)
"""Sentences that every office writes: templates, which the comparison of texts has to see through."""
_IN_A_PROVINCE = 1000
_PROVINCES = [(code, name) for code, name in PROVINCES.items() if name.endswith("省")]
_DIGITS = "甲乙丙丁戊己庚辛壬癸"
_KINDS = ("乡镇人民政府", "街道办事处", "政府部门")


class Place(NamedTuple):
    """Where an invented office stands: its id, and its folders from the province down, its own last."""

    id: str
    folders: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the office: that of its own folder."""
        return self.folders[-1]


def write_project(root: Path, offices: int, years: Sequence[int], seed: int = 7) -> None:
    """The project with invented reports instead of its own, below ``root``, which is made."""
    root.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", root)
    for name in ("docs", "hooks"):
        (root / name).symlink_to(ROOT / name)
    write_portal(root / REPORTS, offices, years, seed)


def write_portal(reports: Path, offices: int, years: Sequence[int], seed: int) -> None:
    """Write ``offices`` offices with their reports below the folder ``reports``; the same files for the same seed."""
    styles = [style for style in STYLES.values() if style.suffix == ".txt"]
    for number in range(offices):
        rng = Random(f"{seed} {number}")  # noqa: S311 - the same portal every time
        office = invented_place(number)
        name, description = _described(office, number)
        folder = reports.joinpath(*office.folders[:-1], name)
        folder.mkdir(parents=True)
        (folder / FILE_NAME).write_text(description, encoding="utf-8")
        for year in () if number % _EMPTY == _EMPTY - 1 else years:
            if rng.random() >= _MISSING:
                (folder / f"{year}.txt").write_bytes(_report(rng, name, year, MOST[number % len(MOST)], styles))


def _described(office: Place, number: int) -> tuple[str, str]:
    """The name of an office and its ``office.yml``."""
    kind = _KINDS[number % len(_KINDS)]
    names = {
        "乡镇人民政府": office.name,
        "街道办事处": office.name.replace("镇人民政府", "街道办事处"),
        "政府部门": f"{office.folders[-2]}{_LONG if number % 10 == 2 else '教育局'}{number}",
    }
    identifier = f"{office.id[:6]}-d{number}" if kind == "政府部门" else office.id
    lines = [f'id: "{identifier}"', f"name: {names[kind]}", f"kind: {kind}", "place_known_by: 虚构，只用于测试。"]
    if number % 8 == 1:
        lines += [f"former_names: [旧{names[kind]}]", "place_inferred: true"]
    return names[kind], "\n".join(lines) + "\n"


def _report(rng: Random, name: str, year: int, most: int, styles: Sequence[Style]) -> bytes:
    if rng.random() < _WITHOUT_TABLES:
        return "\n".join(_frame(rng, name, year, {})).encode()
    form = "2021" if year >= FIRST_YEAR_OF_2021_FORM else "2019"
    style = rng.choice(styles)
    true = true_figures(rng, form, most)
    grids = {table: style.prepare(grid(form, table, true)) for table in TABLES}
    damages = [one for one in DAMAGES.values() if can_bear(style, one)]
    chosen = rng.sample(damages, rng.randint(1, 2)) if rng.random() < _DAMAGED else []
    for damage in chosen:
        target = grids[rng.choice(TABLES)]
        if damage.change is not None and has_numbers(target):
            damage.change(rng, target)
    parts: list[Block] = list(_frame(rng, name, year, grids))
    text = style.text(parts)
    for damage in chosen:
        text = text if damage.rewrite is None else damage.rewrite(rng, text)
    return text.encode(style.encoding)


def _frame(rng: Random, name: str, year: int, grids: dict[str, Block]) -> Iterator[Block]:
    """Title, headings and prose around the tables that there are."""
    yield f"{name}{year}年政府信息公开工作年度报告\n"
    for section, (number, title) in SECTIONS.items():
        yield f"{number}、{title}\n"
        if section in grids:
            yield grids[section]
            yield "\n"
        elif section not in TABLES:
            yield prose(rng, year, 12) + "\n"


def invented_place(number: int) -> Place:
    """The place of an office by its number: ten townships a county, ten counties a city, ten cities a province."""
    province, rest = divmod(number, _IN_A_PROVINCE)
    city, county, town = (int(digit) for digit in f"{rest:03d}")
    words = "".join(_DIGITS[digit] for digit in (city, county, town))
    code, name = _PROVINCES[province]
    folders = (name, f"虚构{words[0]}市", f"虚构{words[:2]}县", f"{words}镇人民政府")
    return Place(f"{code}8{city}{county + 21}{town + 100}", folders)


def prose(rng: Random, year: int, count: int) -> str:
    """Sentences of the office's own with a few shared ones, a paragraph each four."""
    own = [_sentence(rng) for _ in range(count)]
    sentences = [f"{year}年，{own[0]}", *own[1:], *_SHARED]
    return "\n\n".join("".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))


def _sentence(rng: Random) -> str:
    when, who, how, what, result = (rng.choice(phrases) for phrases in _PHRASES)
    return f"{when}，{who}{how}{what}，{result}。"
