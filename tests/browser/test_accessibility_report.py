"""The report finds what is wrong, also on a page that may run no script, and holds our pages alone to it."""

from __future__ import annotations

import pytest

from . import accessibility

pytestmark = pytest.mark.browser

BROKEN = '<html lang="en"><title>Page</title><main><h1>Page</h1><p>Words.</p><img src="data:,"></main></html>'


@pytest.mark.parametrize("scripts", [True, False])
def test_a_picture_without_words_is_found(browser, tmp_path, scripts):
    window = browser.new_context(java_script_enabled=scripts)
    page = window.new_page()
    page.set_content(BROKEN)
    accessibility.keep(accessibility.look(page, "broken"), tmp_path)
    window.close()
    [looked] = accessibility.read(tmp_path)
    assert [fault.rule for fault in looked.faults] == ["image-alt"]
    assert looked.held > 0
    assert accessibility.faults_of_ours([looked])[0].startswith("broken: image-alt")
    assert "| broken | ours |" in accessibility.page_of([looked])
