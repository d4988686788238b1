#include "Mesh.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace {

/// How many triangles a leaf holds, at most.
constexpr int leafSize = 4;

/// How many boxes a search may have in hand: more than a tree of halves is deep. [–]
constexpr int deepest = 64;

btVector3 middle(const Triangle &t) { return (t.corners[0] + t.corners[1] + t.corners[2]) / 3; }

/// Whether a ray of some range meets a box.
bool meets(const btVector3 &origin, const btVector3 &direction, btScalar range,
           const btVector3 &low, const btVector3 &high) {
  btScalar enter = 0, leave = range;
  for (int i = 0; i < 3; ++i) {
    if (direction[i] == 0) {
      if (origin[i] < low[i] || origin[i] > high[i]) return false;
      continue;
    }
    const btScalar a = (low[i] - origin[i]) / direction[i];
    const btScalar b = (high[i] - origin[i]) / direction[i];
    enter = std::max(enter, std::min(a, b));
    leave = std::min(leave, std::max(a, b));
  }
  return enter <= leave;
}

/// The distance along a ray to a triangle; negative if it misses.
btScalar distance(const btVector3 &origin, const btVector3 &direction, const Triangle &t) {
  const btScalar slope = t.normal.dot(direction);
  if (slope == 0) return -1;
  const btScalar distance = t.normal.dot(t.corners[0] - origin) / slope;
  const btVector3 point = origin + distance * direction;
  for (int i = 0; i < 3; ++i) {
    const btVector3 along = t.corners[(i + 1) % 3] - t.corners[i];
    // A little beyond an edge counts, so that no ray slips between two triangles.
    if (along.cross(point - t.corners[i]).dot(t.normal) < -1e-12 * along.length2()) return -1;
  }
  return distance;
}

}  // namespace

Mesh::Mesh(std::vector<btVector3> points, const std::vector<std::array<int, 3>> &corners)
    : low(BT_LARGE_FLOAT, BT_LARGE_FLOAT, BT_LARGE_FLOAT), high(-low) {
  std::vector<std::array<int, 3>> kept;
  for (const auto &c : corners) {
    Triangle t = {{points[c[0]], points[c[1]], points[c[2]]}, {}, {}};
    const btVector3 ab = t.corners[1] - t.corners[0], ac = t.corners[2] - t.corners[0];
    const btVector3 area = ab.cross(ac);
    const btScalar size = std::max({ab.length2(), ac.length2(), (ac - ab).length2()});
    if (!(area.length() > 1e-12 * size)) continue;
    t.normal = area.normalized();
    t.beyond.fill(btVector3(0, 0, 0));
    triangles.push_back(t);
    kept.push_back(c);
    for (const btVector3 &corner : t.corners) {
      low.setMin(corner);
      high.setMax(corner);
    }
  }
  join(kept);
  for (int i = 0; i < int(triangles.size()); ++i) order.push_back(i);
  if (!order.empty()) divide(0, int(order.size()));
}

/// Tells triangles of their neighbours.
void Mesh::join(const std::vector<std::array<int, 3>> &corners) {
  std::map<std::pair<int, int>, std::pair<int, int>> edges;
  for (int t = 0; t < int(corners.size()); ++t) {
    for (int e = 0; e < 3; ++e) {
      const auto ends = std::minmax(corners[t][e], corners[t][(e + 1) % 3]);
      const auto [place, isNew] = edges.try_emplace(ends, t, e);
      if (isNew) continue;
      const auto inward = [&](int triangle, int edge) {
        const auto &c = triangles[triangle].corners;
        const btVector3 along = (c[(edge + 1) % 3] - c[edge]).normalized();
        const btVector3 side = c[(edge + 2) % 3] - c[edge];
        return (side - side.dot(along) * along).normalized();
      };
      const auto [other, otherEdge] = place->second;
      triangles[t].beyond[e] = inward(other, otherEdge);
      triangles[other].beyond[otherEdge] = inward(t, e);
    }
  }
}

/// Adds the tree of some of the triangles, halved along the longest side of what bounds them.
void Mesh::divide(int first, int count) {
  Node node = {triangles[order[first]].corners[0], triangles[order[first]].corners[0], first,
               count, 0};
  for (int i = first; i < first + count; ++i) {
    for (const btVector3 &corner : triangles[order[i]].corners) {
      node.low.setMin(corner);
      node.high.setMax(corner);
    }
  }
  const int place = int(nodes.size());
  nodes.push_back(node);
  if (count <= leafSize) return;
  const int axis = (node.high - node.low).maxAxis();
  const auto half = order.begin() + first + count / 2;
  std::nth_element(order.begin() + first, half, order.begin() + first + count, [&](int a, int b) {
    const btScalar x = middle(triangles[a])[axis], y = middle(triangles[b])[axis];
    return x != y ? x < y : a < b;
  });
  divide(first, count / 2);
  nodes[place].count = 0;
  nodes[place].other = int(nodes.size());
  divide(first + count / 2, count - count / 2);
}

void Mesh::find(const btVector3 &low, const btVector3 &high, std::vector<int> &found) const {
  found.clear();
  int stack[deepest], depth = 0;
  if (!nodes.empty()) stack[depth++] = 0;
  while (depth > 0) {
    const int place = stack[--depth];
    const Node &node = nodes[place];
    if (node.low.x() > high.x() || node.high.x() < low.x() || node.low.y() > high.y() ||
        node.high.y() < low.y() || node.low.z() > high.z() || node.high.z() < low.z()) {
      continue;
    }
    for (int i = node.first; i < node.first + node.count; ++i) found.push_back(order[i]);
    if (node.count > 0) continue;
    stack[depth++] = place + 1;
    stack[depth++] = node.other;
  }
  std::sort(found.begin(), found.end());
}

int Mesh::cross(const btVector3 &origin, const btVector3 &direction, btScalar &range) const {
  int first = -1, stack[deepest], depth = 0;
  if (!nodes.empty()) stack[depth++] = 0;
  while (depth > 0) {
    const int place = stack[--depth];
    const Node &node = nodes[place];
    if (!meets(origin, direction, range, node.low, node.high)) continue;
    for (int i = node.first; i < node.first + node.count; ++i) {
      const btScalar d = distance(origin, direction, triangles[order[i]]);
      // The first of two at one distance counts, in whatever order the tree has them.
      if (d < 0 || d > range || (d == range && first >= 0 && order[i] > first)) continue;
      range = d;
      first = order[i];
    }
    if (node.count > 0) continue;
    stack[depth++] = place + 1;
    stack[depth++] = node.other;
  }
  return first;
}
