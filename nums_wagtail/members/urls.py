"""Addresses of the members' pages, neutral in themselves; the front door includes them."""

from django.urls import path

from . import views

urlpatterns = [
    path("join/", views.join, name="join"),
    path("in/", views.sign_in, name="sign_in"),
    path("in/<str:token>/", views.sign_in_link, name="sign_in_link"),
    path("out/", views.sign_out, name="sign_out"),
    path("waiting/", views.waiting, name="waiting"),
    path("home/", views.member_home, name="member_home"),
    path("preferences/", views.preferences, name="preferences"),
    path("end/", views.end_membership, name="end_membership"),
]
