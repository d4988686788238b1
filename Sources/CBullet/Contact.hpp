// From two bodies on their way to the points at which they will meet.

#pragma once

#include "NoContraction.hpp"

#include <BulletCollision/NarrowPhaseCollision/btPersistentManifold.h>
#include <LinearMath/btTransform.h>

#include <vector>

#include "Outline.hpp"

/// A part of a body during one step: where it starts, and how it would move if nothing were near.
struct Mover {
  const Outline *outline;
  btTransform start;          // of the outline
  btVector3 centre;           // about which the body turns [m]
  btScalar reach;             // from there to the farthest point of the part [m]
  btVector3 velocity;         // of the centre [m/s]
  btVector3 angularVelocity;  // [rad/s]
  bool isStill;               // whether both are zero for good
  btScalar inverseMass;  // 0 for what contacts do not move [1/kg]
  btScalar friction;     // [–]
  btScalar restitution;  // [–]

  /// The speed that no point of the body exceeds along a direction. [m/s]
  btScalar speed(const btVector3 &direction) const;

  /// The distance that no point of the body exceeds in some time. [m]
  btScalar sweep(btScalar time) const;

  /// Where the body would be after some time.
  btTransform after(btScalar time) const;

  /// The velocity of a point of the body at the start. [m/s]
  btVector3 velocityAt(const btVector3 &point) const;
};

/// Where a part of a body gets to in some time at constant velocities, those of the body's centre.
btTransform advanced(
    const btTransform &start, const btVector3 &centre, const btVector3 &velocity,
    const btVector3 &angularVelocity, btScalar time);

/// Bullet's share of an overlap that a step removes. [–]
constexpr btScalar overlapShare = 0.2;

/// The approach below which nothing bounces. [m/s]
constexpr btScalar slowestBounce = 0.2;

/// The distance beyond what bodies can cover in a step at which contacts begin. [m]
constexpr btScalar contactSlack = 0.001;

/// Finds the contacts between two bodies, and keeps its buffers from pair to pair.
class ContactFinder {
 public:
  /// Fills the manifold with up to four points at which `a` and `b` meet within the step, if
  /// nothing else happens to them. `b` may be fixed or kinematic; `a` is neither.
  void find(const Mover &a, const Mover &b, btScalar duration, btPersistentManifold &manifold);

  /// Notes the points at which `a` meets one triangle `b` of a mesh, without those at inner edges.
  void note(const Mover &a, const Mover &b, btScalar duration, const Triangle &triangle);

  /// How many patches of nearly one direction the points noted so far make.
  size_t patchCount() const { return patches; }

  /// Fills the manifold with up to four points of a patch.
  void take(size_t patch, const Mover &a, const Mover &b, btScalar duration,
            btPersistentManifold &manifold);

  /// Forgets what was noted.
  void forget() { patches = 0; }

 private:
  /// A pair of points that may meet.
  struct Candidate {
    btVector3 onA, onB;   // at the start of the step [m]
    btScalar gap = 0;      // between them along the normal, at the start [m]
    btScalar closing = 0;  // how fast the gap shrinks, if nothing pushes [m/s]
    btScalar outlook = 0;  // the gap at the end, if nothing pushes [m]
  };

  /// Bodies at the moment when they are nearest to a contact.
  struct Meeting {
    btTransform poseA, poseB;
    btVector3 normal;  // from b to a [–]
    btVector3 onA, onB;
    btScalar gap;   // negative for an overlap [m]
    btScalar time;  // since the start [s]
  };

  /// Points that many triangles have in common with a body, along nearly one normal.
  struct Patch {
    btVector3 normal;
    std::vector<Candidate> candidates;
  };

  std::vector<Candidate> candidates;
  std::vector<Patch> noted;  // the first `patches` of them
  size_t patches = 0;
  std::vector<btVector3> polygon, buffer;  // swapped by cuts, each of which adds a corner at most

  void facePlane(const Mover &a, const Mover &plane, btScalar duration);
  static bool meet(const Mover &a, const Mover &b, btScalar duration, Meeting &meeting);
  static bool leansOver(const Triangle &triangle, const Meeting &meeting);
  static void pushToItsSide(const Mover &a, const Triangle &triangle, Meeting &meeting);
  void faceEachOther(const Mover &a, const Mover &b, Meeting &meeting);
  void clip(const Outline &incident, const btTransform &pose, const Outline &reference,
            const btTransform &referencePose, const btVector3 &normal);
  void select(const Mover &a, const Mover &b, const btVector3 &normal, btScalar duration);
  void emit(const Mover &a, const Mover &b, const btVector3 &normal, btScalar duration,
            btPersistentManifold &manifold);
  void keepFour(const btVector3 &normal);
};
