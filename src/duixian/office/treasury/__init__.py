"""The treasury (资金): budgets, batches, orders, a double-entry ledger."""
