"""The environment variables that a build listens to, beside SITE_URL, which ``mkdocs.yml`` reads."""

from typing import Final

DATA_DATE: Final = "DATA_DATE"
"""The date of the data (``2026-11-28``), which ``scripts/build`` takes from git."""
PREVIOUS_RELEASE: Final = "PREVIOUS_RELEASE"
"""The folder or the zip archive of the last release's ``/data/v1/``, to which this one is compared."""
PREVIEW: Final = "SITE_PREVIEW"
"""Set by ``scripts/serve``, whose pages reload themselves by an inline script, which a published page must not have."""
ONLY: Final = "BUILD_ONLY"
"""The folder below ``reports/`` whose offices alone are built (``河南省``): ``scripts/build --only``."""
KEEP_IN: Final = "BUILD_KEEP_IN"
"""The folder in which a build keeps what the next one can use, instead of ``.cache``."""
PARTS: Final = "BUILD_PARTS"
"""Such folders of other builds, which this one may use too, joined as those of ``PATH``."""
