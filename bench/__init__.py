"""Benchmarks (性能测量): how long things take on this machine, each figure beside its bound; ``python -m bench``."""
