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

/// Points, seen along a direction, in the order around their convex hull.
class Ring {
 public:
  Ring(const std::vector<btVector3> &points, const btVector3 &normal) : points(points) {
    btPlaneSpace1(normal, u, v);
    if (u.cross(v).dot(normal) < 0) std::swap(u, v);
  }

  /// The corners of the hull of `members`, counterclockwise as seen against the direction.
  ///
  /// They start at the farthest from another; each next one is the rightmost as seen from the last.
  std::vector<int> around(const std::vector<int> &members, btScalar slack) const {
    int corner = members[0];
    for (const int m : members) {
      if (distance(members[0], m) > distance(members[0], corner)) corner = m;
    }
    std::vector<int> ring;
    do {
      ring.push_back(corner);
      int next = members[0];
      for (const int m : members) {
        const btScalar left = turn(corner, next, m);
        const bool isBeyond = distance(corner, m) > distance(corner, next);
        const bool isRight = left < -slack || (left <= slack && isBeyond);
        if (m != corner && (next == corner || isRight)) next = m;
      }
      corner = next;
    } while (corner != ring[0] && ring.size() < members.size());
    return ring;
  }

 private:
  const std::vector<btVector3> &points;
  btVector3 u, v;

  btScalar distance(int a, int b) const { return (points[a] - points[b]).length2(); }

  /// Twice the area of a triangle, positive if it turns left. [m²]
  btScalar turn(int a, int b, int c) const {
    const btVector3 ab = points[b] - points[a], ac = points[c] - points[a];
    return ab.dot(u) * ac.dot(v) - ab.dot(v) * ac.dot(u);
  }
};

/// Wraps points like a gift: from a face over each of its edges to the next face.
class Wrapping {
 public:
  explicit Wrapping(const std::vector<btVector3> &points)
      : points(points), size(extent(points)), crossed(points.size() * points.size()) {}

  std::vector<Face> faces() {
    if (!start()) return {};
    for (size_t f = 0; f < found.size() && found.size() < 2 * points.size(); ++f) {
      const std::vector<int> ring = found[f].corners;
      const btVector3 normal = found[f].normal;
      for (size_t i = 0; i < ring.size(); ++i) {
        const int a = ring[i], b = ring[(i + 1) % ring.size()];
        btVector3 next;
        if (crossed[b * points.size() + a]) continue;
        if (tilt(points[a], points[b] - points[a], normal, next)) add(points[a], next);
      }
    }
    if (!isClosed()) found.clear();
    return found;
  }

 private:
  const std::vector<btVector3> &points;
  btScalar size;  // [m]
  std::vector<Face> found;
  std::vector<bool> crossed;  // whether a face has the edge from one point to another

  /// Whether another face follows over every edge.
  bool isClosed() const {
    for (const Face &face : found) {
      for (size_t i = 0; i < face.corners.size(); ++i) {
        const int a = face.corners[i], b = face.corners[(i + 1) % face.corners.size()];
        if (!crossed[b * points.size() + a]) return false;
      }
    }
    return true;
  }

  /// Tilts a plane that rests on the lowest point until it rests on a face.
  bool start() {
    const btVector3 lowest = *std::min_element(
        points.begin(), points.end(),
        [](const btVector3 &a, const btVector3 &b) { return a.z() < b.z(); });
    btVector3 normal(0, 0, -1);
    btVector3 along(1, 0, 0);
    for (int i = 0; i < 3 && !add(lowest, normal); ++i) {
      const std::vector<int> resting = members(lowest, normal);
      for (const int m : resting) {
        const btVector3 line = points[m] - lowest;
        if (line.length() > flatness * size) along = line;
      }
      if (!tilt(lowest, along, normal, normal)) return false;
    }
    return !found.empty();
  }

  /// Turns a plane with all points on its inner side about a line in it, away from the points that
  /// are on it, until it meets another; false if there is none.
  bool tilt(const btVector3 &a, const btVector3 &along, btVector3 normal, btVector3 &next) const {
    btVector3 inward;
    if (!direct(normal.cross(along), inward)) return false;
    btScalar least = BT_LARGE_FLOAT;
    btVector3 met = a;
    for (const btVector3 &p : points) {
      const btScalar depth = -(p - a).dot(normal);
      if (depth <= flatness * size) continue;
      const btScalar slope = (p - a).dot(inward) / depth;
      if (slope < least) {
        least = slope;
        met = p;
      }
    }
    if (least == BT_LARGE_FLOAT) return false;
    return direct((met - a).cross(along), next);
  }

  /// The direction of a vector; false if it has none.
  static bool direct(const btVector3 &v, btVector3 &direction) {
    const btScalar length = v.length();
    if (!(length > 0)) return false;
    direction = v / length;
    return true;
  }

  std::vector<int> members(const btVector3 &a, const btVector3 &normal) const {
    std::vector<int> on;
    for (size_t i = 0; i < points.size(); ++i) {
      if (std::abs((points[i] - a).dot(normal)) <= flatness * size) on.push_back(int(i));
    }
    return on;
  }

  /// Adds the face in a plane, unless it is known; false if it is no more than an edge.
  bool add(const btVector3 &a, const btVector3 &normal) {
    const std::vector<int> resting = members(a, normal);
    // Points that nearly lie in a plane or a line may leave no direction for a face.
    if (resting.empty()) return false;
    const Ring seen(points, normal);
    std::vector<int> ring = seen.around(resting, flatness * size * size);
    if (ring.size() < 3) return false;
    std::rotate(ring.begin(), std::min_element(ring.begin(), ring.end()), ring.end());
    for (const Face &face : found) {
      if (face.corners == ring) return true;
    }
    for (size_t i = 0; i < ring.size(); ++i) {
      crossed[ring[i] * points.size() + ring[(i + 1) % ring.size()]] = true;
    }
    found.push_back({normal, normal.dot(a), ring});
    return true;
  }
};

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

Polyhedron Polyhedron::hull(const std::vector<btVector3> &points) {
  Polyhedron distinct, result;
  const btScalar slack = flatness * extent(points);
  for (const btVector3 &p : points) distinct.weld(p, slack);
  result.faces = Wrapping(distinct.corners).faces();
  for (Face &face : result.faces) {
    for (int &corner : face.corners) corner = result.weld(distinct.corners[corner], 0);
  }
  return result;
}

bool Polyhedron::isThick() const {
  return faces.size() >= 4 && depth() > 10 * flatness * extent(corners);
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

