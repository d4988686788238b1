// Outlines of bodies: what Bullet needs to measure gaps, and the faces that contacts are cut from.

#pragma once

#include "NoContraction.hpp"

#include <BulletCollision/CollisionShapes/btConvexHullShape.h>

#include <memory>
#include <vector>

#include "CBullet.h"
#include "Mesh.hpp"

/// A flat face of a polyhedron.
struct Face {
  btVector3 normal;          // outward, in the body's frame [–]
  btScalar offset;           // of its plane from the origin, along the normal [m]
  std::vector<int> corners;  // counterclockwise, seen from outside
};

/// Cuts away the part of a convex polygon on the outer side of a plane through `from`.
void cut(std::vector<btVector3> &polygon, const btVector3 &inward, const btVector3 &from,
         std::vector<btVector3> &buffer);

/// A convex polyhedron, by its corners and its faces.
struct Polyhedron {
  std::vector<btVector3> corners;  // [m]
  std::vector<Face> faces;

  /// The distance from the mean of the corners to the nearest face. [m]
  btScalar depth() const;

  /// The same polyhedron with every face moved inward, by less than `depth()`.
  Polyhedron inset(btScalar distance) const;

 private:
  int weld(const btVector3 &point, btScalar slack);
};

/// The outline of a body: a core, and a margin of rounding around it.
///
/// Bullet measures gaps between cores, which stay apart while margins touch; that keeps the
/// direction of a contact well defined.
struct Outline {
  int kind;
  btScalar margin = 0;                  // the whole radius, for a sphere or capsule [m]
  btScalar heart = 0;                   // from the origin to the nearest point of the surface [m]
  btScalar reach = 0;                   // from the origin to the farthest point [m]
  Polyhedron core;                      // of a hull; the two ends of a capsule
  std::unique_ptr<Mesh> mesh;           // of a mesh
  std::unique_ptr<btConvexShape> form;  // none for a plane or mesh

  /// The outline of a description, or null if its points nearly lie in a plane.
  static std::unique_ptr<Outline> make(const cb_shape &shape);

  /// What bounds the outline at a pose. [m]
  void bound(const btTransform &pose, btVector3 &low, btVector3 &high) const;

 private:
  bool wrap(const cb_shape &shape);
  void stretch(const cb_shape &shape);
  bool weave(const cb_shape &shape);
};

/// One triangle of a mesh at a time, as an outline that has two faces.
class TriangleOutline {
 public:
  TriangleOutline();

  /// Makes it that of another triangle.
  void become(const Triangle &triangle);

  const Outline &outline() const { return flat; }

 private:
  Outline flat;
  btConvexHullShape *hull;
};
