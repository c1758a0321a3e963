"""How dates and times are written, per language, where the project differs from the framework."""
