"""The live figures of the lessons, a module a lesson beside its JavaScript; `live.py` tells how to add one."""
