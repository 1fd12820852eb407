from django.urls import path

from huiyin.web import views

app_name = "web"

urlpatterns = [
    path("", views.home, name="home"),
    path("overview/", views.overview_page, name="overview"),
]
