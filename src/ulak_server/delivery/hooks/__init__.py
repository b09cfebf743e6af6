"""Webhooks: addresses of taxpayers that are called when something happens."""
