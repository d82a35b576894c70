"""Pages of people. All but the guardian's own are for the library's own staff; everyone else gets 404."""
