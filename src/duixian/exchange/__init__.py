"""Tables in, documents out: facts from CSV, xlsx and Parquet; determinations as CSV, JSON Lines and xlsx."""
