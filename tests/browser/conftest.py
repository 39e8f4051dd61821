"""The system's Chromium for every browser test; Playwright downloads none."""

import os
import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "there is no Chromium; get one, for example by 'apt-get install chromium'"


def find_chromium() -> str:
    """The path of Chromium; without one the test skips, or fails where CI=true."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        give_up = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        give_up(MISSING)
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": find_chromium(),
        "args": ["--no-sandbox"],
    }
