"""A report in, the notices of a release out: what is said is decided once, and every mark-up only writes it down."""
