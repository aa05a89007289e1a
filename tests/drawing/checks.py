"""What must be so of every picture once it is laid out."""

from __future__ import annotations

from itertools import combinations

from klantkompas.drawing.layout import Scene


def check(scene: Scene) -> None:
    """Every text lies inside the picture and touches no other; ticks stand in order."""
    boxes = [each.box for each in scene.texts]
    for left, top, right, bottom in boxes:
        assert -1e-6 <= left <= right <= scene.width + 1e-6
        assert -1e-6 <= top <= bottom <= scene.height + 1e-6
    for one, other in combinations(boxes, 2):
        apart = (
            one[2] <= other[0] + 1e-6
            or other[2] <= one[0] + 1e-6
            or one[3] <= other[1] + 1e-6
            or other[3] <= one[1] + 1e-6
        )
        assert apart, (one, other)
    for placed in scene.panels:
        assert 0 <= placed.left < placed.right <= scene.width
        assert 0 <= placed.top < placed.bottom <= scene.height
        across = [each.text.x for each in placed.across]
        assert across in (sorted(across), sorted(across, reverse=True))
        up = [each.text.y for each in placed.up]
        assert up in (sorted(up), sorted(up, reverse=True))
