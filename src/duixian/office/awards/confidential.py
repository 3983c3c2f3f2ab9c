"""What must not be shown (涉密事项): a measure whose note in the policy says so never goes on public notice."""

from __future__ import annotations

from duixian.office.awards.measure_of import measure_of
from duixian.office.awards.models import Award

MARK = "涉密"
"""The word in a measure's 注 by which the policy marks it."""


def is_confidential(award: Award) -> bool:
    """Whether the award's measure is marked as secret. It then cannot be shown, hence not be approved here: it has a channel of its own."""
    return MARK in measure_of(award.document, award.measure_id).note
