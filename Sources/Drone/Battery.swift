public import SpatialMath

/// The battery that drives the rotors: its voltage sags with what is drawn, now and so far, and bounds
/// the rotors' speed.
///
/// The rotors take the power P = Σ Qᵢ Ωᵢ / η. With the open-circuit voltage E, which falls in a straight
/// line from full to empty as charge is drawn, and the inner resistance R, the voltage under load is the
/// upper solution of V = E − R P / V,
///
///     V = (E + √(E² − 4 R P)) / 2,      I = P / V
///
/// (E / 2, the most that it can give, where more is asked), and no rotor turns faster than c₀ + c₁ V.
///
/// Beyond its capacity a cell does not stop: its voltage falls off a knee. In the fit of Chen and
/// Rincón-Mora (doi:10.1109/TEC.2006.874229, equation 2) that knee is −1.031 exp(−35 s) V beside
/// 3.685 V, with the state of charge s, which is 0 V in all at s = −ln(3.685 / 1.031) / 35 = −0.036. Here E
/// goes there in a straight line, and with it the fit's speed at 0 V, c₀, which no rotor has without a
/// voltage: they slow down over the last 3.6 % and do not stop dead.
@frozen @usableFromInline
package struct Battery<S: Lanes>: Sendable, BitwiseCopyable, Equatable {
  /// The charge that it holds when full. [A·s]
  @usableFromInline package var capacity: S
  /// The inner resistance R. [Ω]
  @usableFromInline package var resistance: S
  /// The open-circuit voltage when full. [V]
  @usableFromInline package var fullVoltage: S
  /// The open-circuit voltage when empty. [V]
  @usableFromInline package var emptyVoltage: S
  /// The rotor speed c₀ that the fit has at 0 V. [rpm]
  @usableFromInline package var baseSpeed: S
  /// The rotor speed per voltage c₁. [rpm/V]
  @usableFromInline package var speedPerVolt: S
  /// How much of the power reaches the air, η. [–]
  @usableFromInline package var efficiency: S

  /// A battery with these numbers. [A·s, Ω, V, V, rpm, rpm/V, –]
  @inlinable
  package init(
    capacity: S, resistance: S, fullVoltage: S, emptyVoltage: S, baseSpeed: S, speedPerVolt: S,
    efficiency: S
  ) {
    (self.capacity, self.resistance) = (capacity, resistance)
    (self.fullVoltage, self.emptyVoltage) = (fullVoltage, emptyVoltage)
    (self.baseSpeed, self.speedPerVolt) = (baseSpeed, speedPerVolt)
    self.efficiency = efficiency
  }

  /// The share of the capacity that can be drawn beyond it. [–]
  @usableFromInline static var reserve: S { S(0.036) }

  /// How much of the reserve is left: 1 until the capacity is drawn, and never quite 0, so that there is
  /// a voltage to divide by. [A·s, –]
  @inlinable @inline(__always)
  func remainingReserve(drawn: S) -> S {
    let beyond = (drawn / capacity - .one) / Self.reserve
    return .one - beyond.clamped(from: .zero, to: S(0.999))
  }

  /// The open-circuit voltage after some charge has been drawn. [A·s, V]
  @inlinable @inline(__always)
  package func openVoltage(drawn: S) -> S {
    let share = (drawn / capacity).clamped(from: .zero, to: .one)
    let open = fullVoltage + share * (emptyVoltage - fullVoltage)
    return remainingReserve(drawn: drawn) * open
  }

  /// The voltage under a load. [V]
  ///
  /// - Parameters:
  ///   - power: What the rotors take from the battery, P. [W]
  ///   - drawn: The charge drawn so far. [A·s]
  /// - Returns: The voltage. [V]
  @inlinable @inline(__always)
  package func voltage(power: S, drawn: S) -> S {
    let open = openVoltage(drawn: drawn)
    let root = (open * open - S(4) * resistance * power).raised(to: .zero).squareRoot()
    return S(0.5) * (open + root)
  }

  /// The highest speed of a rotor at a voltage. [rpm]
  @inlinable @inline(__always)
  package func highestSpeed(voltage: S, drawn: S) -> S {
    remainingReserve(drawn: drawn) * baseSpeed + speedPerVolt * voltage
  }
}

extension QuadcopterModel {
  /// The voltage of its battery under the load of the rotors; `nil` without a battery. [V]
  package func batteryVoltage(in state: DroneState<Double>) -> Double? {
    battery.map {
      $0.voltage(
        power: DroneParameters(self).power(at: state.rotorSpeeds), drawn: state.drawnCharge)
    }
  }
}

extension Battery {
  /// One that never sags nor ends, nor counts what is drawn.
  static var endless: Self {
    Self(
      capacity: S(.infinity), resistance: .zero, fullVoltage: .one, emptyVoltage: .one,
      baseSpeed: S(.infinity), speedPerVolt: .zero, efficiency: S(.infinity))
  }

  /// The battery of what `combine` makes of the numbers of two.
  @inlinable @inline(__always)
  package init<A: Lanes, B: Lanes>(
    _ a: Battery<A>, _ b: Battery<B>, combine: (A, B) -> S
  ) {
    capacity = combine(a.capacity, b.capacity)
    resistance = combine(a.resistance, b.resistance)
    fullVoltage = combine(a.fullVoltage, b.fullVoltage)
    emptyVoltage = combine(a.emptyVoltage, b.emptyVoltage)
    baseSpeed = combine(a.baseSpeed, b.baseSpeed)
    speedPerVolt = combine(a.speedPerVolt, b.speedPerVolt)
    efficiency = combine(a.efficiency, b.efficiency)
  }

  /// The battery of what `transform` makes of the numbers.
  @inlinable @inline(__always)
  package func map<T: Lanes>(_ transform: (S) -> T) -> Battery<T> {
    Battery<T>(self, self) { number, _ in transform(number) }
  }
}

extension DroneParameters {
  /// What rotors at some speeds take from the battery: P = Σ Qᵢ Ωᵢ / η. [rpm, W]
  @inlinable @inline(__always)
  package func power(at speeds: PerRotor<S>) -> S {
    let turning = speeds.zip(torqueCurves) { $0 * $1.value(at: $0) }.sum
    return S(.pi / 30) * turning / battery.efficiency
  }
}
