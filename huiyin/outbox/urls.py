from django.urls import URLPattern, URLResolver, path

from huiyin.outbox import views

app_name = "outbox"

urlpatterns: list[URLPattern | URLResolver] = [
    path("notices/", views.inbox, name="inbox"),
    path("notices/read/", views.read, name="read"),
    path("notices/read-all/", views.read_all, name="read_all"),
    path("notices/wishes/", views.wishes, name="wishes"),
    path("notices/not-arrived/", views.stranded, name="stranded"),
    path("notices/send-again/", views.send_again, name="send_again"),
]
