// Logs of real flights: how true a model is to them, and what they tell of a vehicle. Included by CSwiftlet.h.

#ifndef SWIFTLET_IDENTIFICATION_H
#define SWIFTLET_IDENTIFICATION_H

#include "CSwiftlet.h"

#ifdef __cplusplus
extern "C" {
#endif

// Compares a model, a name or a URDF file, with logs of real flights: CSV files, or what Crazyflies wrote to
// their SD cards.
//
// `options` is a JSON object: observer ("nanobench", "phoenix", or a JSON file with the numbers of one), voltage
// (of logs that do not say it [V]), law ("listed", "pid", "mellinger" or "none"), shaken (how often each log is
// flown again with random torque; 0 for once in calm), predictions (a CSV file to write them to) and traces
// (whether the report holds what plots show). NULL leaves all out. Documentation/Truth.md says what is compared.
swiftlet_status swiftlet_score(
    const char *model, const char *const *logs, int32_t count, const char *options,
    swiftlet_handle *report);

// Finds the constants of a vehicle from logs of its flights.
//
// `options` is a JSON object: model (of its kind, a name or a URDF file: "cf2x_L250" by default), output (a URDF
// file to write what was found to) and traces. NULL leaves all out.
swiftlet_status swiftlet_identify(
    const char *const *logs, int32_t count, const char *options, swiftlet_handle *report);

// What was found, as JSON: what `swiftlet score --json` and `swiftlet identify --json` print, and the traces.
swiftlet_status swiftlet_report_text(
    swiftlet_handle report, char *text, size_t capacity, size_t *length);

#ifdef __cplusplus
}
#endif

#endif
