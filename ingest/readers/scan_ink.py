"""What is printed on a picture of a page: seals (公章) taken off the text, ink told from paper, the page set upright."""

from __future__ import annotations

from typing import Any

_SEAL = 0.95  # inches from which a red figure is a seal: they are 38 to 45 mm wide, red-head letters at most 22 mm high
_RED = 45  # how much the red of a dot outweighs its green and blue
_SKEW = 0.15  # degrees below which a page lies straight enough
_MOST_SKEW = 8.0  # degrees above which slanting lines are no skew of the page


def as_grey(picture: Any, dpi: float) -> Any:
    """The page in grey, its seals gone: black text under a red seal is read, red letters of the head stay."""
    import cv2
    import numpy as np

    if picture.ndim == 2:
        return picture
    if picture.shape[2] == 1:
        return picture[:, :, 0].copy()
    red = picture[:, :, 0]
    grey = cv2.cvtColor(np.ascontiguousarray(picture[:, :, :3]), cv2.COLOR_RGB2GRAY)
    mask = (cv2.subtract(red, cv2.max(picture[:, :, 1], picture[:, :, 2])) > _RED).astype(np.uint8)
    if mask.mean() < 0.0002:
        return grey
    reach = max(3, round(dpi / 30)) | 1
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    for x, y, width, height, _ in stats[1:]:
        if min(width, height) >= _SEAL * dpi and max(width, height) < 8 * min(width, height):
            margin = reach
            place = (slice(max(0, y - margin), y + height + margin), slice(max(0, x - margin), x + width + margin))
            grey[place] = red[place]
    return grey


def ink_of(grey: Any) -> Any:
    """255 where ink is, 0 where paper is, whatever shade the paper has."""
    import cv2
    import numpy as np

    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 21)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    depth = cv2.subtract(paper, grey)
    limit, _ = cv2.threshold(depth, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return cv2.threshold(depth, max(35.0, 0.8 * limit), 255, cv2.THRESH_BINARY)[1]


def quarter_turned(quads: Any) -> bool:
    """Whether the lines of a page run from top to foot: it was scanned lying on its side."""
    import numpy as np

    across, down = _sides(quads)
    long = np.maximum(across, down) > 4 * np.minimum(across, down)
    return bool(long.sum() >= 3 and (down > across)[long].mean() > 0.6)


def turn(picture: Any, quads: Any, quarters: int) -> tuple[Any, Any]:
    """Picture and corners turned clockwise by quarters of a circle."""
    import numpy as np

    for _ in range(quarters):
        height = picture.shape[0]
        picture = np.rot90(picture, -1)
        quads = np.stack([height - quads[:, :, 1], quads[:, :, 0]], axis=2)
        quads = np.roll(quads, 1, axis=1)  # the lower left corner is now the upper left
    return np.ascontiguousarray(picture), quads


def straighten(picture: Any, quads: Any) -> tuple[Any, Any]:
    """Picture and corners turned so that the lines run level."""
    import cv2
    import numpy as np

    across, down = _sides(quads)
    long = across > 6 * down
    if long.sum() < 2:
        return picture, quads
    slope = quads[long, 1] - quads[long, 0] + quads[long, 2] - quads[long, 3]
    angle = float(np.median(np.degrees(np.arctan2(slope[:, 1], slope[:, 0]))))
    if not _SKEW < abs(angle) < _MOST_SKEW:
        return picture, quads
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    level = cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return level, quads @ matrix[:, :2].T + matrix[:, 2]


def _sides(quads: Any) -> tuple[Any, Any]:
    import numpy as np

    return np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1), np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
