"""The small package behind the lessons: data sets, pictures, live figures, and what they need.

Import it before numpy: the matrix products here are tiny, and one thread does them several times faster than many.
"""

import os
import sys

for _name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

if "IPython" in sys.modules:  # in a notebook
    from course_utils import refusals

    refusals.alone(sys.modules["IPython"].get_ipython())
