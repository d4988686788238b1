#include "Outline.hpp"

#include <BulletCollision/CollisionShapes/btConvexHullShape.h>
#include <BulletCollision/CollisionShapes/btSphereShape.h>

#include <algorithm>

namespace {

/// Bullet's collision margin, as PyBullet sets it for hulls. [m]
constexpr btScalar usualMargin = 0.001;

/// The part of a thin hull's depth that its margin may take. [–]
constexpr btScalar marginShare = 0.25;

/// How far points may stray from a plane and still count as on it, for a body of size 1. [–]
constexpr btScalar flatness = 1e-9;

/// Points, seen along a direction, in the order around their convex hull.
class Ring {
 public:
  Ring(const std::vector<btVector3> &points, const btVector3 &normal) : points(points) {
    btPlaneSpace1(normal, u, v);
    if (u.cross(v).dot(normal) < 0) std::swap(u, v);
  }

  /// The corners of the hull of `members`, counterclockwise as seen against the direction.
  std::vector<int> around(std::vector<int> members, btScalar slack) const {
    std::sort(members.begin(), members.end(), [this](int a, int b) {
      const auto [ax, ay] = place(a);
      const auto [bx, by] = place(b);
      return ax != bx ? ax < bx : (ay != by ? ay < by : a < b);
    });
    std::vector<int> ring = chain(members, slack);
    std::reverse(members.begin(), members.end());
    const std::vector<int> back = chain(members, slack);
    if (!ring.empty()) ring.pop_back();
    if (!back.empty()) ring.insert(ring.end(), back.begin(), back.end() - 1);
    return ring;
  }

 private:
  const std::vector<btVector3> &points;
  btVector3 u, v;

  std::pair<btScalar, btScalar> place(int i) const { return {points[i].dot(u), points[i].dot(v)}; }

  /// The side of a hull that turns left along sorted points.
  std::vector<int> chain(const std::vector<int> &sorted, btScalar slack) const {
    std::vector<int> side;
    for (const int c : sorted) {
      while (side.size() > 1 && turn(side[side.size() - 2], side.back(), c) <= slack) {
        side.pop_back();
      }
      side.push_back(c);
    }
    return side;
  }

  /// Twice the area of a triangle, positive if it turns left. [m²]
  btScalar turn(int a, int b, int c) const {
    const auto [ax, ay] = place(a);
    const auto [bx, by] = place(b);
    const auto [cx, cy] = place(c);
    return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  }
};

/// Wraps points like a gift: from a face over each of its edges to the next face.
class Wrapping {
 public:
  explicit Wrapping(const std::vector<btVector3> &points) : points(points) {
    for (const btVector3 &p : points) size = std::max(size, (p - points[0]).length());
    crossed.resize(points.size() * points.size());
  }

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
    return found;
  }

 private:
  const std::vector<btVector3> &points;
  btScalar size = 0;
  std::vector<Face> found;
  std::vector<bool> crossed;  // whether a face has the edge from one point to another

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
    const btVector3 inward = normal.cross(along).normalized();
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
    next = (met - a).cross(along).normalized();
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
    const Ring seen(points, normal);
    std::vector<int> ring = seen.around(members(a, normal), flatness * size * size);
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

/// The point in three planes; false if they have no single one.
bool meet(const Face &a, const Face &b, const Face &c, btScalar inset, btVector3 &point) {
  const btVector3 bc = b.normal.cross(c.normal);
  const btScalar volume = a.normal.dot(bc);
  if (std::abs(volume) < flatness) return false;
  point = ((a.offset - inset) * bc + (b.offset - inset) * c.normal.cross(a.normal) +
           (c.offset - inset) * a.normal.cross(b.normal)) /
          volume;
  return true;
}

}  // namespace

Polyhedron Polyhedron::hull(const std::vector<btVector3> &points) {
  Polyhedron result;
  result.faces = Wrapping(points).faces();
  std::vector<int> place(points.size(), -1);
  for (Face &face : result.faces) {
    for (int &corner : face.corners) {
      if (place[corner] < 0) {
        place[corner] = int(result.corners.size());
        result.corners.push_back(points[corner]);
      }
      corner = place[corner];
    }
  }
  return result;
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
  std::vector<btVector3> moved;
  const auto isInside = [&](const btVector3 &p) {
    return std::all_of(faces.begin(), faces.end(), [&](const Face &f) {
      return f.normal.dot(p) <= f.offset - distance * (1 - 1e-6);
    });
  };
  for (int corner = 0; corner < int(corners.size()); ++corner) {
    std::vector<const Face *> around;
    for (const Face &face : faces) {
      const auto &ring = face.corners;
      if (std::find(ring.begin(), ring.end(), corner) != ring.end()) around.push_back(&face);
    }
    btVector3 p;
    for (size_t i = 0; i < around.size(); ++i) {
      for (size_t j = i + 1; j < around.size(); ++j) {
        for (size_t k = j + 1; k < around.size(); ++k) {
          if (meet(*around[i], *around[j], *around[k], distance, p) && isInside(p)) {
            moved.push_back(p);
          }
        }
      }
    }
  }
  return hull(moved);
}

std::unique_ptr<Outline> Outline::make(const cb_shape &shape) {
  auto outline = std::make_unique<Outline>();
  outline->kind = shape.kind;
  if (shape.kind == CB_SPHERE) {
    outline->margin = outline->heart = outline->reach = shape.radius;
    outline->form = std::make_unique<btSphereShape>(shape.radius);
  }
  if (shape.kind != CB_HULL) return outline;

  std::vector<btVector3> points;
  for (int i = 0; i < shape.point_count; ++i) {
    points.emplace_back(shape.points[i].x, shape.points[i].y, shape.points[i].z);
  }
  Polyhedron hull = Polyhedron::hull(points);
  if (hull.faces.size() < 4) return nullptr;
  outline->margin = usualMargin;
  if (!shape.is_margin_outside) {
    outline->margin = std::min(usualMargin, marginShare * hull.depth());
    hull = hull.inset(outline->margin);
    if (hull.faces.size() < 4) return nullptr;
  }
  outline->heart = BT_LARGE_FLOAT;
  for (const Face &face : hull.faces) {
    outline->heart = std::min(outline->heart, face.offset + outline->margin);
  }
  for (const btVector3 &corner : hull.corners) {
    outline->reach = std::max(outline->reach, corner.length() + outline->margin);
  }
  auto form = std::make_unique<btConvexHullShape>(
      &hull.corners[0].x(), int(hull.corners.size()), int(sizeof(btVector3)));
  form->setMargin(outline->margin);
  form->recalcLocalAabb();
  outline->form = std::move(form);
  outline->core = std::move(hull);
  return outline;
}
