"""Standards and fields that a library is measured against: SNP, accreditation, NPP; the shelf of papers behind them.

What was not read in a source is shown as not checked; simulations say that they are.
"""
