import Configuration
import Drone
import Foundation
import Geometry
import Parameters
import Simulation
import SpatialMath
import Tasks
import Worlds

extension TaskKeys {
  /// The model of the drones.
  var model: Field<TaskDraft> {
    Field(
      "model", "what every drone is",
      expected: "the name of a model, a URDF file, or the name and urdf (the text) of one",
      read: { draft, value, _ in
        let found: (model: QuadcopterModel, written: WrittenModel)?
        if value.isMapping {
          found = value.writtenModel()
        } else {
          found = value.model(
            among: NamedModels(catalogues.models, in: folder, packages: [])
          ).map {
            ($0.model, WrittenModel($0.model, from: $0.name, in: folder))
          }
        }
        guard let found, found.written != draft.model else { return }
        (draft.setup.model, draft.model) = found
      }, write: { $0.model })
  }

  /// How drones move.
  var physics: Field<TaskDraft> {
    Field(
      "physics", "how drones move", expected: "keys and values",
      read: { draft, value, _ in
        value.mapping { map in
          let new = map.physics(catalogues.effects, default: draft.physics)
          let precision = map.word("precision", default: draft.setup.physics.precision)
          if new != draft.physics, let made = new.physics(catalogues.effects) {
            draft.setup.physics = made
            draft.physics = new
          }
          draft.setup.physics.precision = precision
        }
      },
      write: { draft in
        EncodedFields([
          ("preset", draft.physics.preset.rawValue),
          ("dynamics", draft.physics.dynamics.rawValue), ("gravity", draft.physics.gravity),
          ("effects", draft.physics.effects),
          ("precision", draft.setup.physics.precision.rawValue),
        ])
      })
  }

  /// How the air moves.
  var wind: Field<TaskDraft> {
    Field(
      "wind", "how the air moves", expected: "keys and values",
      read: { draft, value, _ in
        draft.setup.wind = value.mapping { $0.wind(default: draft.setup.wind) }
      }, write: { $0.setup.wind })
  }

  /// What else there is to touch.
  var obstacles: Field<TaskDraft> {
    let schema = worldSchema
    return Field(
      "obstacles",
      "what there is to touch beside the floor and what belongs to the task; without mass",
      expected: "a list of obstacles",
      read: { draft, value, _ in
        let bodies = value.list { body in body.mapping { schema.obstacle(&$0) } } ?? []
        let new = bodies.compactMap(\.self)
        if Self.encoded(new) != Self.encoded(draft.obstacles) { draft.obstacles = new }
      }, write: { $0.obstacles.map(EncodedBody.init) })
  }

  /// What can be drawn by a seed; it is written as the obstacles that it is.
  var drawnWorlds: [Field<TaskDraft>] {
    let schema = worldSchema
    return catalogues.worlds.entries.map { entry in
      Field(
        entry.name, entry.summary, expected: "keys and values",
        read: { draft, value, _ in
          draft.obstacles += schema.drawn(entry, from: value)?.obstacles(clearOf: []) ?? []
        }, write: { _ in nil })
    }
  }

  private var worldSchema: WorldSchema {
    WorldSchema(folder: folder, packages: [], worlds: catalogues.worlds)
  }

  private static func encoded(_ bodies: [RigidBody]) -> Data? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try? encoder.encode(bodies.map(EncodedBody.init))
  }

  /// Whose readings a drone sees.
  var sensors: Field<TaskDraft> {
    Field(
      "sensors", "whose readings follow in what a drone sees",
      expected: "a list of sensors, each with a scale",
      read: { draft, value, reader in
        let found = value.list(count: 0...100) { sensor in
          sensor.mapping { self.sensor(&$0, reader) }
        }
        let new = (found ?? []).compactMap(\.self)
        guard new.compactMap(\.written) != draft.setup.sensors.compactMap(\.written) else { return }
        draft.setup.sensors = new
      },
      write: { draft in
        let written = draft.setup.sensors.compactMap(\.written)
        return written.count == draft.setup.sensors.count ? written : nil
      })
  }

  private func sensor(_ map: inout MappingReader, _ reader: ParameterReader) -> ObservedSensor? {
    let choices = catalogues.sensors.entries.map { entry in
      Choice(entry.name) { value in reader.read(entry.factory, from: value).map { (entry.name, $0) }
      }
    }
    let found = map.choice(among: choices)
    let scale = map.number("scale", default: 1, in: .positive(upTo: 1e6))
    guard let (name, made) = found else { return nil }
    return ObservedSensor(name, made.product, values: made.values, scale: scale)
  }
}
