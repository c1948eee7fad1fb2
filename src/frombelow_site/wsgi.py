"""The site as a WSGI application; the door opens with it, witnesses are asked, letters leave."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frombelow_site.settings")
application = get_wsgi_application()

from frombelow_site.door import the_door  # noqa: E402  the apps must be ready first
from frombelow_site.door.asker import Asker  # noqa: E402
from frombelow_site.mail.carrier import Apart  # noqa: E402
from frombelow_site.mail.postman import Postman  # noqa: E402

the_door().start()
Asker(the_door()).start()
Postman(the_door(), Apart()).start()
