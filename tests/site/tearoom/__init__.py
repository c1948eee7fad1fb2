"""The tea of tests/polity as an app of the site: a table, a form, a page, one subject. It exists in tests alone."""
