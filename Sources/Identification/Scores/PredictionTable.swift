package import Drone
package import FlightLogs
import SpatialMath

/// The predictions of ``OpenLoopScore``, row by row, as a CSV file.
package struct PredictionTable: Sendable {
  /// The file's text: the log, the start and the horizon, and the state that is predicted.
  package private(set) var text =
    "file,t0,h,x,y,z,qx,qy,qz,qw,vx,vy,vz,wx,wy,wz\n"

  /// The predictions of a model.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - logs: The logs; those that lack something are passed over.
  ///   - numbers: The predictor.
  /// - Throws: ``IdentificationError`` where the model does not say what logs need.
  package init(
    of model: QuadcopterModel, on logs: [FlightLog], _ numbers: ObserverNumbers
  ) throws(IdentificationError) {
    let equations = try FlightEquations(model)
    for motion in logs.compactMap({ LoggedMotion($0) }) {
      let commands = RotorCommands(
        motion.log, voltages: motion.voltages, by: equations.line, step: Predictor.step)
      let predictor = Predictor(
        motion, rotors: RotorSignals(following: commands, equations), equations, numbers)
      for start in OpenLoopScore.starts(of: motion) {
        let states = predictor.predictions(from: start, after: OpenLoopScore.horizons)
        for (horizon, state) in zip(OpenLoopScore.horizons, states) {
          let (p, v, w) = (state.position, state.velocity, state.rates)
          let q = Rotation(state.attitude)
          let numbers = [
            start, horizon, p.x, p.y, p.z, q.x, q.y, q.z, q.w, v.x, v.y, v.z, w.x, w.y, w.z,
          ]
          text += ([motion.log.name] + numbers.map { "\($0)" }).joined(separator: ",") + "\n"
        }
      }
    }
  }
}
