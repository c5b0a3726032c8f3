"""The glass: draws views and sends what a person touched.

Responsible for: everything that needs Kivy. Not responsible for: any decision, any data, any device.
"""
