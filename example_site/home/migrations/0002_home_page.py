from django.db import migrations

BODY = (
    "<p>We are a small charity for people who sell sex. If somebody was dangerous to you, you can tell us. You need no "
    "account and no name. We warn others without saying who told us.</p>"
    "<ul><li><a href='/form/'>Tell us what happened</a></li>"
    "<li><a href='/n/join/'>Join, to read warnings for your area</a></li>"
    "<li><a href='/n/in/'>Members: sign in</a></li></ul>"
)


def make_home_page(apps, schema_editor):
    ContentType = apps.get_model("contenttypes.ContentType")
    Page = apps.get_model("wagtailcore.Page")
    Site = apps.get_model("wagtailcore.Site")
    Locale = apps.get_model("wagtailcore.Locale")
    HomePage = apps.get_model("home.HomePage")
    Page.objects.filter(depth=2).delete()
    kind, _made = ContentType.objects.get_or_create(model="homepage", app_label="home")
    root = Page.objects.get(depth=1)
    page = HomePage.objects.create(
        title="Lantern Network",
        draft_title="Lantern Network",
        slug="home",
        content_type=kind,
        path=root.path + "0001",
        depth=2,
        numchild=0,
        url_path="/home/",
        locale=Locale.objects.first(),
        intro="Light on the way home.",
        body=BODY,
    )
    Page.objects.filter(pk=root.pk).update(numchild=1)
    Site.objects.all().delete()
    Site.objects.create(
        hostname="localhost", port=80, site_name="Lantern Network", root_page_id=page.pk, is_default_site=True
    )


class Migration(migrations.Migration):
    dependencies = [("home", "0001_initial"), ("wagtailcore", "0054_initial_locale")]
    operations = [migrations.RunPython(make_home_page, migrations.RunPython.noop)]
