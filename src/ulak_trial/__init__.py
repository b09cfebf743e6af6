"""The platform put to GİB's test plan: the one package that knows both the platform and the simulated center."""
