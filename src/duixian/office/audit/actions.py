"""What can be done in this room, and by whom (动作表)."""

from __future__ import annotations

from duixian.office.accounts.permissions import Action

ACTIONS: tuple[Action, ...] = ()
