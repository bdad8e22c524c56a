"""Print how long every cell of the solved lessons takes in a real kernel: `python -m tools.bench_cells [LESSON ...]`.

Promised: each cell within 5 s and each lesson within 60 s on two cores.
"""

import argparse
import os
import time

import course_utils  # noqa: F401  (one thread for matrix products, in the kernels as well)
from tools.build import ROOT, lessons


def time_cells(name):
    """Return (cell id, seconds) for each code cell of a solved lesson, run from top to bottom in a new kernel."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(ROOT / "solutions" / name / f"{name}.ipynb", as_version=4)
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT / "solutions" / name)}})
    client.extra_arguments = ["--log-level=ERROR"]
    times = []
    with client.setup_kernel():
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type != "code":
                continue
            begun = time.perf_counter()
            client.execute_cell(cell, index)
            times.append((cell.id, time.perf_counter() - begun))
    return times


def main():
    """Print a line a cell, and a sum a lesson."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lessons", nargs="*", help="names such as 04-collapse; all, if none is given")
    chosen = parser.parse_args().lessons or [text.stem for text in lessons()]
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else f"{os.cpu_count()} cores")
    for name in chosen:
        times = time_cells(name)
        for cell, seconds in times:
            print(f"  {seconds:7.3f} s  {cell}")
        slowest, seconds = max(times, key=lambda row: row[1])
        print(f"{name}: {sum(row[1] for row in times):.2f} s in {len(times)} cells, slowest {slowest} with {seconds:.2f} s")


if __name__ == "__main__":
    main()
