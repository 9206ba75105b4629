"""The keys of ``office.yml``, the description of one body that reports, and what each of them expects."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Final

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    PrivateAttr,
    StringConstraints,
    ValidationInfo,
    field_validator,
)

from disclosure.form.bodies import KINDS
from disclosure.model import Answer

FIRST_YEAR, LAST_YEAR = 2008, 2099
"""Annual reports are a duty since the first 《政府信息公开条例》 came into force in 2008."""

UNSEEN = ("Cc", "Cf", "Zl", "Zp")
"""Categories of Unicode that nobody sees: control and format characters, line and paragraph separators."""
_HIDDEN = "".join(rf"\p{{{category}}}" for category in UNSEEN)
Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=f"^[^{_HIDDEN}]+$")
]
"""One line, and nothing in it that cannot be seen: it stands in titles, messages and tables."""
OfficeId = Annotated[str, StringConstraints(pattern=r"^[1-9]\d{5}(?:\d{3}|-[a-z0-9]{1,20})?$")]
"""9 digits: 乡镇 or 街道; 6 digits: a government; 6 digits, ``-`` and a suffix: a department."""
WebAddress = Annotated[str, StringConstraints(max_length=500)]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
RuleName = Annotated[str, StringConstraints(max_length=80, pattern=r"^[a-z]+(?:-[a-z]+)+$")]
PlaceName = Annotated[str, StringConstraints(pattern=r"^(?:[1-9]\d{0,6}|[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*){0,2})$")]
"""The number of a line; or a table, a row or a figure of the form."""


def _day(value: object) -> dt.date:
    if not (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)):
        raise ValueError("not a day")
    return dt.date.fromisoformat(value)


Day = Annotated[dt.date, BeforeValidator(_day)]
_FURTHEST_EAST: Final = dt.timedelta(hours=14)


class AnswerEntry(BaseModel):
    """One entry of ``answers``. Whether there is such a rule is asked later: rules know offices."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    rule: RuleName
    year: Year
    place: PlaceName = ""
    reason: Text
    by: Text
    date: Day

    _line: int | None = PrivateAttr(None)

    @field_validator("date")
    @classmethod
    def _after_the_year(cls, value: dt.date, info: ValidationInfo) -> dt.date:
        """Nothing is answered before it is reported, nor tomorrow: this alone asks the clock, and only to refuse."""
        earliest = dt.date(info.data.get("year", FIRST_YEAR), 1, 1)
        if not earliest <= value <= (dt.datetime.now(dt.UTC) + _FURTHEST_EAST).date():
            raise ValueError("not a day on which this can have been answered")
        return value

    def stand_on(self, line: int | None) -> None:
        """Say on which line of the file this is."""
        self._line = line

    def answer(self) -> Answer:
        """The answer, with its line."""
        return Answer(self.rule, self.year, self.reason, self.by, self.date.isoformat(), self.place, self._line)


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
    source_urls: dict[Year, WebAddress] = {}
    website: WebAddress | None = None
    answers: tuple[AnswerEntry, ...] = ()

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


WHAT: Final = {
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
    "answers": "答复的列表，每条以“- ”开头",
}
"""What each key expects, for messages."""
WHAT_OF_ANSWER: Final = {
    "rule": "规则的代号，如 row-total-mismatch，见网站“检查规则”页",
    "year": f"报告的年度，{FIRST_YEAR} 至 {LAST_YEAR}",
    "place": "发现所在的行号，如 37；或者有关的格，写作“表.行.列”，如 requests.received.total",
    "reason": "一句话，说明怎么回事，300 字以内",
    "by": "谁作的答复，如“舞钢市政务公开办”",
    "date": "答复的日期，如 2026-11-28，不早于所答的年度，不晚于今天",
}
"""The same for the keys of an answer."""
