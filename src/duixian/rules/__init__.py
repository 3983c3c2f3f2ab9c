"""The rules: frozen types that say what a policy means. Nothing here reads files or decides anything."""
