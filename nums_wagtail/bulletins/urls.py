"""Addresses of the bulletins room, neutral in themselves; the front door includes them."""

from django.urls import path

from . import views

urlpatterns = [path("m/<str:token>/", views.stop, name="stop")]
