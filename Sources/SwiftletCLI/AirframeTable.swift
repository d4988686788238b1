import Foundation
import Swiftlet

/// How a policy that flies any airframe does, beside control that knows what it flies: a row for each model of the
/// package, one for all strangers together, and one for each that the policy let go.
struct AirframeTable {
  let text: String

  /// Flies all of them.
  ///
  /// - Parameters:
  ///   - policy: The policy.
  ///   - count: How many strangers there are.
  /// - Throws: `TrainingError` for a policy that does not fly any airframe.
  init(_ policy: Policy, strangers count: Int) throws {
    let pilot = try PolicyController(policy)
    guard pilot.fliesAnyAirframe else {
      throw TrainingError.unfit("its policy learned to fly one model, so that it has no strangers")
    }
    let trial = AirframeTrial(frequency: pilot.actionFrequency)
    func outcomes(_ model: QuadcopterModel) throws -> [AirframeTrial.Outcome] {
      let laws = try ["pid", "geometric"].map { name in
        try ControllerCatalogue.standard[name]?.controller(
          for: model, gravity: 9.81, preset: .accurate)
      }
      let frequency = Double(pilot.actionFrequency)
      let all: [(any Controller)?] = [try pilot.flying(model, frequency: frequency)] + laws
      return try all.compactMap(\.self).flatMap { controller in
        let (holding, eight) = try trial.run(model, by: controller)
        return [holding, eight]
      }
    }
    let columns = ["policy", "pid", "geometric"].flatMap { ["\($0) holds", "eight"] }
    var table = TextTable(["model"] + columns)
    var known: [[AirframeTrial.Outcome]] = []
    for name in ModelCatalogue.standard.names {
      known.append(try outcomes(ModelCatalogue.standard.model(named: name)))
      table.append([name] + (known.last ?? []).map(\.text))
    }
    let strangers = try (0..<count).map { try outcomes(.stranger($0)) }
    for (title, rows) in [("all models", known), ("\(count) strangers", strangers)] {
      table.append([title] + columns.indices.map { column in rows.map { $0[column] }.summary })
    }
    for (number, row) in strangers.enumerated()
    where !row.prefix(2).allSatisfy(\.hasSucceeded) {
      table.append(["stranger \(number)"] + row.map(\.text))
    }
    text = """
      RMSE in cm, holding a place and following a figure of eight; † where a drone was ever farther off than
      \(Int(100 * AirframeTrial.farthest)) cm after 8 of 16 s. Of several: the median, and how many never were; below
      them the strangers that the policy let go.

      \(table.text)
      """
  }
}

extension AirframeTrial.Outcome {
  fileprivate var text: String {
    (error < 10 ? String(format: "%.1f", 100 * error) : "away") + (hasSucceeded ? "" : " †")
  }
}

extension [AirframeTrial.Outcome] {
  fileprivate var summary: String {
    let errors = map(\.error).sorted()
    return String(format: "%.1f, ", 100 * errors[count / 2])
      + "\(filter(\.hasSucceeded).count)/\(count)"
  }
}
