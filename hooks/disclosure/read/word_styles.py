"""Names and properties of WordprocessingML (ECMA-376, part 1, 17), and what a style hands down to its paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_ANCESTORS = 20
_OFF = ("0", "false", "off", "none")


def word(name: str) -> str:
    """The full name of an element or attribute: ``w:p`` is ``word("p")``."""
    return _NAMESPACE + name


_VAL, _STYLE = word("val"), word("style")
_PARAGRAPH, _RUN, _LIST = word("pPr"), word("rPr"), word("numPr")


class ListPlace(NamedTuple):
    """The list a paragraph belongs to (None: nothing said; ``"0"``: none) and its level there."""

    list_id: str | None = None
    level: int | None = None


def value_of(properties: Element | None, name: str) -> str | None:
    """The ``w:val`` of a property; None if it is not set."""
    found = None if properties is None else properties.find(word(name))
    return None if found is None else found.get(_VAL)


def number_in(text: str | None) -> int | None:
    """A whole number written in an attribute; None for anything else."""
    return (
        int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) <= len("1000000") else None
    )


def is_on(properties: Element | None, name: str) -> bool:
    """Whether a switch such as ``w:vanish`` is set: it is there, and not set to off."""
    found = None if properties is None else properties.find(word(name))
    return found is not None and found.get(_VAL) not in _OFF


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of one document by their ids."""

    _styles: dict[str, Element] = field(default_factory=dict)

    def is_hidden(self, style: str | None) -> bool:
        """Whether text in this style is not shown."""
        return any(is_on(one.find(_RUN), "vanish") for one in self._chain(style))

    def run_properties(self, style: str | None) -> Iterator[Element]:
        """What a style and those it is based on say of the characters, the nearest first."""
        return (found for one in self._chain(style) if (found := one.find(_RUN)) is not None)

    def list_of(self, properties: Element | None, style: str | None) -> ListPlace:
        """The list that a paragraph belongs to, by its own properties or by its style.

        The level is None where only a style names the list: the list itself then says which level has that style.
        """
        own = _list_place(properties)
        if own.list_id is not None:
            return ListPlace(own.list_id, own.level or 0)
        handed_down = (_list_place(one.find(_PARAGRAPH)) for one in self._chain(style))
        inherited = next((place for place in handed_down if place.list_id is not None), ListPlace())
        return ListPlace(inherited.list_id, inherited.level if own.level is None else own.level)

    def _chain(self, style: str | None) -> Iterator[Element]:
        """A style and those it is based on, the nearest first."""
        for _ in range(_MOST_ANCESTORS):
            found = self._styles.get(style or "")
            if found is None:
                return
            yield found
            style = value_of(found, "basedOn")


def _list_place(properties: Element | None) -> ListPlace:
    found = None if properties is None else properties.find(_LIST)
    return ListPlace(value_of(found, "numId"), number_in(value_of(found, "ilvl")))


def read_styles(root: Element | None) -> Styles:
    """The styles that ``styles.xml`` defines; none where a document has no such part."""
    return Styles() if root is None else Styles({one.get(word("styleId"), ""): one for one in root.iterfind(_STYLE)})
