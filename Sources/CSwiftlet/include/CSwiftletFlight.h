// Flights: scenarios that are flown step by step, some drones by the caller. Included by CSwiftlet.h.

#ifndef SWIFTLET_FLIGHT_H
#define SWIFTLET_FLIGHT_H

#include "CSwiftlet.h"

#ifdef __cplusplus
extern "C" {
#endif

// Where a flight is.
typedef struct swiftlet_flight_state {
  uint32_t struct_size;
  int32_t drone_count;
  // Whether it has reached its end.
  bool is_over;
  // The time since the start, and at the end. [s]
  double time, duration;
  // The time between two commands. [s]
  double control_period;
  // How many rows are recorded so far: one a drone and instant.
  int64_t row_count;
  // How many columns a row has.
  int32_t column_count;
} swiftlet_flight_state;

// Creates a flight at its start from a scenario: from the text of one in YAML or JSON, or where `is_file` is
// true from the file of that name. `settings` are values to be put in the place of the scenario's, such as
// "drones[0].model=cf2p"; `setting_count` may be 0.
swiftlet_status swiftlet_flight_create(
    const char *scenario, bool is_file, const char *const *settings, int32_t setting_count,
    swiftlet_handle *flight);

// Has the caller fly a drone from now on, in the place of the scenario's controller.
swiftlet_status swiftlet_flight_take(swiftlet_handle flight, int32_t drone);

// Where the flight is; struct_size is to be set before the call.
swiftlet_status swiftlet_flight_where(swiftlet_handle flight, swiftlet_flight_state *state);

// Writes how all drones move now, as their sensors and estimators say where the scenario gives them some.
// Contacts are those since the last command; goals are the references, NaN where there are none.
swiftlet_status swiftlet_flight_read(swiftlet_handle flight, const swiftlet_states *states);

// Flies on to the next command, or to the end, and records the rows on the way.
//
// `rotor_speeds` has 4 numbers a drone [rpm], read for the drones that the caller flies; it may be NULL
// where there are none. SWIFTLET_NOT_FINITE says that a drone's state is not finite any more, which ends
// the flight.
swiftlet_status swiftlet_flight_advance(swiftlet_handle flight, const double *rotor_speeds);

// The names of the columns of a row, as a JSON list: those of a trajectory file.
swiftlet_status swiftlet_flight_columns(
    swiftlet_handle flight, char *text, size_t capacity, size_t *length);

// Copies the rows of the recording from `first` on, `count` of them: column_count numbers each, NaN for
// what is empty.
swiftlet_status swiftlet_flight_rows(
    swiftlet_handle flight, int64_t first, int64_t count, double *numbers);

// How each drone has followed its reference, as JSON.
swiftlet_status swiftlet_flight_summary(
    swiftlet_handle flight, char *text, size_t capacity, size_t *length);

// Writes the recording so far into a new folder: trajectory.csv and metadata.json, obstacles.csv where obstacles
// move, and, if `pictures` is true, plots.svg and replay.html.
swiftlet_status swiftlet_flight_write(
    swiftlet_handle flight, const char *folder, bool pictures);

#ifdef __cplusplus
}
#endif

#endif
