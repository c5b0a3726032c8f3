"""Handing cases to the councils' back offices by Open311, and bringing back how far they have come.

Responsible for: that a case is handed over once, or that the desk knows that nobody can say.
Not responsible for: requests that other systems hand in (`kiosk.central.open311`).
"""
