"""Reports in, documents out; the only place that writes files."""
