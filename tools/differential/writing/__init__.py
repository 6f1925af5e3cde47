"""Writes modules of small realistic functions that acquire, use, release and lose resources."""
