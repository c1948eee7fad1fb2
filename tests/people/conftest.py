from tests.site_cast import site  # noqa: F401  the fixture
from tests.ui.test_language import spanish  # noqa: F401  the fixture
