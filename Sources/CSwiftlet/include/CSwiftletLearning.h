// Learning: policies, and training runs that make them. Included by CSwiftlet.h.

#ifndef SWIFTLET_LEARNING_H
#define SWIFTLET_LEARNING_H

#include "CSwiftlet.h"

#ifdef __cplusplus
extern "C" {
#endif

// Reads a policy: a file, the folder of a training run, whose best policy counts, or the name of one that
// comes with Swiftlet.
swiftlet_status swiftlet_policy_load(const char *name, swiftlet_handle *policy);

// All about a policy, as JSON: how many numbers it observes and gives, how many networks it has, and what its
// file says of the task and the training.
swiftlet_status swiftlet_policy_description(
    swiftlet_handle policy, char *text, size_t capacity, size_t *length);

// Writes the likeliest action of each row of observations. A policy of several networks, one a drone of
// its task, takes a multiple of as many rows.
swiftlet_status swiftlet_policy_act(
    swiftlet_handle policy, const float *observations, int32_t rows, float *actions);

// Writes a policy to a file: as safetensors, or as ONNX where its name ends with .onnx, or as a header of C99
// where it ends with .h; a header says in its first lines what it holds.
swiftlet_status swiftlet_policy_write(swiftlet_handle policy, const char *path);

// Writes a policy as ONNX or as a header of C99, by the ending of the file's name, and says as JSON what was
// written: path, format, and of a header what evaluating it takes ("cost": constantBytes, stackBytes,
// multiplyAdds, tanhs) and what weights of 8 bits change ("rounding": largest and rootMeanSquare, of -1 to 1, over
// observationCount observations of its own flights).
//
// `options` is a JSON object: "network" (a number; of a policy that has one for each drone, it has to be said),
// "weights" ("float" or "int8", of a header), "name" (what all names in a header begin with; by default that of
// the file). NULL leaves all out.
swiftlet_status swiftlet_policy_export(
    swiftlet_handle policy, const char *path, const char *options, char *text, size_t capacity,
    size_t *length);

// Is told how far a training run has come, as JSON, and answers whether to go on. The text is valid until
// it returns.
typedef bool (*swiftlet_progress)(const char *progress, void *context);

// Learns a task, into a new folder, until its target is reached or all steps are played.
//
// `options` is a JSON object: settings (of the task, an object), algorithm ("ppo" or "mappo"), seed, steps,
// target, environments, survival_bonus, and hyperparameters by their names; what is left out is what suits the task. NULL leaves
// all out. With `resumes`, a run that was stopped goes on in its folder, and of the options steps and target
// alone may be given. `threads` is 0 for as many as the machine has processors. `progress` is called after
// each iteration, on the calling thread; it may be NULL. The summary is written as JSON, "null" where the
// run was stopped.
swiftlet_status swiftlet_train(
    const char *task, const char *options, const char *folder, bool resumes, int32_t threads,
    swiftlet_progress progress, void *context, char *text, size_t capacity, size_t *length);

#ifdef __cplusplus
}
#endif

#endif
