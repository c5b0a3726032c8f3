"""Trying any supplier's central API or Open311 server against the rules, each rule a named check.

Responsible for: what is asked, what is held against the rule, and the report.
Not responsible for: central itself; this room shares nothing with it but the contract file.
"""
