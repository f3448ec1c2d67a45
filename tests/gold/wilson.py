"""Wilson's score interval (Wilson 1927) for a share."""


def interval(right: int, of: int, z: float = 1.959964) -> tuple[float, float]:
    """95 % interval of ``right`` out of ``of``; (0, 1) of nothing."""
    if not of:
        return 0.0, 1.0
    share, z2 = right / of, z * z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = z * (share * (1 - share) / of + z2 / (4 * of * of)) ** 0.5 / (1 + z2 / of)
    return middle - half, middle + half
