"""Calls to Merkez: envelopes sent and asked about, and what comes of them."""
