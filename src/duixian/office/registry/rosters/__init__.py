"""Rosters (名单): published lists, read as they came, matched by name, looked at by a person, and taken over whole or not at all."""
