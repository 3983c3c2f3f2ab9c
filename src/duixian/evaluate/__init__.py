"""The reference engine: decides one dossier by the book, exactly, with the full trace. It is the law of all engines."""
