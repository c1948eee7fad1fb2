"""The rules as an app: what it says of itself."""

from frombelow_site.subject import Subject

SUBJECT = Subject(name="rules", pages=(("answerability/rules/", "frombelow_site.rules.urls"),))
