"""Evidence (佐证): files by hash, and fingerprints that no two claims may share."""
