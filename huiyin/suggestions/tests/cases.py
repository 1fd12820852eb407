"""Pages as a reader uses them: open, fill in, send. Cases are carried by ``situations.Story``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.test import Client
from django.urls import reverse

from huiyin.accounts.tests.town import TODAY, Town
from huiyin.kernel.ids import new_key
from huiyin.suggestions.models import Assignment, Suggestion
from huiyin.suggestions.tests.situations import Story, follow_hunan

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)


HunanStory = Story


class Reader:
    """One person of the town at his browser."""

    def __init__(self, town: Town, who: str) -> None:
        self.town, self.who = town, who
        self.client: Client = town.signed_in(Client(), who)

    def get(self, name: str, *args: str, **query: str) -> Any:
        return self.client.get(reverse(f"suggestions:{name}", args=args), query)

    def post(self, name: str, *args: str, said: Mapping[str, Any] | None = None) -> Any:
        """Send a form with a fresh key, unless ``said`` brings its own."""
        return self.client.post(
            reverse(f"suggestions:{name}", args=args), {"once": new_key(), **(said or {})}
        )

    def file(self, case: Suggestion, attachment: Any) -> bytes | None:
        """The bytes of an attachment, or None where it is not there for this reader."""
        answer = self.get("attachment", case.key, attachment.key)
        if answer.status_code == 404:
            return None
        body = b"".join(answer.streaming_content)
        # Closing the answer itself would close the test's database with it.
        for close in answer._resource_closers:
            close()
        return body

    def shown(self, url: str, *, page: str) -> dict[str, str]:
        """The hidden fields of the form on ``page`` that goes to ``url``."""
        forms = [form for form in _FORM.findall(page) if f'action="{url}"' in form]
        assert forms, f"no form for {url}"
        return {
            name: value for name, value in HIDDEN.findall(forms[0]) if name != "csrfmiddlewaretoken"
        }

    def takes(self, case: Suggestion, name: str, **said: Any) -> Any:
        """Take a step of the suggestion from the page that holds its form, as it stands now."""
        url = reverse("suggestions:step", args=[case.key, name])
        return self._send(url, case, said)

    def takes_on(self, part: Assignment, name: str, **said: Any) -> Any:
        """Take a step of one organ."""
        url = reverse("suggestions:part_step", args=[part.key, name])
        return self._send(url, part.suggestion, said)

    def _send(self, url: str, case: Suggestion, said: Mapping[str, Any]) -> Any:
        page = self.get("case", case.key).content.decode()
        if f'action="{url}"' not in page:
            page = self.client.get(url, follow=True).content.decode()
        return self.client.post(url, {**self.shown(url, page=page), **said})


def town_of_pages(settings: Any, **overrides: object) -> Town:
    """The town under the Hunan pack, with the pages' clock on its day."""
    settings.HUIYIN_TODAY = TODAY
    town = Town()
    follow_hunan(town, overrides=overrides)
    return town


def many(town: Town, count: int) -> list[Suggestion]:
    """So many registered and assigned suggestions, each its own."""
    made = []
    for number in range(count):
        story = Story(town, title=f"关于第{number}条乡村公路硬化的建议")
        made.append(story.submitted().registered().assigned().case)
    return made
