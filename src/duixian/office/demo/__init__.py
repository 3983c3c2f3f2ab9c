"""The demo office (演示): a synthetic city in the registry, an account for every role, a first run. Nothing of it is true."""
