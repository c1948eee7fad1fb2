from tests.site_cast import site  # noqa: F401  the fixture
