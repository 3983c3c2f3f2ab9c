"""How far a batch has come (批量进度): what its blocks add up to, for the screen and the receipt."""

from __future__ import annotations

from dataclasses import dataclass

from duixian.exchange.columns.stakes import StakesSoFar
from duixian.exchange.columns.summary import RunningSummary


@dataclass(slots=True)
class Batched:
    """What a batch has found so far (批量进度)."""

    summary: RunningSummary
    stakes: StakesSoFar
    enterprises: int = 0
    entangled: int = 0
    reused: int = 0
