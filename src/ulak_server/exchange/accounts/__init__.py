"""Accounts of taxpayers opened and closed at GİB."""
