"""Solve a program with CP-SAT: a cross-check of development, run by a Python that has OR-Tools and nothing of Golive.

Usage: python cpsat_alone.py MODEL.npz ANSWER.npz SECONDS. Coefficients are rounded to hundredths; the plan is evaluated
by Golive afterwards, so rounding decides nothing about its cost.
"""

import sys

import numpy as np
from ortools.sat.python import cp_model  # type: ignore[import-not-found]  # it lives in another Python

_SCALE = 100
_MOST = 10**6


def main() -> None:
    data = np.load(sys.argv[1])
    model = cp_model.CpModel()
    upper = np.where(np.isfinite(data["upper"]), data["upper"], _MOST)
    columns = [model.new_int_var(0, int(np.ceil(most)), f"x{n}") for n, most in enumerate(upper)]
    order = np.argsort(data["row"], kind="stable")
    row, column = data["row"][order], data["column"][order]
    value = np.rint(data["value"][order] * _SCALE).astype(np.int64)
    ends = np.searchsorted(row, np.arange(len(data["low"]) + 1))
    for number in range(len(data["low"])):
        part = slice(ends[number], ends[number + 1])
        terms = sum(int(v) * columns[c] for v, c in zip(value[part], column[part], strict=True))
        if np.isfinite(data["low"][number]):
            model.add(terms >= int(np.ceil(data["low"][number] * _SCALE - 1e-6)))
        if np.isfinite(data["high"][number]):
            model.add(terms <= int(np.floor(data["high"][number] * _SCALE + 1e-6)))
    cost = np.rint(data["cost"] * _SCALE).astype(np.int64)
    model.minimize(sum(int(c) * x for c, x in zip(cost, columns, strict=True) if c))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = float(sys.argv[3])
    solver.parameters.num_workers = 2
    if solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        np.savez(sys.argv[2], x=np.array([solver.value(one) for one in columns], dtype=float))


if __name__ == "__main__":
    main()
