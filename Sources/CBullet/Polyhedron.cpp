#include "Outline.hpp"

#include <algorithm>

namespace {

/// How far points may stray from a plane and still count as on it, for a body of size 1. [–]
constexpr btScalar flatness = 1e-9;

/// The largest distance of a point from the first. [m]
btScalar extent(const std::vector<btVector3> &points) {
  btScalar size = 0;
  for (const btVector3 &p : points) size = std::max(size, (p - points[0]).length());
  return size;
}

}  // namespace

void cut(std::vector<btVector3> &polygon, const btVector3 &inward, const btVector3 &from,
         std::vector<btVector3> &buffer) {
  const auto depth = [&](const btVector3 &p) { return inward.dot(p - from); };
  const auto isInside = [&](const btVector3 &p) { return depth(p) >= 0; };
  if (std::all_of(polygon.begin(), polygon.end(), isInside)) return;
  buffer.clear();
  for (size_t i = 0; i < polygon.size(); ++i) {
    const btVector3 &p = polygon[i], &q = polygon[(i + 1) % polygon.size()];
    const btScalar depthP = depth(p), depthQ = depth(q);
    if (depthP >= 0) buffer.push_back(p);
    if ((depthP >= 0) != (depthQ >= 0)) {
      buffer.push_back(p + (q - p) * (depthP / (depthP - depthQ)));
    }
  }
  polygon.swap(buffer);
}

int Polyhedron::weld(const btVector3 &point, btScalar slack) {
  for (size_t i = 0; i < corners.size(); ++i) {
    if ((corners[i] - point).length() <= slack) return int(i);
  }
  corners.push_back(point);
  return int(corners.size()) - 1;
}

btScalar Polyhedron::depth() const {
  btVector3 mean(0, 0, 0);
  for (const btVector3 &corner : corners) mean += corner;
  mean /= btScalar(corners.size());
  btScalar least = BT_LARGE_FLOAT;
  for (const Face &face : faces) least = std::min(least, face.offset - face.normal.dot(mean));
  return least;
}

Polyhedron Polyhedron::inset(btScalar distance) const {
  Polyhedron result;
  const btScalar slack = flatness * extent(corners);
  std::vector<btVector3> polygon, buffer;
  for (const Face &face : faces) {
    polygon.clear();
    for (const int c : face.corners) polygon.push_back(corners[c] - face.normal * distance);
    for (const Face &other : faces) {
      if (&other == &face) continue;
      cut(polygon, -other.normal, other.normal * (other.offset - distance), buffer);
    }
    Face moved = {face.normal, face.offset - distance, {}};
    for (const btVector3 &p : polygon) {
      const int corner = result.weld(p, slack);
      if (moved.corners.empty() || moved.corners.back() != corner) moved.corners.push_back(corner);
    }
    while (moved.corners.size() > 1 && moved.corners.front() == moved.corners.back()) {
      moved.corners.pop_back();
    }
    if (moved.corners.size() >= 3) result.faces.push_back(moved);
  }
  return result;
}

