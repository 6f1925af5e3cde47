"""Runs functions with instrumented resources and writes down what can be observed."""
