"""The second opinion on Acclimate's statistics, by numpy and scipy.

Reads {"ops": [{"op": NAME, "args": {...}}, ...]} from standard input and writes the list of answers
to standard output, in the same order; an answer that does not exist is null. Nothing here is
translated from the Rust side: where scipy has the statistic it is scipy's, else it is worked out
from the textbook's definition by another way (analysis-of-variance tables, digital filters,
index matrices, a general optimiser).

Ops and their args; lists of days are whole numbers, samples are [seconds, value]:
  agreement        a, b                      all of the comparison but the bootstrap interval
  replica          values                    the bootstrap interval, drawn with the same generator
  bootstrap        values, block, resamples  the bootstrap interval by numpy's generator, and its SD
  divergence       days, a, b, baseline      baseline is a list of booleans
  exponential      points                    [[night, value], ...]
  banister         samples, rest, max, sex
  edwards          samples, max
  zone_seconds     samples, bounds           six bounds
  loads            daily, first, last        daily is [[day, load], ...]
  hrv              nights, first, last       nights is [[day, rmssd_ms], ...]
  hrv_band         values
  fences           values
  baseline         values
  expected_spo2    altitude_m, nights
"""

import json
import math
import sys

try:
    import numpy as np
    from scipy import optimize, signal, stats
except ImportError as error:
    sys.exit(f"{sys.executable} has no numpy and scipy: {error}")

OPS = {}


def op(function):
    OPS[function.__name__] = function
    return function


def number(value):
    """A float for JSON; what is no number does not exist."""
    value = float(value)
    return value if math.isfinite(value) else None


def band(low, high):
    return {"low": number(low), "high": number(high)}


def result(statistic, p):
    return {"statistic": number(statistic), "p": number(p)}


def is_constant(values):
    return np.ptp(values) == 0


# The pair


def icc_a1(a, b):
    """From the table of a two-way analysis of variance without replication."""
    table = np.column_stack([a, b])
    n, k = table.shape
    grand = table.mean()
    rows = table.mean(axis=1, keepdims=True)
    columns = table.mean(axis=0, keepdims=True)
    ms_rows = k * ((rows - grand) ** 2).sum() / (n - 1)
    ms_columns = n * ((columns - grand) ** 2).sum() / (k - 1)
    ms_error = ((table - rows - columns + grand) ** 2).sum() / ((n - 1) * (k - 1))
    below = ms_rows + (k - 1) * ms_error + k / n * (ms_columns - ms_error)
    return number((ms_rows - ms_error) / below) if below else None


def concordance(a, b):
    covariance = np.cov(a, b, ddof=0)
    below = covariance[0, 0] + covariance[1, 1] + (a.mean() - b.mean()) ** 2
    return number(2 * covariance[0, 1] / below) if below else None


@op
def agreement(a, b):
    a, b = np.array(a), np.array(b)
    d = a - b
    # As scipy's documentation asks: equal differences must be equal numbers.
    settled = np.round(d, 9)
    n, bias, sd = len(d), np.mean(d), np.std(d, ddof=1)
    low, high = bias - 1.96 * sd, bias + 1.96 * sd
    reach = 1.96 * math.sqrt(3 * sd**2 / n)
    if is_constant(settled):
        rho, t = 0.0, None
    else:
        centred = d - bias
        rho = np.correlate(centred, centred, "full")[n] / (centred @ centred)
        t = result(*stats.ttest_rel(a, b))
    ranks = stats.wilcoxon(settled, correction=False) if settled.any() else None
    flat = is_constant(a) or is_constant(b)
    return {
        "count": n,
        "bias": number(bias),
        "sd": number(sd),
        "spread": band(low, high),
        "spread_low_interval": band(low - reach, low + reach),
        "spread_high_interval": band(high - reach, high + reach),
        "autocorrelation": number(rho),
        "effective_count": number(min(max(n * (1 - rho) / (1 + rho), 1), n)),
        "paired_t": t,
        "wilcoxon": ranks and result(ranks.statistic, ranks.pvalue),
        "icc_a1": icc_a1(a, b),
        "concordance": concordance(a, b),
        "pearson": None if flat else number(stats.pearsonr(a, b).statistic),
        "spearman": None if flat else number(stats.spearmanr(a, b).statistic),
    }


