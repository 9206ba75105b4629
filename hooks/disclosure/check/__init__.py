"""Check reports against a registry of rules: one short named generator each.

    check_report    one report, with or without its office
    check_office    the reports of one office across the years
    check_portal    everything, with the notes of filing and the rules across offices
    Checking        the same, an office at a time

What is wrong with a report is a value (``Finding``), never an exception. To add a rule, see
``docs/contributing/how-to-add-a-rule.md``.
"""

from disclosure.check import (
    across_years,
    arithmetic,
    completeness,
    fees,
    filing,
    filing_notes,
    narrative,
    notes,
    plausibility,
    repetition,
)
from disclosure.check.registry import Rule, in_order
from disclosure.check.run import Checking, check_office, check_portal, check_report

FAMILIES = (
    arithmetic,
    narrative,
    plausibility,
    fees,
    across_years,
    repetition,
    completeness,
    filing,
    notes,
    filing_notes,
)
"""The modules that hold rules: a rule is registered when its module is imported here."""
RULES = in_order()
"""Every rule by name, in the order in which a reader meets them."""

__all__ = ["FAMILIES", "RULES", "Checking", "Rule", "check_office", "check_portal", "check_report"]
