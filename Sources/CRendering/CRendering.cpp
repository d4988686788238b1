#include "CRendering.h"

#include <new>

#include "Renderer.hpp"

static_assert(sizeof(cr_vector) == 24 && sizeof(cr_quaternion) == 32, "three and four doubles");
static_assert(sizeof(cr_viewer) == 64, "seven doubles and an id");
static_assert(sizeof(cr_body) == 12, "three integers");

namespace {

/// Whether a call found the memory that it needed.
template <typename Call>
bool succeeds(Call call) noexcept {
  try {
    call();
    return true;
  } catch (const std::bad_alloc &) {
    return false;
  }
}

}  // namespace

int32_t cr_best_level(void) {
#ifdef __x86_64__
  const bool hasAVX2 = __builtin_cpu_supports("avx2");
  const bool hasAVX512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
      && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  if (hasAVX2) return hasAVX512 ? CR_AVX512 : CR_AVX2;
#endif
  return CR_BASELINE;
}

cr_renderer *cr_renderer_create(int32_t level) {
  auto *renderer = new (std::nothrow) cr_renderer;
  if (!renderer) return nullptr;
  renderer->render = baseline::render;
  renderer->measure = baseline::measure;
#ifdef __x86_64__
  if (level == CR_AVX2) {
    renderer->render = avx2::render;
    renderer->measure = avx2::measure;
  } else if (level == CR_AVX512) {
    renderer->render = avx512::render;
    renderer->measure = avx512::measure;
  }
#endif
  return renderer;
}

void cr_renderer_destroy(cr_renderer *renderer) { delete renderer; }

bool cr_render(
    cr_renderer *renderer, const cr_scene *scene, const cr_viewer *viewer, const cr_lens *lens,
    uint8_t *colours, float *depths, int32_t *ids) {
  return succeeds(
      [&] { renderer->render(*renderer, *scene, *viewer, *lens, {colours, depths, ids}); });
}

bool cr_measure(
    cr_renderer *renderer, const cr_scene *scene, const cr_viewer *viewer, const cr_rays *rays,
    float *distances, int32_t *ids) {
  return succeeds(
      [&] { renderer->measure(*renderer, *scene, *viewer, *rays, {distances, ids}); });
}
