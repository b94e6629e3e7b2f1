"""Models with encrypted fields for the tests alone, outside the app registry; ``conftest`` makes their tables."""

import uuid

from django.db import models
from django.test.utils import isolate_apps
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from nums_wagtail.vault.fields import EncryptedJSONField, EncryptedTextField

with isolate_apps("nums_wagtail.vault"):

    class Record(models.Model):
        uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
        data_key = models.UUIDField(null=True, blank=True, editable=False)

        class Meta:
            abstract = True
            app_label = "nums_vault"

    class Diary(Record):
        title = models.CharField(max_length=20, blank=True)
        words = EncryptedTextField("words", default="")
        lists = EncryptedJSONField(null=True, blank=True)

        class Meta:
            app_label = "nums_vault"

        def __str__(self) -> str:
            return f"diary {self.pk}"

    class Folder(Record, ClusterableModel):
        title = models.CharField(max_length=20, blank=True)

        class Meta:
            app_label = "nums_vault"

        def __str__(self) -> str:
            return f"folder {self.pk}"

    class Sheet(models.Model):
        folder = ParentalKey(Folder, on_delete=models.CASCADE, related_name="sheets")
        uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
        value = EncryptedTextField("value", data_key_from="folder")

        class Meta:
            app_label = "nums_vault"

        def __str__(self) -> str:
            return f"sheet {self.pk}"


SAMPLES = (Diary, Folder, Sheet)
