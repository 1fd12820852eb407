"""Addresses of the account pages. None carries a name, a code or a password."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from huiyin.accounts.views import account, demo, door, people

app_name = "accounts"

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", door.sign_in, name="sign_in"),
    path("sign-out/", door.sign_out, name="sign_out"),
    path("activate/", door.activate, name="activate"),
    path("language/", door.language, name="language"),
    path("account/", account.account, name="account"),
    path("account/password/", account.change_password, name="password"),
    path("account/preferences/", account.preferences, name="preferences"),
    path("account/calendar/", account.open_feed, name="open_feed"),
    path("account/calendar/close/", account.close_feed, name="close_feed"),
    path("account/post/", account.switch_post, name="switch_post"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new_person, name="new_person"),
    path("people/codes/", people.codes, name="codes"),
    path("people/<str:key>/", people.person, name="person"),
    path("people/<str:key>/post/", people.give_post, name="give_post"),
    path("people/<str:key>/account/<slug:act>/", people.account_act, name="account_act"),
    path("people/post/<str:key>/<slug:act>/", people.post_act, name="post_act"),
]

if settings.HUIYIN_DEMO:
    urlpatterns.append(path("demo/sign-in/", demo.demo_sign_in, name="demo_sign_in"))
