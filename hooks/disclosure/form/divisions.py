"""Division codes and the places they name, as far as a code shows them by itself.

Source: GB/T 2260 中华人民共和国行政区划代码 (province level: the first two digits).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

PROVINCES = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
    "21": "辽宁省", "22": "吉林省", "23": "黑龙江省",
    "31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省", "37": "山东省",
    "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区", "46": "海南省",
    "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省", "54": "西藏自治区",
    "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区", "65": "新疆维吾尔自治区",
    "71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区",
}  # fmt: skip
"""Province by the first two digits of a code."""

_LEVEL = re.compile(r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|[省市区县旗盟州]$")
"""What names often leave out: 河南 for 河南省, 宁夏 for 宁夏回族自治区."""


def short_name(name: str) -> str:
    """The name of a region as it is often said; the name itself where nothing can be left out.

    >>> short_name("宁夏回族自治区")
    '宁夏'
    """
    return _LEVEL.sub("", name) or name


def is_place_prefix(text: str, regions: Sequence[str]) -> bool:
    """Whether a text is made of these region names in order, any of them left out, each perhaps with 人民政府.

    It may also begin inside one of them: a title over several lines can be cut there.

    >>> is_place_prefix("平顶山市舞钢市", ("河南省", "平顶山市", "舞钢市"))
    True
    >>> is_place_prefix("顶山市舞钢市", ("河南省", "平顶山市", "舞钢市"))
    True
    >>> is_place_prefix("临清市", ("河南省", "平顶山市", "舞钢市"))
    False
    """
    names = (f"(?:{re.escape(name)}|{re.escape(short_name(name))})(?:人民政府)?" for name in regions)
    made_of_them = re.fullmatch("".join(f"(?:{name})?" for name in names), text)
    return made_of_them is not None or "".join(regions).endswith(text)
