"""What a title can be opened with: files and links that libraries offer, and how often they were used.

Words: a *digital resource* is one digital copy that one library offers of a title; its *rights* say why it may; a
*use* is that somebody opened or downloaded it, and nothing about whom.

Rules
1. A resource is a file of ours or an https link; we never fetch what stands behind a link.
2. Who may open it is one of three: everybody, the members of the library (card number), its staff.
3. Withdrawn, or past the day on which its rights end, it is not there: not listed, not opened.
4. A use holds no person, no address and no browser; the same browser counts once a minute.
"""
