"""The shapes of the files that staff write, one file a shape; `kiosk.settings.fit` fills them."""
