"""Document scanners, by SANE's program scanimage: words to it, pictures from it, a thread that waits."""
