/// A ``ModelScore`` for programs.
package struct ScoreReport: Encodable {
  /// How many predictions were made. [–]
  let starts: Int
  /// How long after a start. [s]
  let horizons = OpenLoopScore.horizons
  /// The mean errors of the guess that velocity and body rates stay, at each horizon.
  let naive: [OpenLoopScore.Errors]
  /// Those of the model.
  let model: [OpenLoopScore.Errors]
  /// Those of the model that knows of the law that answers.
  let underControl: [OpenLoopScore.Errors]
  /// The shares of acceleration that are explained. [–]
  let response: [String: Double]
  /// Thrust over weight, by the battery's voltage.
  let hover: [HoverScore.Bin]
  /// Thrust over weight, flight by flight. [–]
  let hoverByFlight: [Double]
  /// Flights flown again; of those that cannot be told of, only that they were lost.
  let closedLoop: [ClosedLoopRow]
  /// What plots show, where it is wanted.
  let traces: ScoreTraces?

  /// A flight flown again.
  struct ClosedLoopRow: Encodable {
    let log: String
    let isWhole: Bool
    let ratio, shape: Double?
    let agitation: [Double?]

    init(_ flight: ClosedLoopScore.Flight) {
      (log, isWhole) = (flight.log, flight.isWhole)
      (ratio, shape) = (flight.ratio.ifFinite, flight.shape.ifFinite)
      agitation = flight.agitation.map(\.ifFinite)
    }
  }

  /// The report of a score.
  package init(_ score: ModelScore, traces: ScoreTraces? = nil) {
    starts = score.openLoop.starts
    (naive, model) = (score.naive.errors, score.openLoop.errors)
    underControl = score.underControl.errors
    response = score.response.shares
    (hover, hoverByFlight) = (score.hover.bins, score.hover.flights)
    closedLoop = score.closedLoop.flights.map { ClosedLoopRow($0) }
    self.traces = traces
  }
}

extension Double {
  /// The number; `nil` where JSON has none.
  var ifFinite: Double? { isFinite ? self : nil }
}
