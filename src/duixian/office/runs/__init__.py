"""Runs (认定批次): determinations frozen with their facts, texts and 口径."""
