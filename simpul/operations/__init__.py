"""Keeping a node: set-up, demonstration city, server, schedule, backup, restore, doctor, the command line.

Rules
1. Every command has help, `--json`, a progress bar on long work, and errors that say what to do.
2. A command changes data only through the actions of the apps below.
3. Backups and rebuilds never hold the write lock over 200 ms.
"""
