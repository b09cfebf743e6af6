"""What `make demo` runs: the platform with two taxpayers and a simulated GİB, fed from an ERP's export."""
