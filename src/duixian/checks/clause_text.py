"""The text of a clause as checks look at it (条款正文): its quantities, its sentences, and where words stand in them.

Words are looked for as titles are read: white space, quotes and 《》 set aside, widths and brackets of one form. So
``专精特新"小巨人"`` in the text is found by the alias 专精特新小巨人.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from duixian.source.normalise import normalise
from duixian.source.quantities import find_quantities, unread_digits
from duixian.source.titles import title_key

from duixian.source.quantity import Quantity  # isort: skip
from duixian.source.quantities import Unread  # isort: skip

SENTENCE_ENDS = "。;!?"
"""What ends a sentence, in the normalised form (；reads ;). An amount and its title stand between two of these."""
