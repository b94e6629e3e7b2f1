"""Benchmarks that prove their work: ``python -m tests.bench``. Not part of the test run.

``frame`` says what a benchmark is, ``runner`` runs them, ``figures/`` holds one small module for each thing measured.
"""
