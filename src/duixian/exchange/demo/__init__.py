"""A synthetic city for trying things out: enterprises and three years of facts, all of them invented and marked as such."""
