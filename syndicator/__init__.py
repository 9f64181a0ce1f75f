"""syndicator republishes articles across languages with their credit, licence and provenance intact."""

__version__ = "0.1.0"
