"""Grading a class: nbgrader does the grading, this package collects, goes on after broken submissions, and reports."""
