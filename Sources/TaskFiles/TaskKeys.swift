import Configuration
import Control
import Drone
import Foundation
import Parameters
import SpatialMath
import Tasks

/// The keys that every task has, in the order in which they are read.
struct TaskKeys {
  /// What names stand for.
  let catalogues: Catalogues
  /// The folder that relative paths start from.
  let folder: URL

  var fields: [Field<TaskDraft>] {
    [
      model,
      Field(
        .number("friction", "Coulomb's coefficient of the drones' surface", in: .atLeast(0)),
        \.setup.model.friction),
      Field(
        .number(
          "restitution", "the share of the closing speed that a contact gives back",
          in: .within(0...1)), \.setup.model.restitution),
      Field("rates", "how often things happen", Self.rates),
      Field(
        .number(
          "time_limit", "how long an episode lasts", unit: "s", in: .positive(upTo: 1e6)),
        \.setup.timeLimit),
      physics, wind,
      Field(
        "world", "what there is apart from drones",
        [Field(.boolean("floor", "whether there is a floor at z = 0"), \.setup.floor), obstacles]
          + drawnWorlds),
      Field(
        .choice("action", "what the numbers of an action mean", among: ActionMode.forms),
        \.setup.actionMode),
      Field(
        .word("position_law", "by which law drones fly to places and hold velocities"),
        \.setup.positionLaw),
      Field(
        .list(
          "observation", "what a drone sees, part after part",
          of: .choice("", "", among: ObservationPart.forms), count: 0...1000),
        \.setup.observation),
      sensors,
      Field(
        .word("ended_drones", "what becomes of a drone whose episode ends before those of others"),
        \.setup.endedDrones),
      Field("noise", "white noise on what a drone sees", Self.noise),
      Field("randomisation", "what differs from episode to episode", Self.randomisation),
      camera,
    ]
  }

  private static let rates: [Field<TaskDraft>] = [
    Field(
      .integer("physics", "physics steps a second [Hz]", in: 1...100_000),
      \.setup.physicsFrequency),
    Field(
      .integer("control", "actions a second [Hz]", in: 1...100_000), \.setup.controlFrequency),
  ]

  private static let deviations = NumberRange.within(0...1e6)

  private static let noise: [Field<TaskDraft>] = [
    Field(
      .number("position", "deviation along each axis", unit: "m", in: deviations),
      \.setup.noise.position),
    Field(
      .number("velocity", "deviation along each axis", unit: "m/s", in: deviations),
      \.setup.noise.velocity),
    Field(
      .number("attitude", "deviation about each axis", unit: "rad", in: deviations),
      \.setup.noise.attitude),
    Field(
      .number("body_rates", "deviation about each axis", unit: "rad/s", in: deviations),
      \.setup.noise.bodyRates),
    Field(.number("range", "deviation of ranges", unit: "m", in: deviations), \.setup.noise.range),
  ]
}
