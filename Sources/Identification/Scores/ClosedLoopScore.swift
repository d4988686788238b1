import Drone
import FlightLogs
import SpatialMath

/// How flights flown again under the firmware's law compare with the real ones.
package struct ClosedLoopScore: Sendable {
  /// One flight.
  package struct Flight: Sendable, Encodable {
    /// The log's name.
    package var log: String
    /// Whether it came to the end; the rest is of what was flown.
    package var isWhole: Bool
    /// The root mean square distance from the setpoint over that of the real flight. [–]
    package var ratio: Double
    /// The root mean square distance from the real path over the real one's from the setpoint. [–]
    package var shape: Double
    /// The standard deviations of body rates over those of the real flight. [–]
    package var agitation: [Double]
  }

  /// The flights.
  package private(set) var flights: [Flight] = []

  /// No flights yet.
  package init() {}

  /// Takes the flights of another score in.
  package mutating func add(_ other: ClosedLoopScore) { flights += other.flights }

  /// How many were lost. [–]
  package var lost: Int { flights.count { !$0.isWhole } }
  /// The flights that came to the end.
  private var whole: [Flight] { flights.filter(\.isWhole) }
  /// The median of the ratios of tracking errors. [–]
  package var ratio: Double { median(whole.map(\.ratio)) }
  /// The median of the shapes. [–]
  package var shape: Double { median(whole.map(\.shape)) }
  /// The medians of the agitations about each axis. [–]
  package var agitation: [Double] {
    (0..<3).map { axis in median(whole.map { $0.agitation[axis] }) }
  }

  /// How many flights track as well as the real one but for a share. [–]
  package func count(within share: Double) -> Int {
    whole.count { abs($0.ratio - 1) <= share }
  }

  /// The score of a flight.
  init(_ flight: ClosedLoopFlight) {
    let motion = flight.motion
    let setpoints = motion.log.setpoints ?? []
    let rows = 0..<flight.states.count
    guard rows.count > 1 else {
      flights = [
        Flight(
          log: motion.log.name, isWhole: false, ratio: .nan, shape: .nan,
          agitation: [.nan, .nan, .nan])
      ]
      return
    }
    func root(_ distances: [Double]) -> Double {
      (distances.reduce(0) { $0 + $1 * $1 } / Double(distances.count)).squareRoot()
    }
    let real = root(rows.map { (motion.positions[$0] - setpoints[$0]).norm })
    let flown = root(rows.map { (flight.states[$0].position - setpoints[$0]).norm })
    let apart = root(rows.map { (flight.states[$0].position - motion.positions[$0]).norm })
    let components: [@Sendable (Vector<Body, Double>) -> Double] = [{ $0.x }, { $0.y }, { $0.z }]
    let agitation = components.map { component in
      deviation(rows.map { component(flight.states[$0].bodyRates) })
        / deviation(rows.map { component(motion.rates[$0]) })
    }
    flights = [
      Flight(
        log: motion.log.name, isWhole: flight.isWhole, ratio: flown / real, shape: apart / real,
        agitation: agitation)
    ]
  }
}

/// The middle number, or the mean of the two in the middle; NaN of none.
func median(_ numbers: [Double]) -> Double {
  let sorted = numbers.sorted()
  guard let last = sorted.indices.last else { return .nan }
  return (sorted[last / 2] + sorted[(last + 1) / 2]) / 2
}

/// The standard deviation.
func deviation(_ numbers: [Double]) -> Double {
  let mean = numbers.reduce(0, +) / Double(numbers.count)
  return (numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count))
    .squareRoot()
}
