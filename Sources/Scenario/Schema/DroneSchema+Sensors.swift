import Configuration
import Parameters
import Simulation

extension DroneSchema {
  /// Reads the sensors of a drone, each at most once.
  func sensors(_ map: inout MappingReader) -> [SensorSpecification] {
    let parameters = ParameterReader(folder: schema.folder)
    return schema.catalogues.sensors.entries.compactMap { entry in
      map.optional(entry.name) { parameters.read(entry.factory, from: $0) }.map {
        SensorSpecification(name: entry.name, values: $0.values, sensor: $0.product)
      }
    }
  }
}
