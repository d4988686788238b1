package import Drone
import SpatialMath

/// What a model says of flight, as accelerations.
///
///     dω/dt = I⁻¹ (Σ rᵢ × fᵢ z ± qᵢ z − dh/dt z − ω × h z) + (c₁ u_y, −c₂ u_x, 0) − d ∘ ω
///     a = R (Σ fᵢ / m z − D ∘ u) − g z
///
/// with the velocity u along the body's axes and the rotors' momentum h. The body's own gyroscopic term, of
/// 0.1 rad/s² in these flights, is left out. The simulator is compared with the same equations in
/// `IdentifiedModelTests`.
package struct FlightEquations: Sendable {
  /// The speed that pulses tell.
  let line: SpeedByVoltage
  /// How rotors follow.
  package var lag: RotorLag<Double>
  /// How late they follow. [s]
  package var deadTime: Double
  /// What the model is.
  let rotors: PerRotor<Rotor>
  /// The moments of inertia. [kg·m²]
  let inertia: Vector<Body, Double>
  /// The mass. [kg]
  let mass: Double
  /// The rotors' angular momentum per speed. [N·m·s/rpm]
  let momentum: Double
  /// c, per speed. [1/(s·m)]
  let speedMoment: Vector<Body, Double>
  /// d. [1/s]
  let damping: Vector<Body, Double>
  /// D. [1/s]
  let drag: Vector<Body, Double>

  /// The acceleration of free fall. [m/s²]
  static let gravity = 9.81

  /// The equations of a model.
  ///
  /// - Throws: ``IdentificationError`` where its file does not say what logs need.
  package init(_ model: QuadcopterModel) throws(IdentificationError) {
    guard let line = model.speedByVoltage else {
      throw IdentificationError(
        "the model \(model.name) does not say how fast its motors turn at a voltage; expected "
          + "speed_at_zero_volt and speed_per_volt in its file")
    }
    self.line = line
    (lag, deadTime, rotors) = (model.rotorLag, model.deadTime, model.rotors)
    (inertia, mass) = (model.inertia, model.mass)
    momentum = model.rotorInertia * 2 * .pi / 60
    let (air, i) = (model.air, model.inertia)
    speedMoment = Vector(air.speedMoment.x / i.x, air.speedMoment.y / i.y, 0)
    damping = Vector(
      air.rateDamping.x / i.x, air.rateDamping.y / i.y, air.rateDamping.z / i.z)
    // Drag of turning rotors, at the speeds that carry the weight.
    let turning = 4 * model.hoverRotorSpeed(gravity: Self.gravity) * .pi / 30
    drag =
      Vector(
        air.linearDragXY + turning * air.dragXY, air.linearDragXY + turning * air.dragXY,
        air.linearDragZ + turning * air.dragZ) / model.mass
  }

  /// How fast a rotor's speed changes towards a command. [rpm/s]
  @inline(__always)
  func slope(of speed: Double, towards command: Double) -> Double {
    command > speed
      ? lag.riseRate * (command - speed) + lag.riseGain * (command * command - speed * speed)
      : lag.fallRate * (command - speed) + lag.fallGain * (command * command - speed * speed)
  }

  /// The angular acceleration of a velocity along the body's axes, of body rates, and of the rotors'
  /// momentum with them. [m/s, rad/s, N·m·s, rad/s²]
  @inline(__always)
  func response(
    velocity u: Vector<Body, Double>, rates w: Vector<Body, Double>, momentum h: Double
  ) -> Vector<Body, Double> {
    Vector(
      speedMoment.x * u.y + w.y * h / inertia.x, -(speedMoment.y * u.x) - w.x * h / inertia.y, 0)
  }
}
