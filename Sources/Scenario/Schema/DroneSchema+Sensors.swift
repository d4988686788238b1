import Configuration
import Parameters
import Simulation

extension DroneSchema {
  /// Reads the sensors of a drone, each at most once; `nil` where it has none.
  func sensors(_ map: inout MappingReader) -> [SensorSpecification]? {
    let parameters = ParameterReader(folder: schema.folder)
    return map.optional(
      "sensors", "what it measures; without an estimator among them, control knows the true state"
    ) { value in
      value.mapping { map in
        schema.catalogues.sensors.entries.compactMap { entry in
          map.optional(entry.name, entry.summary) { parameters.read(entry.factory, from: $0) }.map {
            SensorSpecification(name: entry.name, values: $0.values, sensor: $0.product)
          }
        }
      }
    }
  }
}
