"""The audit trail (审计): who did or read what, in a chain of hashes."""
