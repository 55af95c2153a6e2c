"""Licence and attribution checks for language models."""

__version__ = "0.1.0"
