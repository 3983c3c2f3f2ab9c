"""A world for side-by-side runs (基准世界): a small city of rules, and as many enterprises with facts as asked for.

``city/`` holds the policies, the other files make the enterprises; ``python -m bench.world --enterprises 1000000 --out DIR``
writes them as typed fact tables. The same seed gives the same enterprises, whatever their number and however they are cut into blocks.
"""
