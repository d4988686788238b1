// A program outside the package that brings a model, an effect, a controller and a reference of its own.
import Foundation
import Swiftlet

var catalogues = Catalogues.standard
catalogues.models.folders.append(
  Bundle.module.bundleURL.appendingPathComponent("Models", isDirectory: true))
catalogues.effects.register(
  .init(name: "thermal", summary: "a column of warm air about the origin") { _ in
    Thermal(force: 0.05, width: 1)
  })
catalogues.controllers.register(
  .init(name: "patient", summary: "the PID behind a smoothed setpoint") {
    (model, gravity) throws(ControllerError) in
    try Patient(model: model, gravity: gravity)
  })
catalogues.references.register(
  .init(
    name: "spiral", summary: "a level spiral outwards",
    numbers: ["radius": 0.5, "growth": 0.02, "period": 8]
  ) { numbers, start in
    Spiral(
      center: start, radius: numbers["radius", default: 0], growth: numbers["growth", default: 0],
      period: numbers["period", default: 1])
  })

let scenario = Bundle.module.bundleURL.appendingPathComponent("tour.yaml").path
do {
  let specification = try FlightSpecification(contentsOf: scenario, catalogues: catalogues)
  var flight = try Flight(specification, catalogues: catalogues)
  while !flight.isFinished { _ = flight.advance() }
  for (drone, statistics) in zip(specification.drones, flight.statistics) {
    print("\(drone.modelName): RMSE \(statistics.rmse ?? .nan) m")
  }
} catch {
  print(error)
  exit(1)
}
