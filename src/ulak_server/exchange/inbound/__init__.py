"""The way in: envelopes that GİB brings, opened, judged, filed and answered; and the answers of people."""
