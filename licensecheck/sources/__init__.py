"""Folders and files in, bounded reads out: the only package that opens what it checks."""
