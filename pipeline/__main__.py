"""``python -m onrecord``: the command; in a checkout ``python -m pipeline`` too."""

from onrecord.cli.app import command

if __name__ == "__main__":
    raise SystemExit(command())
