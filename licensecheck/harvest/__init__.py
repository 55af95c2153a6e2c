"""Files in, evidence out: one module per kind of file."""

from .gather import Harvest, gather

__all__ = ["Harvest", "gather"]
