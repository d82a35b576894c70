"""Settings, root addresses, the WSGI entrance."""
