"""Addresses of the charts and of the board on the wall."""

from django.urls import path

from huiyin.reporting.boards import views

app_name = "boards"

urlpatterns = [
    path("charts/", views.charts, name="charts"),
    path("board/", views.on_the_wall, name="wall"),
]