def splitmix64(state):
    """Sebastiano Vigna's splitmix64.c, with Python's whole numbers."""
    mask = (1 << 64) - 1
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        yield z ^ (z >> 31)


def block_means(values, starts, block):
    """Means of circular block resamples: a row of starts for each."""
    n = len(values)
    places = (starts[:, :, None] + np.arange(block)) % n
    return values[places.reshape(len(starts), -1)[:, :n]].mean(axis=1)


@op
def replica(values):
    values = np.array(values)
    n = len(values)
    block = max(1, min(5, n // 2))
    blocks = -(-n // block)
    random = splitmix64(2026)
    starts = np.array([[(next(random) * n) >> 64 for _ in range(blocks)] for _ in range(2000)])
    return band(*np.percentile(block_means(values, starts, block), [2.5, 97.5]))


@op
def bootstrap(values, block, resamples):
    values = np.array(values)
    n = len(values)
    starts = np.random.default_rng(1).integers(0, n, (resamples, -(-n // block)))
    means = block_means(values, starts, block)
    return {**band(*np.percentile(means, [2.5, 97.5])), "sd": number(means.std())}


@op
def divergence(days, a, b, baseline):
    d = np.array(a) - np.array(b)
    reference = d[np.array(baseline, dtype=bool)]
    if len(reference) < 3 or is_constant(np.round(reference, 9)):
        return None
    z = (d - reference.mean()) / reference.std(ddof=1)
    ewma = signal.lfilter([0.2], [1, -0.8], z)
    limit = 3 * math.sqrt(0.2 / 1.8)
    side = np.sign(ewma) * (np.abs(ewma) > limit)
    if not side.any():
        return None
    newest = np.flatnonzero(side)[-1]
    others = np.flatnonzero(side[: newest + 1] != side[newest])
    began = others[-1] + 1 if len(others) else 0
    return {
        "began": days[began],
        "newest": days[newest],
        "ewma_sds": number(ewma[newest]),
        "is_ongoing": bool(newest == len(d) - 1),
        "a_is_higher": bool(side[newest] > 0),
    }


# Altitude


def curve(night, start, plateau, tau):
    return plateau + (start - plateau) * np.exp(-night / tau)


def slopes(night, start, plateau, tau):
    u = np.exp(-night / tau)
    return np.column_stack([u, 1 - u, (start - plateau) * u * night / tau**2])


def best_fit(points):
    """The least of several fits, as (fit, sum of squares, half intervals, night, value)."""
    night, value = np.array(points, dtype=float).T
    fits = []
    for tau in [0.5, 2.0, 8.0, 30.0]:
        try:
            found, covariance = optimize.curve_fit(
                curve, night, value, p0=[value[0], value[-1], tau], jac=slopes,
                bounds=([-np.inf, -np.inf, 0.3], [np.inf, np.inf, 60]), x_scale="jac",
                ftol=1e-15, xtol=1e-15, gtol=1e-15, max_nfev=20_000,
            )
        except RuntimeError:
            continue
        squares = ((value - curve(night, *found)) ** 2).sum()
        reach = stats.t.ppf(0.975, len(night) - 3) * np.sqrt(np.diag(covariance))
        fits.append((squares, found, reach))
    squares, found, reach = min(fits, key=lambda fit: fit[0])
    return found, squares, reach, night, value


@op
def exponential(points):
    if len(points) < 5:
        return None
    (start, plateau, tau), squares, reach, night, value = best_fit(points)
    n = len(night)
    about_mean = ((value - value.mean()) ** 2).sum()
    f = (about_mean - squares) / 2 / (squares / (n - 3))
    at_bound = tau < 0.3 * 1.01 or tau > 60 / 1.01
    if at_bound or stats.f.sf(f, 2, n - 3) >= 0.05 or not reach[1] <= 2 * np.ptp(value):
        return None
    return {
        "start": number(start),
        "plateau": number(plateau),
        "tau_nights": number(tau),
        "start_interval": band(start - reach[0], start + reach[0]),
        "plateau_interval": band(plateau - reach[1], plateau + reach[1]),
        "residual_sd": number(math.sqrt(squares / (n - 3))),
        "count": n,
    }


@op
def expected_spo2(altitude_m, nights):
    """PHYSIOLOGY's published points, and its week at 3,000 m fading within 1,000 m of it."""
    heights = [520, 2000, 3000, 3500, 4000, 4500]
    mean = np.interp(altitude_m, heights, [94, 92, 86, 83, 73, 71])
    sd = np.interp(altitude_m, heights, [1, 1, 3, 4, 4, 4])
    week = np.interp(nights, [1, 7], [0, 1]) * np.interp(altitude_m, [2000, 3000, 4000], [0, 1, 0])
    return {"mean_percent": number(mean + 4 * week), "sd_percent": number(sd - max(sd - 1, 0) * week)}


# Load


def steps(samples):
    """Each sample's value but the last's, and the seconds it stands for: at most 30."""
    at, value = np.array(samples, dtype=float).T
    return value[:-1], np.clip(np.diff(at), 0, 30)


@op
def banister(samples, rest, max, sex):
    bpm, seconds = steps(samples)
    h = np.clip((bpm - rest) / (max - rest), 0, 1)
    a, b = {"male": (0.64, 1.92), "female": (0.86, 1.67)}[sex]
    return number((seconds / 60) @ (h * a * np.exp(b * h)))


@op
def edwards(samples, max):
    bpm, seconds = steps(samples)
    weight = np.digitize(bpm, max * np.array([50, 60, 70, 80, 90]) / 100)
    return number((seconds / 60) @ weight)


@op
def zone_seconds(samples, bounds):
    bpm, seconds = steps(samples)
    return [number(seconds[np.digitize(bpm, bounds[:5]) == zone].sum()) for zone in range(1, 6)]


@op
def loads(daily, first, last):
    begins = min([first] + [day for day, _ in daily])
    record = np.bincount(
        [day - begins for day, _ in daily], [load for _, load in daily], last - begins + 1
    )
    mean = {n: np.convolve(record, np.ones(n) / n)[: len(record)] for n in (7, 28)}
    # From the first day's load on: the filter starts as if it had always been so.
    ewma = {}
    for n in (7, 28):
        weight = 2 / (n + 1)
        ewma[n], _ = signal.lfilter([weight], [1, weight - 1], record, zi=[(1 - weight) * record[0]])
    return [
        {
            "load": number(record[i]),
            "acute": number(mean[7][i]),
            "chronic": number(mean[28][i]),
            "acute_ewma": number(ewma[7][i]),
            "chronic_ewma": number(ewma[28][i]),
            "ratio": number(mean[7][i] / mean[28][i]) if i >= 27 and mean[28][i] > 0 else None,
        }
        for i in range(first - begins, last - begins + 1)
    ]


# Heart-rate variability, baselines, anomalies


@op
def hrv(nights, first, last):
    days = np.array([day for day, _ in nights])
    logs = np.log([rmssd for _, rmssd in nights])
    answer = []
    for day in range(first, last + 1):
        week = logs[(days > day - 7) & (days <= day)]
        known = len(week) >= 3
        answer.append(
            {
                "rolling_mean": number(week.mean()) if known else None,
                "cv_percent": number(100 * stats.variation(week, ddof=1)) if known else None,
            }
        )
    return answer


@op
def hrv_band(values):
    logs = np.log(values)
    return band(logs.mean() - 0.5 * logs.std(ddof=1), logs.mean() + 0.5 * logs.std(ddof=1))


@op
def fences(values):
    if len(values) < 7:
        return None
    q1, median, q3 = np.percentile(values, [25, 50, 75])
    reach = 1.5 * stats.iqr(values)
    return {
        "median": number(median),
        "q1": number(q1),
        "q3": number(q3),
        "low": number(q1 - reach),
        "high": number(q3 + reach),
        "count": len(values),
    }


@op
def baseline(values):
    return {"mean": number(np.mean(values)), "sd": number(np.std(values, ddof=1)), "count": len(values)}


def main():
    ops = json.load(sys.stdin)["ops"]
    json.dump([OPS[asked["op"]](**asked["args"]) for asked in ops], sys.stdout, allow_nan=False)


if __name__ == "__main__":
    main()
