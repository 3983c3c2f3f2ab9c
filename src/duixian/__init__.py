"""Duixian (兑现) runs a policy document: text → rules → awards → money."""
