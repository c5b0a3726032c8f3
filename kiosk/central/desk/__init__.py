"""The staff desk: pages that work in any browser, without a script.

Responsible for: showing what is true, and forms for what staff do.
Not responsible for: the acts themselves (`kiosk.central.acts`, `kiosk.central.printing`).
"""
