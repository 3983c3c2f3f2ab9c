"""Facts as columns (事实列): tables larger than memory come in by blocks of whole enterprises, and results go out by blocks."""
