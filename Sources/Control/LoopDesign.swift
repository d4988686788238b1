/// The numbers from which ``DerivedGains``, ``DerivedLaw`` and ``RotorDrive`` make the gains of a model.
///
/// Each is dimensionless or a bound that holds for all vehicles; what differs from vehicle to vehicle
/// comes from its model. Where a number follows from a criterion it is said; where it was chosen, the
/// table in `Documentation/Airframes.md` shows what half and twice of it do to the flights of all models.
package struct LoopDesign: Sendable, BitwiseCopyable {
  /// The numbers that controllers fly with.
  package static let standard = LoopDesign()

  // MARK: Attitude

  /// The bandwidth k of the rate loop times its delay T, that of holding a command for a period and of the
  /// rotors. [–]
  ///
  /// The rate loop is an integrator behind a delay, dx/dt = −k x(t − T): it does not overshoot up to
  /// k T = 1/e = 0.37, where its two slowest poles meet, and is stable up to π/2.
  package var rateBandwidth = 0.4
  /// The highest bandwidth of the rate loop, however fast rotors and calls are. [rad/s]
  ///
  /// Chosen: 40 rad/s is what ``rateBandwidth`` gives without lag at a period of 20 ms.
  package var highestRateBandwidth = 40.0
  /// The damping ratio ζ of the attitude loops: critical. [–]
  ///
  /// A rate gain of 2 ζ ω bounds the natural frequency ω to the bandwidth over 2 ζ.
  package var attitudeDamping = 1.0
  /// The frequency of the yaw loop as a share of that of roll and pitch. [–]
  ///
  /// Chosen: heading moves no position, and the drag of rotors gives a fraction of the torque that their
  /// thrust gives at the arm.
  package var yawShare = 0.3
  /// The error in roll or pitch at which the spring asks for all the torque that hover leaves to spare.
  /// [rad]
  ///
  /// Chosen: the largest tilt that the position loop asks for is that of ``steepestTilt``, 0.54 rad.
  package var tiltErrorAtFullTorque = 0.5
  /// The error in yaw at which the spring would ask for all the torque to spare: more than there can be.
  /// [rad]
  package var yawErrorAtFullTorque = 4.0
  /// The farthest that the body may turn about its z axis within the delay of ``rateBandwidth``; it turns no
  /// faster, however fast the heading is asked to. [rad]
  ///
  /// Roll and pitch act that much beside where they should: it comes off the phase margin of the rate loop,
  /// 90° less k T, 67°. Chosen: an eighth of that; at twice, models with slow rotors leave their place.
  package var turnWithinDelay = 0.14
  /// The least torque to count with, as a share of that of full thrust, where hover leaves none: a
  /// hundredth of each of four rotors'. [–]
  package var leastMargin = 0.0025

  // MARK: Position

  /// The natural frequency of the level position loops as a share of that of the attitude loops. [–]
  ///
  /// With ω of the critically damped attitude loop as the unit of time, the cascade has the polynomial
  /// s² (s + 1)² + 2 ζ p s + p², which by Routh's criterion is stable for p below ζ / (1 + ζ²), 0.497.
  package var positionShare = 0.45
  /// The natural frequency of the vertical position loop as a share of the rate loop's bandwidth: thrust
  /// needs no turn of the body first. [–]
  ///
  /// The loop (2 ζ p s + p²) / s² crosses over at 1.88 p, where a delay T with p T = 0.3 · 0.4 costs 13° of
  /// a phase margin of 74°.
  package var climbShare = 0.3
  /// The highest natural frequency of the position loops. [rad/s]
  ///
  /// Chosen: a metre is then flown in about a second, and noise in position asks for little tilt.
  package var highestPositionFrequency = 4.0
  /// The damping ratio ζ of the position loops. [–]
  ///
  /// A second-order loop with it overshoots by exp(−π ζ / √(1 − ζ²)), 0.2 %.
  package var positionDamping = 0.9
  /// The gain on the integral of position errors, in cubes of the loop's natural frequency ω. [–]
  ///
  /// The polynomial s³ + 2 ζ ω s² + ω² s + 0.05 ω³ is stable up to 2 ζ in its place; it has a pole near
  /// −0.05 ω, so that a steady push is learnt in 20 / ω, 5 s at 4 rad/s, and the step hardly changes.
  package var integralShare = 0.05
  /// The steepest tilt to ask for, as its tangent: 31°. [–]
  ///
  /// Chosen: thrust then rises by 17 % to carry the weight.
  package var steepestTilt = 0.6
  /// The share of the tilt at which full thrust just carries the weight that may be asked for. [–]
  ///
  /// Chosen: what is left is for climbing and for torque.
  package var tiltShare = 0.7
  /// The share of the thrust beyond the weight, up to a weight, that climbing may ask for. [–]
  ///
  /// Chosen: what is left is for torque.
  package var thrustShare = 0.8
  /// The share of the weight that sinking may leave to gravity. [–]
  ///
  /// Chosen: rotors that push with 0.4 of the weight still have torque to both sides.
  package var sinkShare = 0.6
  /// The share of the largest acceleration that the error and its integral may ask for alone; the rest is
  /// for damping. [–]
  ///
  /// A far goal is approached at the speed at which damping takes as much as the error asks for.
  package var pullShare = 0.85

  // MARK: Rotors

  /// How many times faster than by themselves rotors are made to follow, at most. [–]
  ///
  /// Chosen. At a period of 1/48 s it bounds rotors that are slower than 83 ms by themselves, and
  /// ``shortestLag`` all others.
  package var rotorSpeedUp = 8.0
  /// The shortest time constant that rotors are driven to have, in periods. [–]
  ///
  /// Within a period they then close 1 − exp(−2) = 0.86 of a gap, and never pass their target.
  package var shortestLag = 0.5
  /// How much of what rotors can give back within a period yaw may use. [–]
  ///
  /// Chosen: the other half is for roll, pitch and thrust to change meanwhile.
  package var yawRoom = 0.5
}
