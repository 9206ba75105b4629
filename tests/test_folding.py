"""Folding: each character of a text by itself, whatever stands beside it."""

from __future__ import annotations

import sys

from disclosure.form.folding import INVISIBLE, RADICALS, half_width


def plain(character: str) -> str:
    """What one character is, half-width."""
    if INVISIBLE.match(character):
        return ""
    code = ord(character)
    return chr(code - 0xFEE0) if 0xFF01 <= code <= 0xFF5E else RADICALS.get(code, character)


def test_every_character_there_is_becomes_what_it_stands_for() -> None:
    characters = [chr(code) for code in range(sys.maxunicode + 1)]
    assert [one for one in characters if half_width(one) != plain(one)] == []
    assert half_width("".join(characters)) == "".join(map(plain, characters))


def test_a_text_with_nothing_to_fold_stays_as_it_is() -> None:
    text = "本年度收到申请 3 件\\[]^-"
    assert half_width(text) is text
