"""The way out: documents judged, numbered, sealed, kept and put into envelopes."""
