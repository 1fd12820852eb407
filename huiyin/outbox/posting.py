"""SMS gateways and the robots of WeCom, DingTalk and Feishu: one message by one HTTPS request.

None of them knows a message again that it has already had, so none is sent twice by itself: a try
that broke off after the message may have gone out is left for a person to judge.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.utils.translation import gettext as _

from huiyin.kernel.errors import Invalid
from huiyin.outbox import letters, reaching
from huiyin.outbox.models import ROBOTS, Channel, Letter, Reach
from huiyin.outbox.refusals import Fate, Refused

TIMEOUT = (5, 15)
# Where the makers' own robots live; HUIYIN_ROBOT_HOSTS adds those of a government cloud.
HOSTS: dict[str, str] = {
    Channel.WECOM: "qyapi.weixin.qq.com",
    Channel.DINGTALK: "oapi.dingtalk.com",
    Channel.FEISHU: "open.feishu.cn",
}
LOOPBACK = ("127.0.0.1", "localhost")
# Robots say "too often" in their own numbers, under an answer that is in order for HTTP.
TOO_OFTEN = frozenset({45009, 130101, 410100, 11232, 9499, 429})
_OK, _CUT_OFF, _TOO_MANY, _SERVER = 300, (502, 504), 429, 500


def check_address(channel: str, address: str) -> str:
    """Return the address of a robot. Raises ``Invalid`` unless the channel's maker answers there:
    this house sends nothing to a machine that anybody may name."""
    if channel not in ROBOTS:
        raise Invalid(_("There is no such channel."))
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    own = settings.HUIYIN_ROBOT_HOSTS
    known = host == HOSTS[channel] and port in (None, 443)
    safe = parts.scheme == "https" or host in LOOPBACK
    if not (safe and (known or host in own)) or parts.username is not None:
        label = Channel(channel).label
        raise Invalid(
            _("This is no address of a robot of %(channel)s.") % {"channel": label},
            remedy=_("Copy the whole Webhook address that the program shows, with https://."),
        )
    return address.strip()


def post(letter: Letter, *, reach: Reach) -> None:
    """Send ``letter`` by its channel. Raises ``Refused`` unless the other side took it."""
    where = reaching.address(letters.reader(letter), letter.channel, reach=reach)
    said = letters.in_short(letter)
    headers = {}
    if letter.channel == Channel.SMS:
        url, body = settings.HUIYIN_SMS_URL, {"id": letter.key, "phone": where, "text": said}
        if settings.HUIYIN_SMS_TOKEN:
            headers["Authorization"] = f"Bearer {settings.HUIYIN_SMS_TOKEN}"
    else:
        try:
            url, body = check_address(letter.channel, where), _of_robot(letter.channel, said)
        except Invalid as wrong:
            raise Refused(str(wrong), fate=Fate.FINAL) from wrong
    _judge(_answer(url, body, headers))


def _of_robot(channel: str, said: str) -> dict[str, Any]:
    if channel == Channel.FEISHU:
        return {"msg_type": "text", "content": {"text": said}}
    return {"msgtype": "text", "text": {"content": said}}


def _answer(url: str, body: dict[str, Any], headers: dict[str, str]) -> requests.Response:
    try:
        return requests.post(
            url, json=body, headers=headers, timeout=TIMEOUT, allow_redirects=False
        )
    except requests.ConnectTimeout as late:
        raise Refused(_("No connection in time."), fate=Fate.AGAIN, is_down=True) from late
    except requests.RequestException as broken:
        name = type(broken).__name__
        if "NewConnectionError" in str(broken) or "NameResolutionError" in str(broken):
            raise Refused(name, fate=Fate.AGAIN, is_down=True) from broken
        # The address may hold a secret, so that what the library says is not kept.
        raise Refused(name, fate=Fate.UNSURE) from broken


def _judge(answer: requests.Response) -> None:
    """All three robots refuse with an HTTP answer that is in order and a number inside it."""
    code = answer.status_code
    if code in _CUT_OFF:
        raise Refused(f"HTTP {code}", fate=Fate.UNSURE)
    if code == _TOO_MANY or code >= _SERVER:
        raise Refused(f"HTTP {code}", fate=Fate.AGAIN, is_down=True)
    if code >= _OK:
        raise Refused(f"HTTP {code}", fate=Fate.FINAL)
    try:
        said = answer.json()
    except ValueError:
        return
    if not isinstance(said, dict):
        return
    number = said.get("errcode", said.get("code", said.get("StatusCode", 0)))
    if number in (0, "0", None):
        return
    words = str(said.get("errmsg") or said.get("msg") or "")
    fate = Fate.AGAIN if number in TOO_OFTEN else Fate.FINAL
    raise Refused(f"{number}: {words}", fate=fate)
