"""Determinations told in full, for golden files: outcome and numbers, then the trace line by line in both languages."""

from __future__ import annotations

from collections.abc import Iterable

from duixian.money import format_wan
from duixian.rules.determination import Determination, Mark, TraceLine
from duixian.wording import Language, percent, trace_words


def fen(amount: int | None) -> str:
    return "—" if amount is None else format_wan(amount)


def told(name: str, determinations: Iterable[Determination]) -> str:
    """One situation: its name, then every determination of its dossier."""
    return "\n".join([f"# {name}", *(_determination(each) for each in determinations), ""])


def _determination(each: Determination) -> str:
    numbers = [f"上限 {fen(each.ceiling_fen)}", f"可兑 {fen(each.amount_fen)}", f"年度 {each.year or '—'}"]
    if each.base_fen is not None and each.rate is not None:
        numbers.insert(0, f"基数 {fen(each.base_fen)} × {percent(each.rate)}")
    if each.is_exact:
        numbers.append("定额")
    if each.share:
        numbers.append(
            f"市 {fen(each.share.city_fen)}、县区 {fen(each.share.county_fen)}（{each.share.basis}）"
        )
    if each.missing:
        numbers.append(f"缺 {'、'.join(each.missing)}")
    assert each.reason in each.trace
    head = f"{each.fact_kind} {each.fact} ← {each.document}{each.clause} {each.measure} {each.row or '—'}：{each.outcome.value}"
    return "\n".join(
        [
            head,
            f"  {'；'.join(numbers)}",
            *map(_mark, each.marks),
            *(_line(line, each.reason) for line in each.trace),
        ]
    )


def _mark(mark: Mark) -> str:
    return f"  口径 {mark.interpretation} = {mark.option} → {mark.outcome.value} {fen(mark.amount_fen)}，市 {fen(mark.city_fen)}"


def _line(line: TraceLine, reason: TraceLine) -> str:
    sentences = [trace_words(line, language) for language in Language]
    assert all(words and "{" not in words and "}" not in words for words in sentences), line
    settles = "⇒" if line == reason else "·"
    return (
        f"  {settles} {line.step.value}{line.clause} {line.code}\n      {sentences[0]}\n      {sentences[1]}"
    )
