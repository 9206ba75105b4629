"""The page about what changed from release to release: /data/changes/."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from disclosure.releases.changes import Change, Changes, Turn
from disclosure.releases.feed import FEED
from disclosure.releases.history import HISTORY, Entry, History
from disclosure.releases.words import FIRST_RELEASE, Group, count_words, grouped, told
from disclosure.render import urls
from disclosure.render.blocks import (
    Block,
    Breadcrumb,
    Bullets,
    Code,
    File,
    Heading,
    Item,
    Link,
    Paragraph,
    Parts,
    Table,
    TableRow,
    Td,
    Text,
    Th,
    To,
    column_heads,
    paragraph,
    text,
)
from disclosure.render.indexes import HOME
from disclosure.render.page import Page

MOST: Final = 300
"""Changes of one group that the page tells one by one."""
_TITLE = "数据更新记录"
_LEAD = (
    "本站每次发布数据，都与上一次逐项比较：收录了哪些报告，哪些数字更正了，为什么更正，哪些核对发现是新的、哪些不再有。"
)
_CAUSES = (
    "数字更正有两种原因：报告的原文换了文件，或者原文没有变、本站的读法改了。"
    "原值和新值都列出，没有数的地方写明状态，不当作 0。维护者对核对发现的答复不改变任何数字，有变化的另外列出。"
)


def changes_page(history: History, latest_changes: Changes | None) -> Page:
    """The page: what the newest release changed, then all releases.

    ``latest_changes`` is ``history.latest_changes``; None where there was nothing to compare with.
    """
    newest = history.releases[0]
    blocks: tuple[Block, ...] = (
        Breadcrumb((HOME,), _TITLE),
        Heading(1, _TITLE, "top"),
        paragraph(_LEAD, "lead"),
        paragraph(_CAUSES),
        Paragraph(
            (
                Text("供程序使用："),
                _file("全部记录（JSON）", HISTORY),
                Text("，"),
                _file("订阅（Atom）", FEED),
                Text("。"),
            )
        ),
        Heading(2, "最近一次发布", "latest"),
        *_latest(newest, latest_changes),
        Heading(2, "历次发布", "releases"),
        Table(
            "历次发布，新的在前",
            column_heads("版本", "数据日期", "变化"),
            (tuple(map(_row, history.releases)),),
            "counts",
        ),
    )
    return Page(urls.CHANGES, _TITLE, "本站历次发布的数据有哪些变化，为什么变化。", blocks, "changes")


def _file(words: str, name: str) -> Link:
    """A link to a file of the open data."""
    return Link(words, File(f"{urls.DATA_FILES}{name}"))


def _row(entry: Entry) -> TableRow:
    what: Parts = text(FIRST_RELEASE)
    if entry.changes_url is not None:
        what = (Text(count_words(entry.counts)), _file("全部变化（JSON）", entry.changes_url))
    return TableRow((Th((Code(entry.version),)), Td(text(entry.data_date)), Td(what, "long")), entry.anchor)


def _latest(entry: Entry, changes: Changes | None) -> Iterator[Block]:
    yield Paragraph((Text("版本 "), Code(entry.version), Text(f"，数据日期 {entry.data_date}。")))
    if changes is None or entry.changes_url is None:
        yield paragraph(FIRST_RELEASE)
        return
    yield Paragraph((Text("与上一次发布 "), Code(entry.previous or ""), Text(f" 相比：{count_words(entry.counts)}")))
    gone = {one.office for one in changes.offices if one.turn is Turn.REMOVED}
    for group in grouped(changes):
        yield from _group(group, entry.changes_url, gone)


def _group(group: Group, url: str, gone: set[str]) -> Iterator[Block]:
    yield Heading(3, group.title, group.anchor)
    yield Bullets(tuple(Item(_parts(change, gone)) for change in group.changes[:MOST]))
    if len(group.changes) > MOST:
        rest = f"其余 {len(group.changes) - MOST} 条见 "
        yield Paragraph((Text(rest), _file("JSON", url), Text("。")), "note")


def _parts(change: Change, gone: set[str]) -> Parts:
    """A change as a sentence, in which an office that is still there leads to its page."""
    subject, rest = told(change)
    office = change.office
    if not office or office in gone or not subject:
        return text(f"{subject}{rest}")
    return Link(subject, To(urls.office(office))), Text(rest)
