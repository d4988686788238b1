"""Evaluates a model with onnxruntime: rows of JSON come in, rows of JSON go out.

The arguments are the model and its file of inputs.
"""

import json
import sys

import numpy
import onnxruntime

session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
with open(sys.argv[2], encoding="utf-8") as file:
    rows = numpy.array(json.load(file), dtype=numpy.float32)
print(json.dumps(session.run(["action"], {"observation": rows})[0].tolist()))
