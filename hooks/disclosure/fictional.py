"""What is invented says so in its name, is marked on every page, and is never published.

Nothing has to be switched on: the names decide, wherever a folder of a sample is copied to. No body and no division of
China is called so (``docs/contributing/decisions/0022-sample.md``).
"""

from __future__ import annotations

from collections.abc import Sequence

from disclosure.errors import DisclosureError
from disclosure.model import Office

MARK = "虚构"
"""How the name of every invented office, city and county begins."""
NOTICE = "虚构样本，不是真实数据"
"""What stands on every page about them."""


class FictionalError(DisclosureError):
    """Invented offices are where only real ones may be."""


def is_fictional(office: Office) -> bool:
    """Whether an office is invented: its own name says so, or that of a region it lies in."""
    return any(name.startswith(MARK) for name in (office.name, *(region.name for region in office.regions)))


def notice_about(offices: Sequence[Office], *, published: bool) -> str:
    """What every page of the site of these offices has to say; empty where all of them are real.

    Raises:
        FictionalError: some are invented, and the site is to be ``published`` or has real ones, too.
    """
    invented = [office for office in offices if is_fictional(office)]
    if not invented:
        return ""
    example = f"有 {len(invented)} 个虚构的机关（如 {invented[0].folder}）"
    if len(invented) < len(offices):
        raise FictionalError(f"reports/ 里{example}混在真实的机关中间，网站没有生成。请把虚构的移走。")
    if published:
        raise FictionalError(f"reports/ 里{example}，虚构样本不能发布，网站没有生成。请换成真实的报告。")
    return NOTICE
