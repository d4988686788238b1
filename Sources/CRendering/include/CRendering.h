// What cameras and range sensors see, as plain C.
//
// Rules: every quantity is SI; a viewer looks along its forward axis, its other axes are left and
// up; a quaternion is scalar last and turns a body's axes into the world's, and counts by its
// direction alone; nothing allocates in a call that is like the calls before it; nothing calls
// back, and no exception leaves. Sizes and indices are checked by the caller. Poses need not be: a
// body whose pose is not finite is not there, and a viewer whose pose is not finite sees nothing.
// The Swift module `Rendering` is the only one that imports this header.

#ifndef CRENDERING_H
#define CRENDERING_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma clang assume_nonnull begin

/// Memory to draw in, and the instruction set to draw with; not for two threads at once.
typedef struct cr_renderer cr_renderer;

typedef struct {
  double x, y, z;
} cr_vector;

typedef struct {
  double x, y, z, w;
} cr_quaternion;

/// Where a viewer is, and what it does not see.
typedef struct {
  cr_vector position;      // [m]
  cr_quaternion attitude;  // forward, left and up to the world [–]
  int64_t hidden;          // the id of the bodies that it does not see, or CR_NOTHING_HIDDEN
} cr_viewer;

#define CR_NOTHING_HIDDEN INT64_MIN

/// How the numbers of eight bodies are kept: each quantity of all eight, side by side.
enum {
  CR_BLOCK = 8,
  CR_POSITION_X = 0,  // and y and z after it [m]
  CR_ATTITUDE_X = 3,  // and y, z and w after it [–]
  CR_RADIUS = 7,      // of the sphere about the origin that holds the body; NaN for no body [m]
  CR_QUANTITIES = 8,
};

/// What a body is called, and what it is made of.
typedef struct {
  int32_t id;
  int32_t first_part;
  int32_t part_count;
} cr_body;

enum {
  CR_PLANE = 0,     // the half space below the xy plane; size.x is the edge of a tile
  CR_BOX = 1,       // size holds half its edges
  CR_SPHERE = 2,    // size.x is the radius
  CR_CYLINDER = 3,  // along z; size.x is the radius, size.z half the height
  CR_CAPSULE = 4,   // along z; size.z is half of the height without the ends
  CR_MESH = 5,      // triangles, seen from where their corners turn against the clock
};

/// A solid that is fixed to a body.
typedef struct {
  int32_t kind;
  cr_vector size;           // as its kind says [m]
  cr_vector position;       // of its origin, along the body's axes [m]
  cr_vector axes[3];        // its x, y and z axes, along the body's [–]
  float colour[3];          // red, green and blue from 0 to 1; of a plane's even tiles
  float second_colour[3];   // of a plane's odd tiles
  int32_t first_vertex;     // of a mesh: where its vertices begin
  int32_t vertex_count;
  int32_t first_triangle;   // of a mesh: the first of its triangles
  int32_t triangle_count;
} cr_part;

/// A world as it stands.
typedef struct {
  const double *_Nullable blocks;       // CR_BLOCK · CR_QUANTITIES for every eight bodies
  const cr_body *_Nullable bodies;
  int32_t body_count;
  const cr_part *_Nullable parts;
  const float *_Nullable vertices;      // of each mesh all x, then all y, then all z [m]
  const int32_t *_Nullable triangles;   // three vertices each, counted from the mesh's first
  cr_vector light;                      // towards the light, a unit vector in the world [–]
  float ambient;                        // the light that falls on faces turned away [–]
  float sky[3];                         // the colour of what is nowhere
} cr_scene;

/// An image: its pixels, and how much of the view they cover.
typedef struct {
  int32_t width, height;            // at most CR_MAXIMUM_EDGE each
  double half_width, half_height;   // tangents of half the fields of view [–]
  double nearest, farthest;         // depths between which things are seen [m]
} cr_lens;

enum { CR_MAXIMUM_EDGE = 4096 };

/// Rays from one point.
typedef struct {
  const double *directions;   // unit vectors, for every eight rays: forward, left, up [–]
  int32_t count;
  double nearest, farthest;   // distances between which things are seen [m]
} cr_rays;

/// The instruction sets, each with all that is before it. All give the same bits.
enum {
  CR_BASELINE = 0,
  CR_AVX2 = 1,
  CR_AVX512 = 2,
};

/// The highest instruction set of this processor.
int32_t cr_best_level(void);

/// A renderer for an instruction set that this processor has, or null for want of memory.
cr_renderer *_Nullable cr_renderer_create(int32_t level);

/// Frees a renderer.
void cr_renderer_destroy(cr_renderer *renderer);

/// Draws what a viewer sees, row by row from the upper left; a null buffer is left out.
///
/// Depths are along the forward axis, and those of pixels that see nothing are `farthest`; their
/// ids are -1. False for want of memory.
bool cr_render(
    cr_renderer *renderer, const cr_scene *scene, const cr_viewer *viewer, const cr_lens *lens,
    uint8_t *_Nullable colours, float *_Nullable depths, int32_t *_Nullable ids);

/// Measures how far each ray goes, `farthest` if it meets nothing; a null buffer is left out.
///
/// False for want of memory.
bool cr_measure(
    cr_renderer *renderer, const cr_scene *scene, const cr_viewer *viewer, const cr_rays *rays,
    float *_Nullable distances, int32_t *_Nullable ids);

#pragma clang assume_nonnull end

#ifdef __cplusplus
}
#endif

#endif
