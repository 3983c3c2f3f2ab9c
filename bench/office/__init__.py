"""Benchmarks of the office: what the database adds to deciding."""
