// A program outside the package that brings a model, an effect, a controller, a reference and a sensor of
// its own.
import Foundation
import Swiftlet

var catalogues = Catalogues.standard
catalogues.models.folders.append(
  Bundle.module.bundleURL.appendingPathComponent("Models", isDirectory: true))
catalogues.effects.register(
  .init(name: "thermal", summary: "a column of warm air about the origin") { _ in
    Thermal(force: 0.05, width: 1)
  })
catalogues.controllers.register(LaggingPID.entry)
catalogues.references.register(Spiral.entry)
catalogues.sensors.register(Barometer.entry)

let scenario = Bundle.module.bundleURL.appendingPathComponent("tour.yaml").path
do {
  let specification = try FlightSpecification(contentsOf: scenario, catalogues: catalogues)
  var flight = try Flight(specification, catalogues: catalogues)
  while !flight.isFinished { _ = flight.advance() }
  for (drone, statistics) in zip(specification.drones, flight.statistics) {
    print("\(drone.modelName): RMSE \(statistics.rmse ?? .nan) m")
  }
  let count = flight.readingNames.count
  for (name, reading) in zip(flight.readingNames, flight.readings.suffix(count)) {
    print("\(name) of the last drone: \(reading) m")
  }
} catch {
  print(error)
  exit(1)
}
