"""Reasons and bases of sharing in a sentence (理由与分担依据用语), as batch results tell them."""

from __future__ import annotations

from duixian.wording import Language, screen_words


def reason_words(language: Language, code: str, detail: str) -> str:
    """A reason without its figures: the whole calculation is explained on demand."""
    return screen_words(f"reason.{code}", language, detail=detail)


def basis_words(language: Language, basis: str, clause: str, ratio: tuple[int, int] | None) -> str:
    """Who pays, as the policy names it, or its clause and ratio."""
    return (
        basis if basis or ratio is None else screen_words("share.ratio", language, clause=clause, ratio=ratio)
    )
