"""``python -m duixian.cli``: the same as the command ``duixian``."""

from __future__ import annotations

from duixian.cli.app import main

if __name__ == "__main__":
    main()
