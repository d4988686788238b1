// Environments: many worlds in which drones play the same task. Included by CSwiftlet.h.

#ifndef SWIFTLET_ENVIRONMENTS_H
#define SWIFTLET_ENVIRONMENTS_H

#include "CSwiftlet.h"

#ifdef __cplusplus
extern "C" {
#endif

// What happens to an environment whose episode has ended.
enum {
  // The step after the last ignores its actions and begins the next episode: rewards are 0, flags false.
  SWIFTLET_NEXT_STEP = 0,
  // The last step begins the next episode at once: its observations are the new ones, and the old ones
  // stand among the final observations.
  SWIFTLET_SAME_STEP = 1,
  // Nothing: the caller resets an environment before it is stepped again.
  SWIFTLET_AUTORESET_DISABLED = 2
};

// How an agent's episode ended.
enum {
  // It goes on, or the agent has left before.
  SWIFTLET_RUNNING = 0,
  // By the rules of the task: no reward could follow.
  SWIFTLET_TERMINATED = 1,
  // Its time was up.
  SWIFTLET_TIME_LIMIT = 2,
  // It was cut off from outside for another reason, such as leaving the arena.
  SWIFTLET_CUT_OFF = 3
};

typedef struct swiftlet_environments_options {
  uint32_t struct_size;
  // How many environments are stepped together, from 1.
  int32_t count;
  // On how many threads, the caller's included, from 1 to 1024; 0 stands for 1.
  int32_t threads;
  // SWIFTLET_NEXT_STEP, SWIFTLET_SAME_STEP or SWIFTLET_AUTORESET_DISABLED.
  int32_t autoreset;
} swiftlet_environments_options;

// The shape of a batch. Rows are agents: there are environment_count * agent_count of them.
typedef struct swiftlet_layout {
  uint32_t struct_size;
  int32_t environment_count;
  // How many agents, which are drones, each environment has.
  int32_t agent_count;
  // How many numbers each agent observes.
  int32_t observation_count;
  // How many numbers an action has.
  int32_t action_count;
  // How many kinds of images each agent sees; 0 without a camera.
  int32_t image_count;
} swiftlet_layout;

// What one kind of image is. An image has height * width * channel_count numbers, row by row from the
// upper left, pixel by pixel, channel by channel.
typedef struct swiftlet_image_space {
  uint32_t struct_size;
  int32_t height;
  int32_t width;
  int32_t channel_count;
  // How many bytes a number has: 1 for an unsigned integer, 4 for a float.
  int32_t element_size;
  // The largest number; the smallest is 0.
  float high;
} swiftlet_image_space;

// The buffers of a reset or a step. Those marked "or NULL" may be left out.
typedef struct swiftlet_step_buffers {
  uint32_t struct_size;
  // What each agent does: rows * action_count numbers from -1 to 1, brought to the bound beyond it.
  // They are read, and have to be finite. A reset does not read them.
  const float *actions;
  // What each agent sees after the call: rows * observation_count numbers.
  float *observations;
  // What each agent gained by the step, one number a row, as are all that follow but for images.
  float *rewards;
  // Whether each agent's episode ended in the step by the rules of its task.
  bool *terminations;
  // Whether each agent's episode was cut off in the step from outside.
  bool *truncations;
  // Whether each agent took part in the step, or NULL: agents that left before do not, and none does in
  // a step that only begins an episode.
  bool *participations;
  // What each agent saw last where an episode ended and the next began in the same step, or NULL:
  // rows * observation_count numbers, 0 elsewhere.
  float *final_observations;
  // The sum of the rewards of each agent's episode until and with the step, or NULL. It stays as it is when
  // the episode has ended, until the agent plays again.
  float *episode_returns;
  // The number of the steps of that episode, or NULL.
  int32_t *episode_lengths;
  // SWIFTLET_RUNNING, or how the agent's episode ended in the step, or NULL.
  uint8_t *episode_endings;
  // One buffer for each kind of image, of one image a row: what each agent sees after the call. NULL
  // without a camera. Images of a camera that takes fewer frames than there are steps stay between two
  // frames, so that it should be the same buffers in each call.
  void *const *images;
  // The same for what agents saw last, with SWIFTLET_SAME_STEP; NULL otherwise.
  void *const *final_images;
  // Whether each agent's images were taken in this call, or NULL.
  bool *images_are_new;
} swiftlet_step_buffers;

// How drones move and what they are to do. Numbers stand component by component, and row by row within a
// component: component c of row i is number c * row_count + i. Buffers that are NULL are left out.
typedef struct swiftlet_states {
  uint32_t struct_size;
  // Where the centres of mass are: 3 components. [m]
  double *position;
  // The attitudes: 4 components.
  double *attitude;
  // The velocities of the centres of mass, in the world: 3 components. [m/s]
  double *velocity;
  // The angular velocities, along the body's axes: 3 components. [rad/s]
  double *body_rates;
  // The speeds at which the rotors turned over the last physics step: 4 components. [rpm]
  double *rotor_speeds;
  // How many points of each drone touched something at once, at most, since the last action. [-]
  int32_t *contacts;
  // The time since the start of the episode, or of the world. [s]
  double *time;
  // Where the drones should be, as the task says: 3 components. [m] Of environments alone.
  double *goal_position;
  // At which velocity they should be there: 3 components. [m/s] Of environments alone.
  double *goal_velocity;
  // Which way they should look. [rad] Of environments alone.
  double *goal_yaw;
} swiftlet_states;

// Creates environments, to be reset before their first step.
//
// `task` is the name of a task (see swiftlet_catalogue), or of a file with a task that ends with .yaml or
// .json; `settings` a JSON object of what is to be otherwise than the task has it, by the keys of such
// files (Documentation/Tasks.md), or NULL.
swiftlet_status swiftlet_environments_create(
    const char *task, const char *settings, const swiftlet_environments_options *options,
    swiftlet_handle *environments);

// The shape of the environments' batches; struct_size is to be set before the call.
swiftlet_status swiftlet_environments_layout(
    swiftlet_handle environments, swiftlet_layout *layout);

// The bounds of observations (observation_count numbers each) and of actions (action_count numbers each).
// Each of them may be NULL.
swiftlet_status swiftlet_environments_bounds(
    swiftlet_handle environments, float *observation_low, float *observation_high,
    float *action_low, float *action_high);

// What the images of one kind are, counted from 0; struct_size is to be set before the call.
swiftlet_status swiftlet_environments_image_space(
    swiftlet_handle environments, int32_t image, swiftlet_image_space *space);

// All about the task that is played, as JSON: what it is about, its drones, rates and time limit, and the
// parts of observations and actions with their first column and number of columns.
swiftlet_status swiftlet_environments_description(
    swiftlet_handle environments, char *text, size_t capacity, size_t *length);

// Begins an episode in all environments, or in some.
//
// `seeds` has one seed for each environment of the batch; NULL to go on with random numbers from where
// they are. `mask` says which environments begin, one truth value each; NULL for all. Rows of the
// environments that begin are overwritten: observations with the first ones, everything else with 0 and
// false. Those of others stay.
swiftlet_status swiftlet_environments_reset(
    swiftlet_handle environments, const uint64_t *seeds, const bool *mask,
    const swiftlet_step_buffers *buffers);

// Advances every environment by one step.
swiftlet_status swiftlet_environments_step(
    swiftlet_handle environments, const swiftlet_step_buffers *buffers);

// The first half of a step whose rewards and endings the caller judges: drones fly, and the rewards,
// terminations and truncations of the task are written, with how drones moved then into `states`, which
// may be NULL.
//
// The caller may overwrite rewards, terminations and truncations, and calls swiftlet_environments_step_end,
// before which all else is refused. A reward that is not finite cuts off the agent's episode. Until then
// the buffers have to stay where they are.
swiftlet_status swiftlet_environments_step_begin(
    swiftlet_handle environments, const swiftlet_step_buffers *buffers,
    const swiftlet_states *states);

// The second half of a step: episodes end and begin, and observations are written, in the buffers with
// which it began; `states`, which may be NULL, are those of after that.
swiftlet_status swiftlet_environments_step_end(
    swiftlet_handle environments, const swiftlet_states *states);

// Writes how drones move now.
swiftlet_status swiftlet_environments_read_states(
    swiftlet_handle environments, const swiftlet_states *states);

// Draws an environment from outside, following its drones: height * width pixels of red, green and blue,
// row by row from the upper left.
swiftlet_status swiftlet_environments_render(
    swiftlet_handle environments, int32_t environment, int32_t width, int32_t height,
    uint8_t *pixels);

// Keeps all that the future of the environments depends on, in a handle of its own; taking it changes
// nothing. It may be restored as often as wanted, into these environments or others that were made alike.
swiftlet_status swiftlet_environments_snapshot(
    swiftlet_handle environments, swiftlet_handle *snapshot);

// Writes a snapshot down as text, for another process or another day.
swiftlet_status swiftlet_environments_snapshot_encode(
    swiftlet_handle snapshot, char *text, size_t capacity, size_t *length);

// Reads a snapshot of environments made like these from a text.
swiftlet_status swiftlet_environments_snapshot_decode(
    swiftlet_handle environments, const char *text, swiftlet_handle *snapshot);

// Goes back to a snapshot. Episodes' returns and lengths go back too.
swiftlet_status swiftlet_environments_restore(
    swiftlet_handle environments, swiftlet_handle snapshot);

// Records the episodes of one environment from its next reset on, each in the place of the one before, or
// none where `environment` is -1. For environments that do not reset by themselves.
swiftlet_status swiftlet_environments_record(
    swiftlet_handle environments, int32_t environment);

// Writes the episode that is recorded, so far, into a new folder: trajectory.csv and metadata.json, and, if
// `pictures` is true, plots.svg and replay.html.
swiftlet_status swiftlet_environments_write_episode(
    swiftlet_handle environments, const char *folder, bool pictures);

#ifdef __cplusplus
}
#endif

#endif
