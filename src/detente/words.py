"""Words for numbers: calibrated probability words, counts, shares and lists, in one place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

# ICD 203 (Office of the Director of National Intelligence, Analytic Standards): one synonym row,
# lower edge included. Displayed probabilities are capped at 1% and 99%.
_BANDS = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.01, "almost certain"),
)
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def likelihood(p: float) -> str:
    """Return the ICD 203 word for a probability.

    Parameters
    ----------
    p : float
        Probability on 0..1.

    Raises
    ------
    ValueError
        If `p` lies outside 0..1.

    Examples
    --------
    >>> likelihood(0.82), likelihood(0.2), likelihood(0.0)
    ('very likely', 'unlikely', 'almost no chance')
    """
    if not 0 <= p <= 1:
        raise ValueError(f"a probability lies on 0..1, not {p}")
    return next(word for edge, word in _BANDS if p < edge)


def likelihood_range(low: float, high: float) -> str:
    """Return one word, or two joined by "to" when the interval crosses a band.

    Examples
    --------
    >>> likelihood_range(0.71, 0.93)
    'likely to very likely'
    """
    first, last = likelihood(low), likelihood(high)
    return first if first == last else f"{first} to {last}"


def percent(p: float) -> str:
    """Return a probability as whole per cent, capped: nothing simulated reads as certain.

    Examples
    --------
    >>> percent(0.824), percent(0.0), percent(1.0), percent(0.002)
    ('82%', 'under 1%', 'over 99%', 'under 1%')
    """
    if p < 0.01:
        return "under 1%"
    return "over 99%" if p > 0.99 else f"{100 * p:.0f}%"


def sampling(draws: int) -> str:
    """Return how far a share of so many draws may lie off by chance alone: half a 95% interval at its widest.

    Examples
    --------
    >>> sampling(2000), sampling(8000)
    ('Monte Carlo error of a share: at most 2.2 points', 'Monte Carlo error of a share: at most 1.1 points')
    """
    return f"Monte Carlo error of a share: at most {100 * 1.96 * 0.5 / draws**0.5:.1f} points"


def number(n: int) -> str:
    """Return a whole number, small ones as a word.

    Examples
    --------
    >>> number(4), number(10500)
    ('four', '10,500')
    """
    return _SMALL[n] if 0 <= n < len(_SMALL) else f"{n:,}"


def count(n: int, noun: str, plural: str = "") -> str:
    """Return a counted noun; small counts as words.

    Examples
    --------
    >>> count(0, "deal"), count(1, "deal"), count(10500, "deal"), count(3, "party", "parties")
    ('no deal', 'one deal', '10,500 deals', 'three parties')
    """
    return f"{number(n)} {noun if n in (0, 1) else plural or noun + 's'}"


def signed(x: float) -> str:
    """Return a whole number with its sign; minus is a true minus.

    Examples
    --------
    >>> signed(12.4), signed(-3.0), signed(0.2)
    ('+12', '−3', '0')
    """
    n = round(x)
    return "0" if n == 0 else f"{'+' if n > 0 else '−'}{abs(n)}"


def span(middle: str, low: str, high: str) -> str:
    """Return a written number with its interval; the number alone where the ends read the same.

    Examples
    --------
    >>> span("302", "133", "428"), span("9", "9", "9")
    ('302 (133 to 428)', '9')
    """
    return middle if low == high == middle else f"{middle} ({low} to {high})"


def whole(x: float) -> str:
    """Return points of a drawn scale without a sign and without decimals, which the draws cannot carry.

    Examples
    --------
    >>> whole(4.1), whole(0.3), whole(0.0), whole(-2.6)
    ('4', 'under 1', '0', '3')
    """
    return "under 1" if 0 < abs(x) < 0.5 else f"{abs(x):.0f}"


def points(x: float) -> str:
    """Return a number of such points with its noun.

    Examples
    --------
    >>> points(-6.68), points(1.0), points(0.4)
    ('7 points', '1 point', 'under 1 point')
    """
    n = whole(x)
    return f"{n} point{'' if n in ('1', 'under 1') else 's'}"


def listed(items: Sequence[str], last: str = "and") -> str:
    """Return items as prose; with "and", items that have commas of their own are kept apart by semicolons.

    Examples
    --------
    >>> listed(["Kyiv", "Moscow", "Washington"]), listed(["Kyiv"]), listed([])
    ('Kyiv, Moscow and Washington', 'Kyiv', '')
    >>> listed(["Halt, then talks", "Talks, then a halt"])
    'Halt, then talks; and Talks, then a halt'
    """
    if len(items) < 2:
        return "".join(items)
    if last == "and" and any(", " in item for item in items):
        return f"{'; '.join(items[:-1])}; {last} {items[-1]}"
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def day(when: date) -> str:
    """Return a date in words, the same in every locale.

    Examples
    --------
    >>> day(date(2025, 8, 14))
    '14 August 2025'
    """
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def sentence(text: str) -> str:
    """Return the text with a capital first letter.

    Examples
    --------
    >>> sentence("almost no chance")
    'Almost no chance'
    """
    return text[:1].upper() + text[1:]


def within(text: str) -> str:
    """Return a name as it reads inside a sentence: a leading article loses its capital.

    Examples
    --------
    >>> within("The London text"), within("Theory of war"), within("No deal")
    ('the London text', 'Theory of war', 'No deal')
    """
    return f"the{text[3:]}" if text.startswith("The ") else text
