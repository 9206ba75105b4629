"""Measure what reading, checking and publishing cost, here and on invented portals of any size.

``scripts/bench.py`` is the command; ``disclosure.sample`` invents. Nothing here is part of a build.
"""
