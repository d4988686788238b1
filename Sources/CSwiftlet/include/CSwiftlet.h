// Swiftlet for programs in C, and through C for all other languages.
//
// Link with libswiftlet.so.
//
// Calls. Every function that can fail returns SWIFTLET_OK, or a status that says of what kind the fault
// is; swiftlet_last_error() then has a sentence that says what was wrong and what was expected. A call that
// fails has changed nothing. No call ends the program: null pointers, wrong sizes, numbers that are not
// finite and closed handles are faults like any other. What cannot be checked is the length of the
// caller's buffers: they have at least as many elements as the comments here say.
//
// Handles. Whatever is created is a handle: a number other than 0, closed with swiftlet_close. A handle
// that is closed, or was never one, is a fault (SWIFTLET_BAD_HANDLE).
//
// Threads. Different handles may be used in different threads at the same time. One handle that is used in
// two at once is a fault in the second (SWIFTLET_IN_USE), and not a race. Calls on several threads of
// Swiftlet's own give the same numbers as calls on one.
//
// Processes. After fork(), a handle from before is a fault in the child (SWIFTLET_FORKED), since its
// threads are not there; the child creates its own. Memory of the parent's handles is not freed in the
// child.
//
// Buffers are flat, contiguous, and the caller's: Swiftlet reads and writes them in place during a call and
// keeps no pointer after it, but for those that swiftlet_environments_step_begin names. Rows are drones:
// those of the first environment (or world), then those of the second, and so on.
//
// Texts are UTF-8 and end with a null character. Texts that are returned go into a buffer of the caller's
// of `capacity` bytes, cut off where it is too small; `*length` is the length of the whole, without the
// null character. With a capacity of 0 the buffer may be NULL: so a first call asks for the length.
//
// Structs begin with their size, as sizeof gives it, so that later versions can add to their ends.
//
// Units are SI; rotor speeds are in revolutions per minute. Frames: the world's z axis points up; a
// drone's x axis points ahead, y to the left, z up. Quaternions are x, y, z, w and turn body axes into
// world axes.

#ifndef SWIFTLET_H
#define SWIFTLET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  // Which version of this interface the header describes: it is raised when something changes that
  // programs rely on, and not when something is added.
  SWIFTLET_ABI_VERSION = 1
};

// How a call went.
typedef int32_t swiftlet_status;
enum {
  // Done.
  SWIFTLET_OK = 0,
  // An argument is wrong: null, out of range, not finite, or a text that says something impossible.
  SWIFTLET_BAD_ARGUMENT = 1,
  // The handle is closed, was never one, or is of another kind.
  SWIFTLET_BAD_HANDLE = 2,
  // The handle is being used in another thread.
  SWIFTLET_IN_USE = 3,
  // The handle was created by the parent of this process, before fork().
  SWIFTLET_FORKED = 4,
  // The call does not come at its time, such as a step before the first reset.
  SWIFTLET_BAD_STATE = 5,
  // A file cannot be read or written.
  SWIFTLET_BAD_FILE = 6,
  // A number of the simulation became infinite or not a number.
  SWIFTLET_NOT_FINITE = 7
};

// What was created. 0 is none.
typedef uint64_t swiftlet_handle;

// Which version of the interface the library has: that of the header, or they do not fit.
uint32_t swiftlet_abi_version(void);

// The version of Swiftlet, such as "0.1.0". It stays valid.
const char *swiftlet_version(void);

// The file of the library, as the system has loaded it, or NULL where the system does not say. The data
// files that come with Swiftlet are looked for where the environment variable SWIFTLET_ASSETS says, in
// swiftlet_SwiftletAssets.resources beside that file, and in ../share/swiftlet.
const char *swiftlet_library_file(void);

// What was wrong with the last call in this thread that failed, in a sentence, or "" if none did. It stays
// valid until another call fails in this thread.
const char *swiftlet_last_error(void);

// Closes a handle and frees what it holds. A handle that is closed already, and 0, are fine. A handle that
// another thread is using is closed at once, and freed when that thread is done.
swiftlet_status swiftlet_close(swiftlet_handle handle);

// The names of one kind of thing that come with Swiftlet, with a summary each, as JSON:
// [{"name": "hover", "summary": "fly to a point ..."}, ...].
//
// `kind` is "tasks", "models", "effects", "controllers", "references", "sensors" or "policies".
swiftlet_status swiftlet_catalogue(
    const char *kind, char *text, size_t capacity, size_t *length);

// Splits a seed into one for each environment, as Swiftlet's own programs do.
swiftlet_status swiftlet_split_seed(uint64_t seed, int32_t count, uint64_t *seeds);

#ifdef __cplusplus
}
#endif

#include "CSwiftletEnvironments.h"
#include "CSwiftletFlight.h"
#include "CSwiftletIdentification.h"
#include "CSwiftletLaws.h"
#include "CSwiftletLearning.h"
#include "CSwiftletSimulation.h"

#endif
