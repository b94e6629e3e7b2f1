"""Addresses of the reporter's way, under the scheme's neutral prefix. They say nothing of what is behind them."""

from django.urls import path

from . import project_steps, project_views, receipt_card_view, receipt_view, sheet_views, support_card, views

urlpatterns = [
    path("send/", views.answer, name="answer"),
    path("steps/", views.steps, name="steps"),
    path("r/", receipt_view.receipt, name="receipt"),
    path("card/", support_card.card, name="card"),
    path("k/", receipt_card_view.receipt_card, name="receipt_card"),
    path("ours/", project_views.project_reports, name="project_reports"),
    path("ours/send/", project_views.project_send, name="project_send"),
    path("ours/steps/", project_steps.project_steps, name="project_steps"),
    path("ours/sheet/", sheet_views.project_sheet, name="project_sheet"),
    path("ours/key/", sheet_views.project_key, name="project_key"),
    path("ours/picture/", sheet_views.project_picture, name="project_picture"),
]
