"""Devices: printers and readers behind the ports of the service; knows no screen, no journey, no store."""
