// What the instruction sets share: the solids as a viewer has them, and room for them.

#pragma once

#include "CRendering.h"

#include <cmath>
#include <cstring>
#include <vector>

namespace crendering {

/// How near a viewer must come to a surface to be inside it. [m]
constexpr double touch = 1e-6;

/// The linear forms of a ray's direction that a solid needs, at most.
constexpr int formCount = 8;

/// What a solid is to a ray.
enum class Kind : int32_t { box1, box2, box3, sphere, cylinder, capsule, triangle, plane };

/// A solid, or a triangle, as one viewer has it.
///
/// A point of a ray is at d / w, where d is the ray's direction and w the inverse of its depth. All
/// that has to be known of a ray is a few linear forms of d. For rays of their own they are kept by
/// the components of d; for pixels, where d is affine in column and row, by those.
struct alignas(64) Element {
  double constant[formCount];   // by forward; or the form at column 0, row 0
  double perColumn[formCount];  // by left; or its growth from column to column
  double perRow[formCount];     // by up; or its growth from row to row

  double squaredRadius;  // [m²]
  double inverseExcess;  // of the squared distance from centre or axis beyond the radius's [1/m²]
  double lightOffset;    // what the normal gets of the light, but for the part that goes with depth
  double endExcess[2];   // of a capsule: the inverse excesses of its upper and lower ends [1/m²]
  double height;         // of a capsule: of the viewer, along its axis [m]
  double halfHeight;     // of a capsule: without its ends [m]
  double lightUp;        // of a capsule: the light along its axis, over its radius [1/m]
  bool isOutside;        // of a cylinder or capsule: whether the viewer is beyond the radius
  bool isBeyondCap;      // of a cylinder: whether the viewer is beyond an end
  float contrast;        // of a plane: of its tiles, per squared inverse depth [m²]
  float colour[3];       // from 0 to 255; of a plane the mean of its tiles
  float halfDifference[3];  // of a plane: half of its tiles' difference
  uint32_t faces[3];     // the colours of flat faces

  Kind kind;
  int32_t id;
  int32_t left, right, top, bottom;  // the pixels that it may cover, ends excluded
};

/// The corners of the mesh under way, as the viewer has them.
struct Corners {
  std::vector<float> forward, left, up;  // [m]
  std::vector<float> column, row;        // where they are on the image [pixels]

  void resize(size_t count) {
    for (auto *values : {&forward, &left, &up, &column, &row}) {
      if (values->size() < count) values->resize(count);
    }
  }
};

/// A strip of an image, or some rays, while they are worked on.
struct Canvas {
  std::vector<float> nearness;  // inverse depths [1/m]
  std::vector<uint32_t> colours;
  std::vector<int32_t> ids;
  std::vector<double> rayNearness;  // inverse distances [1/m]

  void resize(size_t pixels) {
    if (nearness.size() >= pixels) return;
    nearness.resize(pixels);
    colours.resize(pixels);
    ids.resize(pixels);
  }

  void resizeRays(size_t count) {
    if (rayNearness.size() < count) rayNearness.resize(count);
    if (ids.size() < count) ids.resize(count);
  }
};

/// Where an image goes.
struct Image {
  uint8_t *colours;
  float *depths;
  int32_t *ids;
};

/// Where distances go.
struct Ranges {
  float *distances;
  int32_t *ids;
};

}  // namespace crendering

struct cr_renderer {
  using Render = void(
      cr_renderer &, const cr_scene &, const cr_viewer &, const cr_lens &, crendering::Image);
  using Measure = void(
      cr_renderer &, const cr_scene &, const cr_viewer &, const cr_rays &, crendering::Ranges);

  Render *render;
  Measure *measure;
  std::vector<int32_t> visible;
  std::vector<crendering::Element> elements;
  crendering::Corners corners;
  crendering::Canvas canvas;
};

namespace baseline {
cr_renderer::Render render;
cr_renderer::Measure measure;
}  // namespace baseline

#ifdef __x86_64__
namespace avx2 {
cr_renderer::Render render;
cr_renderer::Measure measure;
}  // namespace avx2

namespace avx512 {
cr_renderer::Render render;
cr_renderer::Measure measure;
}  // namespace avx512
#endif
