"""One file per kind of step: what it shows, what it accepts, how its answer is shown."""
