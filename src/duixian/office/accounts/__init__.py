"""Accounts (账号): sign-in, roles, and who may do what where."""
