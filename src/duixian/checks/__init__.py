"""Static checks of a policy (静态检查): one per file, each a pure function from a city to problems; see ``all_checks``."""
