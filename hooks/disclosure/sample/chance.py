"""Numbers as they fall in life: counts of what happens by chance, and how so many things are divided."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

_MANY = 30
"""From this many on, a bell curve is near enough."""


def chance(*parts: object) -> Random:
    """A source of chance that depends on these parts alone, in every process and on every machine."""
    return Random(" ".join(map(str, parts)))  # noqa: S311 - the same sample every time; nothing here is secret


def happening(rng: Random, mean: float) -> int:
    """How often something happens that happens ``mean`` times on average (Poisson)."""
    if mean > _MANY:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    count, left = 0, rng.random()
    limit = math.exp(-mean)
    while left > limit:
        count += 1
        left *= rng.random()
    return count


def hits(rng: Random, tries: int, share: float) -> int:
    """How many of so many tries succeed, each with this probability (binomial)."""
    if tries <= _MANY:
        return sum(rng.random() < share for _ in range(tries))
    middle = tries * share
    return min(tries, max(0, round(rng.gauss(middle, math.sqrt(middle * max(0.0, 1 - share))))))


def divided(rng: Random, count: int, weights: Sequence[float]) -> list[int]:
    """How so many things fall into boxes of these weights; they add up to ``count``."""
    boxes = [0] * len(weights)
    left, heavy = count, sum(weights)
    for at, weight in enumerate(weights[:-1]):
        if not left:
            return boxes
        boxes[at] = hits(rng, left, weight / heavy)
        left, heavy = left - boxes[at], heavy - weight
    boxes[-1] = left
    return boxes
