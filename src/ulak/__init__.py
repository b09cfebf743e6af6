"""Ulak: Turkish e-documents (UBL-TR) read, built, judged, sealed, sent and kept as GİB expects."""
