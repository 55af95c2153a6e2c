"""Command lines in, exit codes out; the only place that prints and exits."""
