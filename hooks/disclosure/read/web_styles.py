"""What the styles of a web page say of how text is shown: hidden, crossed out, off the line.

Of style sheets only the plainest selectors are read, a tag, a class, or both; rules for other media are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

_STYLE = re.compile(
    r"(?:^|[;\s])(display|mso-hide|text-decoration(?:-line)?|vertical-align|white-space)\s*:\s*([a-z-]+)", re.IGNORECASE
)
HIDING = {("display", "none"), ("mso-hide", "all")}
_NO_SIZE = r"font-size\s*:\s*0(?:\.0+)?(?:[a-z]+|%)?\s*(?:[;!]|$)"
_OFF_SCREEN = r"(?:left|right|top|bottom|text-indent)\s*:\s*-(?:999|\d{4})"
_UNSEEN = re.compile(rf"(?:^|[;\s])(?:visibility\s*:\s*(?:hidden|collapse)|{_NO_SIZE}|{_OFF_SCREEN})", re.IGNORECASE)
UNSEEN = ("unseen", "yes")
"""Stands among the properties of what is hidden by whatever means; a property of our own."""
_BY_SHEET = frozenset((UNSEEN[0], "text-decoration", "text-decoration-line", "vertical-align"))
_SELECTOR = re.compile(r"(?=.)(?P<tag>[a-z][a-z0-9]*)?(?:\.(?P<name>[\w-]+))?", re.IGNORECASE)
_NO_RULE = re.compile(r"/\*.*?\*/|<!--|-->|@[a-z-]+[^{};]*;", re.IGNORECASE | re.DOTALL)
_BRACE = re.compile("[{}]")
_MEDIA = re.compile(r"^\s*$|\b(?:all|screen)\b", re.IGNORECASE)


def declared(text: str) -> dict[str, str]:
    """The properties that matter among those of a ``style``.

    >>> declared("color: red; Display:None"), declared("font-size:0px")
    ({'display': 'none', 'unseen': 'yes'}, {'unseen': 'yes'})
    """
    if not text:
        return {}
    found = {name.lower(): value.lower() for name, value in _STYLE.findall(text)}
    if _UNSEEN.search(text) or not HIDING.isdisjoint(found.items()):
        return {**found, UNSEEN[0]: UNSEEN[1]}
    return {**found, UNSEEN[0]: "no"} if "display" in found else found


@dataclass(frozen=True, slots=True)
class Looks:
    """What the style sheets of a page say, by tag and class; either may be empty."""

    _rules: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    def of(self, tag: str, classes: str) -> dict[str, str]:
        """The properties of an element; a class says more than a tag, and both together most."""
        if not self._rules:
            return {}
        names = classes.split()
        keys = [(tag, ""), *(("", name) for name in names), *((tag, name) for name in names)]
        return {name: value for key in keys for name, value in self._rules.get(key, {}).items()}


def read_looks(root: LexborNode) -> Looks:
    """The style sheets that stand in the page itself."""
    rules: dict[tuple[str, str], dict[str, str]] = {}
    for sheet in root.css("style"):
        if not _MEDIA.search(sheet.attributes.get("media") or ""):
            continue
        for selectors, body in _rules_of(_NO_RULE.sub("", sheet.text())):
            told = {name: value for name, value in declared(body).items() if name in _BY_SHEET}
            for selector in selectors.split(",") if told else ():
                if match := _SELECTOR.fullmatch(selector.strip()):
                    key = (match["tag"] or "").lower(), match["name"] or ""
                    rules[key] = {**rules.get(key, {}), **told}
    return Looks(rules)


def _rules_of(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and bodies of rules that hold without a condition: none of those inside ``@media``."""
    depth = start = 0
    selectors = ""
    for brace in _BRACE.finditer(sheet):
        if brace[0] == "{":
            if not depth:
                selectors, start = sheet[start : brace.start()].strip(), brace.end()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                if not selectors.startswith("@"):
                    yield selectors, sheet[start : brace.start()]
                start = brace.end()
