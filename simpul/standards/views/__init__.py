"""Pages of standards, accreditation and papers."""
