"""Take the picture of the built site's first page for the README: docs/site.png."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright
from serve_folder import served

from gmm_teach.frames.images import quantized
from gmm_teach.page.handout import find_chromium

ROOT = Path(__file__).parents[1]
PLACE = "three_blobs:K3:s18:full:random:h9"


def main():
    """Serve the site, open the Explorer in the middle of a run, and store what is on the screen."""
    with served(ROOT / "site") as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(f"{base}index.html#{PLACE}")
        page.wait_for_selector(".gmm-stage[data-shown='9']:not(.gmm-waiting)")
        image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        browser.close()
    path = ROOT / "docs" / "site.png"
    quantized(image).save(path, optimize=True)
    print(f"{path}: {path.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
