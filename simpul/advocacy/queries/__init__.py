"""Questions across partners, agreements, approaches and the yearly road."""
