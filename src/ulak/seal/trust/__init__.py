"""Whether a certificate can be trusted at a moment: chains, revocation, time stamps."""
