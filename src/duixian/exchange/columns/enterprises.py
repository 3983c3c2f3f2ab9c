"""Who is in a block (块内企业): every enterprise once, and where among them each run of rows belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from duixian.exchange.columns.code_order import KnownCodes
from duixian.exchange.columns.codes import CODE_TYPE, Codes
from duixian.exchange.columns.kind_rows import KindRows

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Enterprises:
    """Who is in a block (块内企业): all ``codes``, rising; for each kind the place of every run of rows among them.

    ``unlisted`` are the places of those that no row describes.
    """

    codes: Codes
    of_runs: Mapping[str, Places]
    unlisted: Places

    def owners(self, rows: Mapping[str, KindRows]) -> dict[str, Places] | None:
        """The place of every row's enterprise, by kind; None where some enterprise is described by no row."""
        if len(self.unlisted):
            return None
        return {kind: each.runs.spread(self.of_runs[kind]) for kind, each in rows.items()}


def enterprises_of(rows: Mapping[str, KindRows], subject: str) -> Enterprises:
    """The enterprises that rows of any kind belong to."""
    described = rows[subject].runs.codes if subject in rows else np.empty(0, CODE_TYPE)
    codes = {kind: each.runs.codes for kind, each in rows.items() if kind != subject}
    known = KnownCodes(described)
    places = {kind: known.places_of(each) for kind, each in codes.items()}
    strangers = [each[places[kind] < 0] for kind, each in codes.items()]
    unlisted = np.unique(np.concatenate([described[:0], *strangers]))
    if not len(unlisted):
        places[subject] = np.arange(len(described))
        return Enterprises(described, places, np.empty(0, np.int64))
    everybody = np.union1d(described, unlisted)
    known = KnownCodes(everybody)
    all_codes = {**codes, subject: described}
    places = {kind: known.places_of(each) for kind, each in all_codes.items()}
    return Enterprises(everybody, places, known.places_of(unlisted))
