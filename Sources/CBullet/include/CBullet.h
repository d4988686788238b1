// The part of Bullet that the package uses, as plain C.
//
// Rules: a world is made and destroyed here and owns all that is added to it; every quantity is SI
// and in the world frame unless its name says otherwise; quaternions are unit, scalar last, body to
// world; indices count from 0 in the order of adding; nothing allocates in a step that is like the
// steps before it; nothing calls back, and no exception leaves. Numbers are checked by the caller
// (finite, sizes and masses above 0), but for those of `cb_world_solve`. The Swift module `Bullet`
// is the only one that imports this header.

#ifndef CBULLET_H
#define CBULLET_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma clang assume_nonnull begin

/// A world of separate subworlds, each with a floor, other obstacles and the vehicles that may touch
/// them. Bodies in different subworlds never meet, and what happens in one subworld does not change
/// another by a bit.
typedef struct cb_world cb_world;

typedef struct {
  double x, y, z;
} cb_vector;

typedef struct {
  double x, y, z, w;
} cb_quaternion;

/// Where a body is and how it moves.
typedef struct {
  cb_vector position;          // of the centre of mass [m]
  cb_quaternion attitude;      // [–]
  cb_vector velocity;          // [m/s]
  cb_vector angular_velocity;  // [rad/s]
} cb_motion;

/// A vehicle that takes part in a solve.
typedef struct {
  cb_motion motion;
  int32_t vehicle;        // its index
  int32_t contact_count;  // written: points that pushed or overlapped
  bool is_touched;        // written: whether any point pushed
} cb_vehicle_motion;

enum {
  CB_PLANE = 0,   // the half space below the body's xy plane
  CB_SPHERE = 1,  // about the body's origin
  CB_HULL = 2,    // the convex hull of points
  CB_CAPSULE = 3, // what is within a radius of a line about the body's origin, along its z axis
  CB_MESH = 4,    // triangles, felt from both sides
};

/// A flat face of a hull.
typedef struct {
  cb_vector normal;      // outward [–]
  double offset;         // of its plane from the origin, along the normal [m]
  int32_t corner_count;  // at least 3
} cb_face;

/// An outline in the body's frame.
typedef struct {
  int32_t kind;
  double radius;                      // of the sphere or capsule [m]
  double length;                      // of the capsule's line [m]
  const cb_vector *_Nullable points;  // the corners of the hull or mesh [m]
  const int32_t *_Nullable corners;   // of the mesh's triangles, three points each; or of the hull's
                                      // faces, one after another, counterclockwise from outside
  const cb_face *_Nullable faces;     // of the hull, which is a solid
  int32_t face_count;
  int32_t point_count;                // of a hull at most CB_MAXIMUM_POINTS
  int32_t triangle_count;             // of the mesh
  bool is_margin_outside;             // the hull is grown by its margin; otherwise it is exact
} cb_shape;

enum { CB_MAXIMUM_POINTS = 256 };

/// A part of a body.
typedef struct {
  cb_vector position;      // of the outline's origin, in the body's frame [m]
  cb_quaternion attitude;  // from the outline to the body [–]
  int32_t shape;           // the index of its outline
} cb_part;

/// Which bodies collide: two do where each is in a group of the other's mask.
typedef struct {
  uint32_t groups;  // a bit for each that it is in
  uint32_t mask;    // a bit for each that it collides with
} cb_filter;

/// The mass, surface and groups of a body, and what moves it.
typedef struct {
  double mass;         // 0 for a body that nothing moves [kg]
  cb_vector inertia;   // about the body's axes [kg·m²]
  double friction;     // a contact takes the product of both bodies' [–]
  double restitution;  // a contact takes the product of both bodies' [–]
  cb_filter filter;    // what it collides with
  bool is_kinematic;   // `cb_world_set_motion` moves it, and nothing that it meets
} cb_body_properties;

/// A point at which two bodies meet.
typedef struct {
  cb_vector position;  // on the surface of `second` [m]
  cb_vector normal;    // from `second` to `first` [–]
  double depth;        // how far they overlap at the start of the step; negative for a gap [m]
  double impulse;      // along the normal, on `first` [N·s]
  int32_t first;       // a vehicle's index, or -1 - a body's
  int32_t second;      // a vehicle's index, or -1 - a body's
} cb_contact;

