// Triangles in space, and a tree to find them by.

#pragma once

#include "NoContraction.hpp"

#include <LinearMath/btVector3.h>

#include <array>
#include <vector>

/// A triangle of a mesh.
struct Triangle {
  std::array<btVector3, 3> corners;  // [m]
  btVector3 normal;                  // counterclockwise seen from its tip [–]
  /// For each edge, from a corner to the next: the direction in the plane of the triangle on its
  /// other side that leads away from it; zero where there is none. [–]
  std::array<btVector3, 3> beyond;
};

/// Triangles that share edges.
class Mesh {
 public:
  /// The mesh of triangles of points; triangles without an area are left out.
  Mesh(std::vector<btVector3> points, const std::vector<std::array<int, 3>> &corners);

  std::vector<Triangle> triangles;
  btVector3 low, high;  // what bounds it [m]

  /// Lists the triangles whose bounds meet a box, in their order.
  void find(const btVector3 &low, const btVector3 &high, std::vector<int> &found) const;

  /// The distance along a ray to the first triangle within a range, and which it is; -1 for none.
  int cross(const btVector3 &origin, const btVector3 &direction, btScalar &range) const;

 private:
  /// A box about some of the triangles: a leaf, or the parent of the next node and another.
  struct Node {
    btVector3 low, high;  // [m]
    int first, count;     // of `order`; a count of 0 for a parent
    int other;            // the second child
  };

  std::vector<Node> nodes;
  std::vector<int> order;

  void join(const std::vector<std::array<int, 3>> &corners);
  void divide(int first, int count);
};
