"""The parts that screens are made of: labels, buttons, fields, keys.

Responsible for: what is used by more than one screen. Not responsible for: which screen shows what.
"""
