"""The central API over HTTP: one module for each side that calls.

Responsible for: addresses, methods and who may call them.
Not responsible for: documents (`kiosk.central.wire`) or effects (`kiosk.central.intake` and `tables`).
"""
