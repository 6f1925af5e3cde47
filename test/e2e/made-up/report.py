"""Reads reports."""

import json


def size(path):
    report = open(path)
    text = report.read()
    report.close()
    return len(text)


def entries(path):
    report = open(path)
    found = json.load(report)
    report.close()
    return found
