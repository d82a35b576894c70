"""Questions: what a standard asks and what is known of it, evidence for accreditation, the fields of the NPP."""
