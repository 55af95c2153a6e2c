"""Facts and clauses in, findings out; pure."""
