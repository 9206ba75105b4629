"""Read and validate ``office.yml``, the description of one body that reports."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, HttpUrl, StringConstraints, ValidationError, field_validator

from disclosure.form.bodies import KINDS
from disclosure.model import Note

FILE_NAME = "office.yml"
MAX_BYTES = 64 * 1024
RULE = "bad-office-file"
_LONGEST_QUOTE = 40
FIRST_YEAR, LAST_YEAR = 2008, 2099
"""Annual reports are a duty since the first 《政府信息公开条例》 came into force in 2008."""

Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=r"^[^\x00-\x1f\x7f-\x9f]+$")
]
"""One line: it stands in titles, messages and tables."""
OfficeId = Annotated[str, StringConstraints(pattern=r"^[1-9]\d{5}(?:\d{3}|-[a-z0-9]{1,20})?$")]
"""9 digits: 乡镇 or 街道; 6 digits: a government; 6 digits, ``-`` and a suffix: a department."""
WebAddress = Annotated[str, StringConstraints(max_length=500)]


class OfficeFile(BaseModel):
    """The keys of ``office.yml``. An unknown key is an error."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    id: OfficeId
    name: Text
    kind: Text
    place_known_by: Text
    place_inferred: bool = False
    former_ids: tuple[OfficeId, ...] = ()
    former_names: tuple[Text, ...] = ()
    printed_names: tuple[Text, ...] = ()
    source_urls: dict[Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)], WebAddress] = {}
    website: WebAddress | None = None

    @field_validator("kind")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        if value not in KINDS:
            raise ValueError("unknown kind")
        return value

    @field_validator("website", "source_urls")
    @classmethod
    def _web_addresses(cls, value: str | dict[int, str] | None) -> str | dict[int, str] | None:
        for address in value.values() if isinstance(value, dict) else [value] if value else []:
            HttpUrl(address)
        return value


_WHAT = {
    "id": "9 位数字（乡镇、街道），或 6 位数字（县级以上政府），或 6 位数字加“-”和小写字母（部门）",
    "name": "机关全称，300 字以内的文字",
    "kind": "、".join(KINDS) + " 之一",
    "place_known_by": "一句话，说明怎么知道它在哪里",
    "place_inferred": "true 或 false",
    "former_ids": "停用的旧编号的列表，写法与 id 相同",
    "former_names": "曾用名的列表",
    "printed_names": "报告里印错或简写的名称的列表",
    "source_urls": "年份到网址的对照，如 2021: https://…",
    "website": "以 http:// 或 https:// 开头的网址",
}
"""What each key expects, for messages."""


class _StrictLoader(yaml.SafeLoader):
    """Safe YAML without aliases (no expansion bombs) and without repeated keys (no silent overwriting)."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.constructor.ConstructorError(None, None, "不能使用别名（*）", event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:  # noqa: FBT001, FBT002 - signature of the base class
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "名称应是一个词", key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"“{key.value}”写了两次", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def parse_office(content: bytes, file: str) -> tuple[OfficeFile | None, list[Note]]:
    """Read one ``office.yml``. Every error found becomes a note with its line; the office is None if there is any."""
    if len(content) > MAX_BYTES:
        return None, [_note(file, None, f"文件超过 {MAX_BYTES // 1024} KB，不像是机关说明。")]
    try:
        text = content.decode("utf-8-sig")
        loader = _StrictLoader(text)
        node = loader.get_single_node()
        data = loader.construct_document(node) if node is not None else None
    except UnicodeDecodeError:
        return None, [_note(file, None, "文件不是 UTF-8 编码。请用 UTF-8 另存。")]
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        message = f"不是正确的 YAML（{_reason(error)}）。请对照其他机关的 {FILE_NAME} 修改。"
        return None, [_note(file, _line_of_error(error), message)]
    if not isinstance(data, dict):
        return None, [_note(file, 1, "应是“名称: 内容”的若干行，如“name: 某某街道办事处”。")]
    try:
        return OfficeFile.model_validate(data), []
    except ValidationError as error:
        lines = {str(key.value): key.start_mark.line + 1 for key, _ in node.value} if node else {}
        return None, list(_explain(error, file, lines))


def _explain(error: ValidationError, file: str, lines: dict[str, int]) -> Iterator[Note]:
    """One Chinese sentence for each key that pydantic found wrong."""
    first_of_key = {str(item["loc"][0]): item for item in reversed(error.errors()) if item["loc"]}
    for key, item in reversed(first_of_key.items()):
        line = lines.get(key)
        if item["type"] == "extra_forbidden":
            yield _note(file, line, f"不认识“{key}”这一项。{_nearest(key)}")
        elif item["type"] == "missing":
            yield _note(file, None, f"缺少“{key}”这一项：{_WHAT[key]}。")
        else:
            yield _note(file, line, f"“{key}”写作“{_shown(item['input'])}”，应为{_WHAT[key]}。")


def _nearest(key: str) -> str:
    known = list(OfficeFile.model_fields)
    close = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    return f"是不是想写“{close[0]}”？" if close else f"可用的有：{'、'.join(known)}。"


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"


def _line_of_error(error: Exception) -> int | None:
    mark = getattr(error, "problem_mark", None)
    return None if mark is None else int(mark.line) + 1


def _reason(error: Exception) -> str:
    """Our own reasons are Chinese; the parser's are for its developers and are not passed on."""
    problem = str(getattr(error, "problem", None) or "")
    return problem if problem and not problem.isascii() else "有一处缩进、冒号或引号写得不对"


def _note(file: str, line: int | None, message: str) -> Note:
    return Note(RULE, line, message, file=file)
