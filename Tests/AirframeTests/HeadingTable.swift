import Control
import Drone
import Parameters
import Testing

/// How places are held while headings change, by every model and every controller that holds places.
struct HeadingTable {
  static let head = """

    Headings. A drone starts 5 cm beside its place and turns there for 10 s, at 1.5 rad/s and at 3 rad/s: the
    farthest that it is away after 4 s. It turns half round at once, a second after such a start: the
    farthest from then on. It flies the circle above nose first: the RMSE. Then there is the heading's error
    in the last second, the worst of these flights. Asked for: 5 cm. No rate is too much: up to
    100 rad/s was asked for, and `pid`, `geometric` and `ctbr` turn no faster than they can while they hold
    their place.

    The law `hummingbird` has its paper's gains, which are soft and close a heading error in 10 s; it flies at
    240 Hz here, the fifth lap counting. In preset `gpd` names mean gym-pybullet-drones' own laws: its PID
    holds places too, but lags behind a heading that turns, and its `hummingbird` and `ctbr` keep heading 0.
    `velocity` has no place and no heading to hold. The laws of the Crazyflie's firmware fly at 1,000 Hz here
    and are what they are: they know no velocity and no rate of a setpoint, and lag behind both.

    | model | controller | 1.5 rad/s [cm] | 3 rad/s [cm] | half turn [cm] | nose first [cm] | heading [°] |
    | --- | --- | --- | --- | --- | --- | --- |

    """

  static func rows() throws -> [String] {
    var rows: [String] = []
    for name in UntunedTests.names {
      let model = try ModelCatalogue.standard.model(named: name)
      for controller in HeadingTests.controllers {
        rows.append(
          try HeadingFlights(model, controller: controller).row("`\(name)`", controller))
      }
    }
    for name in ["cf2p", "cf2x"] {
      let model = try ModelCatalogue.standard.model(named: name)
      let pilot = CascadedPID(model: model, gravity: ModelFlight.gravity)
      rows.append(
        try HeadingFlights(ModelFlight(model: model), by: pilot)
          .row("`\(name)`", "pid of preset gpd"))
    }
    let model = try ModelCatalogue.standard.model(named: "hummingbird")
    let pilot = try TurningHummingbirdPID(model: model, gravity: ModelFlight.gravity)
    rows.append(
      try HeadingFlights(ModelFlight(model: model, period: 1 / 240), by: pilot, laps: 5)
        .row("`hummingbird`", "hummingbird"))
    rows += try firmwareRows()
    for controller in HeadingTests.controllers {
      let flights = try UntunedTests.seeds.map { seed in
        try HeadingFlights(
          QuadcopterModel(urdf: randomURDF(seed: seed), named: "stranger"), controller: controller)
      }
      var worst = flights[0]
      for flight in flights { worst.takeTheWorst(of: flight) }
      rows.append(worst.row("worst of \(flights.count) strangers", controller))
    }
    return rows
  }

  private static func firmwareRows() throws -> [String] {
    let model = try ModelCatalogue.standard.model(named: "cf2x_arpl")
    return try ["crazyflie-pid", "crazyflie-mellinger"].map { controller in
      let entry = try #require(ControllerCatalogue.standard[controller])
      let pilot = try entry.controller(
        for: model, gravity: ModelFlight.gravity, preset: .accurate)
      return try HeadingFlights(ModelFlight(model: model, period: 1e-3), by: pilot)
        .row("`\(model.name)`", controller)
    }
  }
}
