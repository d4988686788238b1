/// A ``FlightIdentification`` for programs.
package struct IdentificationReport: Encodable {
  /// A constant; numbers that are not finite are left out.
  struct Row: Encodable {
    let constant: Constant
    let summary: String
    let value, spread, byFlights, byClock: Double?
    let verdict: FlightIdentification.Verdict

    init(_ finding: FlightIdentification.Finding) {
      (constant, summary) = (finding.constant, finding.constant.summary)
      (value, spread) = (finding.value.ifFinite, finding.spread.ifFinite)
      (byFlights, byClock) = (finding.byFlights.ifFinite, finding.byClock.ifFinite)
      verdict = finding.verdict
    }
  }

  let constants: [Row]
  /// The shares of acceleration that are explained. [–]
  let explained: [String: Double]
  /// How dead time trades against the rest.
  let profile: [FlightIdentification.ProfilePoint]
  /// Whether a logged excitation was used.
  let usesExcitation: Bool
  /// What would tell more.
  let advice: [String]
  /// What pulses explain of accelerations under the model that was found, log by log, where it is wanted.
  let accelerations: [InputResponse.Series]?

  /// The report of an identification.
  package init(
    _ identification: FlightIdentification, accelerations: [InputResponse.Series]? = nil
  ) {
    constants = identification.findings.map { Row($0) }
    explained = Dictionary(
      uniqueKeysWithValues: identification.explained.filter { $0.value.isFinite }
        .map { ($0.key.rawValue, $0.value) })
    profile = identification.profile.filter {
      $0.objective.isFinite && $0.constants.values.allSatisfy(\.isFinite)
    }
    (usesExcitation, advice) = (identification.usesExcitation, identification.advice)
    self.accelerations = accelerations
  }
}
