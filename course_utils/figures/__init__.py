"""The live figures of the lessons, a module a lesson, each beside its JavaScript; how to add one stands in `live.py`."""