/// A line of sight.
typedef struct {
  cb_vector origin;     // [m]
  cb_vector direction;  // of length 1 [–]
  double range;         // how far it reaches [m]
  int32_t subworld;     // where it looks
  uint32_t mask;        // a bit for each group that it sees
} cb_ray;

/// What a ray meets first.
typedef struct {
  double distance;   // the ray's range if it meets nothing [m]
  cb_vector normal;  // of the surface, outward; zero if it meets nothing [–]
  int32_t body;      // -1 if it meets nothing
} cb_ray_hit;

/// What contacts of a convex outline are found by: a core, and a margin about it.
typedef struct {
  double margin;         // [m]
  double heart;          // the radius of the sphere about the outline's origin within it [m]
  int32_t corner_count;  // 0 of a sphere, whose core is its origin
  int32_t face_count;    // of a hull
} cb_core;

/// What the functions that add give in place of an index.
enum {
  CB_NO_MEMORY = -1,
  CB_FLAT_HULL = -2,  // the points of the hull lie in a plane
};

/// A world of empty subworlds, or null for want of memory. Gravity [m/s²] acts on dynamic bodies.
cb_world *_Nullable cb_world_create(cb_vector gravity, int32_t subworlds);

/// Frees a world and all that it owns.
void cb_world_destroy(cb_world *world);

/// Adds an outline for bodies and vehicles to share; its index, or a negative reason.
int32_t cb_world_add_shape(cb_world *world, const cb_shape *shape);

/// Reads the core of a sphere, capsule or hull.
void cb_world_get_core(const cb_world *world, int32_t shape, cb_core *core);

/// A corner of a core. [m]
cb_vector cb_world_core_corner(const cb_world *world, int32_t shape, int32_t corner);

/// Reads a face of a core: its outward normal, and its corners, for which there must be room; how many
/// there are.
int32_t cb_world_core_face(
    const cb_world *world, int32_t shape, int32_t face, cb_vector *normal, int32_t *corners);

/// Adds an obstacle to a subworld, dynamic if it has a mass; its index, or a negative reason.
int32_t cb_world_add_body(
    cb_world *world, int32_t subworld, const cb_part *parts, int32_t count,
    const cb_body_properties *properties, const cb_motion *motion);

/// Adds a vehicle to a subworld, which takes part only in solves that list it; its index, or a
/// negative reason.
int32_t cb_world_add_vehicle(
    cb_world *world, int32_t subworld, const cb_part *parts, int32_t count,
    const cb_body_properties *properties);

/// Gives a vehicle another mass [kg] and inertia about its axes [kg·m²].
void cb_world_set_mass(cb_world *world, int32_t vehicle, double mass, cb_vector inertia);

/// Reads the motion of an obstacle.
void cb_world_get_motion(const cb_world *world, int32_t body, cb_motion *motion);

/// Moves an obstacle, and sets its velocities if it is dynamic or kinematic.
void cb_world_set_motion(cb_world *world, int32_t body, const cb_motion *motion);

/// Solves the contacts of one step of `duration` [s].
///
/// Each entry holds its vehicle's pose at the start of the step and the velocities that it would
/// end with if nothing were near. Where a contact pushes, the velocities are replaced; elsewhere not
/// one bit of them changes. Dynamic obstacles advance to the end of the step. An entry that is not
/// finite, names no vehicle or names one again takes no part, and a duration that is not positive
/// and finite solves nothing. False for want of memory.
bool cb_world_solve(
    cb_world *world, double duration, cb_vehicle_motion *_Nullable entries, int32_t count);

/// Looks along rays at the obstacles where they now are; one that starts within a body meets it at
/// once. Vehicles are not seen. A ray that is not finite meets nothing.
void cb_world_cast_rays(
    const cb_world *world, const cb_ray *_Nullable rays, cb_ray_hit *_Nullable hits,
    int32_t count);

/// The contacts of the last solve that pushed or overlapped, valid until the next call.
const cb_contact *_Nullable cb_world_contacts(const cb_world *world, int32_t *count);

#pragma clang assume_nonnull end

#ifdef __cplusplus
}
#endif

#endif
