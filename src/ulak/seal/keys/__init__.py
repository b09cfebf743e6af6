"""Keys that seal: in a PKCS#12 file, on a PKCS#11 token, at a remote host."""
