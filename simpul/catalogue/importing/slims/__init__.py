"""SLiMS 9: the CSV export of titles, alone or with the export of copies."""
