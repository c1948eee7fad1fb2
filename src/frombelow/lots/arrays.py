"""Arrays of whole numbers and of others, as panels are sought with. Who only checks needs none."""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
