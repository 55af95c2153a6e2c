"""Manifest, files and lineage in, the facts that rules read out."""
