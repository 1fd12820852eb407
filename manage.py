#!/usr/bin/env python3
"""The command ``huiyin``, for those whose fingers know this name."""

from huiyin.config.cli import main

if __name__ == "__main__":
    main()
