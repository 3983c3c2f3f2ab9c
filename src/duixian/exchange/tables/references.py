"""Numbers that refer to facts (事实编号): a payment or a higher-level support that points nowhere is not lost in silence.

What was paid for a fact is taken off what is due for it. If the number leads to no fact of the enterprise, nothing is taken
off; if it leads to two kinds of facts, nobody knows from which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from duixian.exchange.tables.findings import Findings
from duixian.exchange.tables.rows import Record
from duixian.exchange.tables.shown import shown


def tell_dangling(
    records: Iterable[Record], references: Mapping[str, Sequence[str]], findings: Findings
) -> None:
    """Warn of references that lead to no fact of the same enterprise, or to facts of several kinds.

    ``references`` gives the referring fields of each kind.
    """
    records = list(records)
    kinds: dict[tuple[str, str], set[str]] = {}
    for record in records:
        kinds.setdefault((record.code, record.id), set()).add(record.kind.name)
    for record in records:
        for name in references[record.kind.name]:
            number = record.values.get(name)
            if number is None:
                continue
            known = kinds.get((record.code, str(number)), set()) - {record.kind.name}
            if not known:
                findings.warn("dangling-reference", record.place, found=shown(str(number)), field=name)
            elif len(known) > 1:
                listed = "、".join(sorted(known))
                findings.warn(
                    "ambiguous-reference", record.place, found=shown(str(number)), expected=listed, field=name
                )
