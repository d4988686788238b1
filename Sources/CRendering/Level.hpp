// The kernel for one instruction set: the namespace LEVEL, with WIDTH pixels at a time.
//
// A processor with multiply-add must not use it, nor may sums be reordered: all levels give the
// same bits. The parts stand in one file each, and see those before them.

#pragma STDC FP_CONTRACT OFF

namespace LEVEL {
using namespace crendering;

#include "Lanes.hpp"
#include "Viewpoint.hpp"
#include "Bounds.hpp"
#include "Solids.hpp"
#include "Triangles.hpp"
#include "Scene.hpp"
#include "Surfaces.hpp"
#include "Drawing.hpp"
#include "Measuring.hpp"

}  // namespace LEVEL
