// Sixteen drones that hover, flown from C by actions that push them up a little. After 'make build':
//
//   library=$PWD/.build/release
//   cc -o hover Examples/C/hover.c -ISources/CSwiftlet/include -L$library -Wl,-rpath,$library -lswiftlet
//   ./hover

#include <stdio.h>
#include <stdlib.h>

#include "CSwiftlet.h"

// Ends the program where a call has failed.
static void check(swiftlet_status status) {
  if (status == SWIFTLET_OK) return;
  fprintf(stderr, "error %d: %s\n", status, swiftlet_last_error());
  exit(1);
}

int main(void) {
  if (swiftlet_abi_version() != SWIFTLET_ABI_VERSION) return 1;

  swiftlet_environments_options options = {
      .struct_size = sizeof options, .count = 16, .threads = 1, .autoreset = SWIFTLET_SAME_STEP};
  swiftlet_handle hover;
  // A drone that stays level by itself: no random torque tips it over.
  check(swiftlet_environments_create("hover", "{\"model\": \"cf2x\"}", &options, &hover));

  swiftlet_layout layout = {.struct_size = sizeof layout};
  check(swiftlet_environments_layout(hover, &layout));
  size_t rows = (size_t)layout.environment_count * (size_t)layout.agent_count;
  size_t seen = rows * (size_t)layout.observation_count;
  float *actions = calloc(rows * (size_t)layout.action_count, sizeof *actions);
  float *observations = calloc(seen, sizeof *observations);
  float *rewards = calloc(rows, sizeof *rewards);
  bool *terminations = calloc(rows, sizeof *terminations);
  bool *truncations = calloc(rows, sizeof *truncations);
  float *returns = calloc(rows, sizeof *returns);
  swiftlet_step_buffers buffers = {
      .struct_size = sizeof buffers,
      .actions = actions,
      .observations = observations,
      .rewards = rewards,
      .terminations = terminations,
      .truncations = truncations,
      .episode_returns = returns};

  uint64_t seeds[16];
  check(swiftlet_split_seed(7, 16, seeds));
  check(swiftlet_environments_reset(hover, seeds, NULL, &buffers));

  int episodes = 0;
  double sum = 0;
  for (int step = 0; step < 480; step++) {
    for (size_t number = 0; number < rows * (size_t)layout.action_count; number++) {
      actions[number] = 0.02f;
    }
    check(swiftlet_environments_step(hover, &buffers));
    for (size_t row = 0; row < rows; row++) {
      if (!terminations[row] && !truncations[row]) continue;
      episodes++;
      sum += returns[row];
    }
  }
  printf("Swiftlet %s: %d episodes, mean return %.3f\n", swiftlet_version(), episodes,
         sum / episodes);

  check(swiftlet_close(hover));
  free(actions);
  free(observations);
  free(rewards);
  free(terminations);
  free(truncations);
  free(returns);
  return 0;
}
