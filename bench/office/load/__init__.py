"""The office under load (压力): filled, served as in a town hall, and asked at a fixed rate."""
