"""Seals that outlive their certificates: time stamps, and the evidence that a certificate was good (XAdES-T to -A)."""
