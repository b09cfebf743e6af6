"""The center on the network: an HTTP server that can be told to misbehave, GİB's services, the control API, the page.

`http` and `values` know nothing of GİB and serve any application.
"""
