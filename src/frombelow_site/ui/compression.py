"""Which pages are compressed: long ones into which nothing of the request is written.

Who can read lengths on the wire and make a reader's browser ask for pages guesses a secret letter by letter, if the
page repeats what it was asked with beside the secret (BREACH, 2013). So a page that repeats a search, a name or a form
is sent as it is. The tokens of forms are masked anew in each answer, and Django adds a few bytes at random.
"""

from django.views.decorators.gzip import gzip_page

compressed = gzip_page
