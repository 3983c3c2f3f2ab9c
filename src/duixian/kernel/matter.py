"""就高不重复 as it stands under the decisions, in a measure's record (同一事项的规则)."""

from __future__ import annotations

from duixian.kernel import words as w
from duixian.rules.decided import Decisions, resolve
from duixian.rules.policy import AfterPayment, Cumulation, CumulationReach, SameMatter


def write_cumulation(record: list[int], rule: Cumulation | None, decisions: Decisions) -> None:
    """Write what makes awards one matter, between which of them, and what is left after a payment."""
    if rule is None:
        return
    record[w.M_HAS_CUMULATION] = 1
    # A rule that names no clause bars nothing: there would be no basis to tell.
    record[w.M_BARS] = int(bool(rule.clause))
    is_object = resolve(rule.same_matter, decisions) is SameMatter.SAME_OBJECT
    record[w.M_MATTER] = w.SAME_OBJECT if is_object else w.SAME_FACT
    is_wide = resolve(rule.reach, decisions) is CumulationReach.ALL_CLAUSES
    record[w.M_REACH] = w.ALL_CLAUSES if is_wide else w.OTHER_DOCUMENTS
    leaves = resolve(rule.after_payment, decisions) is AfterPayment.DIFFERENCE
    record[w.M_AFTER] = w.THE_DIFFERENCE if leaves else w.NOTHING_AFTER
