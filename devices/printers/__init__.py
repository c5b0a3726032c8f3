"""Receipt printers: a pure codec, a pure conversation, and the thread that carries it on."""
