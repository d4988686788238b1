package import Drone
package import FlightLogs
import Foundation
import SpatialMath

extension FlightIdentification {
  /// The base with what was found; what was not told stays as it is there.
  ///
  /// Flights tell thrust over mass and torque over inertia only: the mass is the base's, and so is the moment
  /// of inertia about z.
  ///
  /// - Parameter base: The model that the constants are relative to.
  /// - Returns: The model.
  package func model(from base: QuadcopterModel) -> QuadcopterModel {
    var model = base
    func found(_ constant: Constant) -> Double? {
      findings.first { $0.constant == constant && $0.verdict != .untold }?.value
    }
    let thrust = found(.thrust) ?? 1
    model.inertia.x *= thrust / (found(.rollGain) ?? thrust)
    model.inertia.y *= thrust / (found(.pitchGain) ?? thrust)
    for rotor in 0..<4 {
      model.rotors[rotor].thrust = base.rotors[rotor].thrust.scaled(by: thrust)
      model.rotors[rotor].torque = base.rotors[rotor].torque.scaled(by: found(.yawTorque) ?? 1)
    }
    model.minimumRotorThrust *= thrust
    model.thrustToWeight *= thrust
    model.rotorInertia *= found(.rotorInertia) ?? 1
    // Lag and dead time were found together, and trade against each other.
    if let rise = found(.rise), let fall = found(.fall) {
      model.rotorLag = RotorLag(riseRate: rise, riseGain: 0, fallRate: 0, fallGain: 1e-4 * fall)
      let deadTime = findings.first { $0.constant == .deadTime }?.value ?? 0
      model.deadTime = 1e-3 * deadTime
    }
    if let c = found(.rollSpeedMoment) { model.air.speedMoment.x = c * model.inertia.x }
    if let c = found(.pitchSpeedMoment) { model.air.speedMoment.y = c * model.inertia.y }
    if let d = found(.rollDamping) { model.air.rateDamping.x = d * model.inertia.x }
    if let d = found(.pitchDamping) { model.air.rateDamping.y = d * model.inertia.y }
    if let drag = found(.drag) {
      (model.air.dragXY, model.air.dragZ) = (0, 0)
      (model.air.linearDragXY, model.air.linearDragZ) = (drag * model.mass, drag * model.mass)
    }
    return model
  }

  /// The text of a URDF file with what was found.
  ///
  /// - Parameters:
  ///   - base: The model that the constants are relative to.
  ///   - count: How many logs they come from.
  ///   - path: The path of the file, after which the model is named.
  /// - Returns: The text.
  /// - Throws: ``ModelError`` where a file cannot say it.
  package func urdf(
    from base: QuadcopterModel, logs count: Int, file path: String
  ) throws(ModelError) -> String {
    var model = model(from: base)
    let file = path.split(separator: "/").last ?? ""
    model.name = file.hasSuffix(".urdf") ? String(file.dropLast(5)) : String(file)
    let constants = findings.filter { $0.verdict != .untold }.map {
      String(format: "%@ %.4g ± %.2g", $0.constant.rawValue, $0.value, $0.spread)
    }
    return try model.urdf(
      comment: "From \(count) logs, beside \(base.name): \(constants.joined(separator: ", "))")
  }

  /// What the pulses of logs explain under the model that was found.
  ///
  /// - Parameters:
  ///   - logs: The logs.
  ///   - base: The model that the constants are relative to.
  /// - Returns: The response, log by log.
  /// - Throws: ``IdentificationError`` where a log does not say the battery's voltage.
  package func response(
    of logs: [FlightLog], base: QuadcopterModel
  ) throws(IdentificationError) -> InputResponse {
    let model = model(from: base)
    var response = InputResponse()
    for log in logs { response.add(try InputResponse(of: log, by: model)) }
    return response
  }

  /// What would tell the constants that are not told well, without repetitions.
  package var advice: [String] {
    var advice: [String] = []
    for finding in findings where finding.verdict != .told {
      let line = finding.constant.advice
      if !advice.contains(line) { advice.append(line) }
    }
    return advice
  }
}
