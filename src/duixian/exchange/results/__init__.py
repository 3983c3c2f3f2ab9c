"""Determinations written down: CSV, JSON Lines, a workbook for the chief, and a receipt."""
