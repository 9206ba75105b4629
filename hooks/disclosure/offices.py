"""Read and validate ``office.yml``, the description of one body that reports."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

import yaml
from pydantic import ValidationError

from disclosure.model import Note
from disclosure.office_keys import UNSEEN, WHAT, WHAT_OF_ANSWER, AnswerEntry, OfficeFile

FILE_NAME = "office.yml"
MAX_BYTES = 64 * 1024
RULE = "bad-office-file"
_LONGEST_QUOTE = 40
_ANSWERS = "answers"
_AN_ANSWER = "“名称: 内容”的若干行，如“rule: row-total-mismatch”"

Place: TypeAlias = tuple[int | str, ...]
"""A key; or the list of answers, the number of one of them from 0, and a key of that."""


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


_StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}  # a date stays what is written, so that one that does not exist can be told from bad YAML


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
    lines = dict(_lines(node)) if node else {}
    try:
        office = OfficeFile.model_validate(data)
    except ValidationError as error:
        return None, list(_explain(error, file, lines))
    for at, entry in enumerate(office.answers):
        entry.stand_on(lines.get((_ANSWERS, at)))
    repeated = list(_repeated(office.answers, file, lines))
    return (None, repeated) if repeated else (office, [])


def _lines(node: yaml.Node) -> Iterator[tuple[Place, int]]:
    """On which line every key stands, and every answer with its keys."""
    for key, value in node.value:
        yield (key.value,), key.start_mark.line + 1
        if key.value == _ANSWERS and isinstance(value, yaml.SequenceNode):
            for at, entry in enumerate(value.value):
                yield (_ANSWERS, at), entry.start_mark.line + 1
                for name, _ in entry.value if isinstance(entry, yaml.MappingNode) else ():
                    yield (_ANSWERS, at, name.value), name.start_mark.line + 1


def _explain(error: ValidationError, file: str, lines: Mapping[Place, int]) -> Iterator[Note]:
    """One Chinese sentence for each key that pydantic found wrong."""
    first: dict[Place, tuple[str, object]] = {}
    for item in error.errors():
        if item["loc"]:
            depth = 3 if item["loc"][0] == _ANSWERS else 1
            first.setdefault(item["loc"][:depth], (item["type"], item["input"]))
    for place, (kind, given) in first.items():
        yield _note(file, lines.get(place, lines.get(place[:-1])), _sentence(place, kind, given))


def _sentence(place: Place, kind: str, given: object) -> str:
    """What is wrong with one key."""
    *before, key = place
    if isinstance(key, int):
        return f"“{_ANSWERS}”第 {key + 1} 条写作“{_shown(given)}”，应为{_AN_ANSWER}。"
    entry = f"“{_ANSWERS}”第 {int(before[-1]) + 1} 条" if before else ""
    expected = WHAT_OF_ANSWER if len(before) > 1 else WHAT
    if kind == "extra_forbidden":
        return f"{entry and f'{entry}里'}不认识“{key}”这一项。{nearest(key, expected)}"
    if kind == "missing":
        return f"{entry}缺少“{key}”这一项：{expected[key]}。"
    return f"{entry and f'{entry}的'}“{key}”写作“{_shown(given)}”，应为{expected[key]}。{_unseen(given)}"


def _repeated(answers: Iterable[AnswerEntry], file: str, lines: Mapping[Place, int]) -> Iterator[Note]:
    """The answers that say again what they answer to."""
    seen: dict[tuple[str, int, str], int] = {}
    for at, one in enumerate(answers):
        first = seen.setdefault((one.rule, one.year, one.place), at)
        if first != at:
            message = (
                f"“{_ANSWERS}”第 {at + 1} 条与第 {first + 1} 条答的是同一条发现（{one.rule}，{one.year} 年）。"
                "请合并成一条；答的是不同的发现的，用 place 写明各在哪一行。"
            )
            yield _note(file, lines.get((_ANSWERS, at)), message)


def nearest(name: str, known: Collection[str]) -> str:
    """What somebody may have meant who wrote a name that is not known."""
    close = closest(name, known)
    return f"是不是想写“{close}”？" if close else f"可用的有：{'、'.join(known)}。"


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like another; None where none is much like it."""
    return next(iter(difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)), None)


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"


def _unseen(value: object) -> str:
    """What in a text cannot be seen; nothing for other values, and nothing of the end of a line, which can."""
    found = next((char for char in str(value) if char != "\n" and unicodedata.category(char) in UNSEEN), None)
    return "" if found is None else f"里面有看不见的字符 U+{ord(found):04X}，请删去。"


def _line_of_error(error: Exception) -> int | None:
    mark = getattr(error, "problem_mark", None)
    return None if mark is None else int(mark.line) + 1


def _reason(error: Exception) -> str:
    """Our own reasons are Chinese; the parser's are for its developers and are not passed on."""
    problem = str(getattr(error, "problem", None) or "")
    return problem if problem and not problem.isascii() else "有一处缩进、冒号或引号写得不对"


def _note(file: str, line: int | None, message: str) -> Note:
    return Note(RULE, line, message, file=file)
