/// One value for each of the four rotors, in the order of the model's drawing.
@frozen
public struct PerRotor<Value> {
  // Four fields rather than an array: a step keeps them in registers.
  @usableFromInline var r0: Value
  @usableFromInline var r1: Value
  @usableFromInline var r2: Value
  @usableFromInline var r3: Value

  /// The values of rotors 0 to 3.
  @inlinable @inline(__always)
  public init(_ r0: Value, _ r1: Value, _ r2: Value, _ r3: Value) {
    (self.r0, self.r1, self.r2, self.r3) = (r0, r1, r2, r3)
  }

  /// The same value for all rotors.
  @inlinable @inline(__always)
  public init(repeating value: Value) { self.init(value, value, value, value) }

  /// The value of one rotor, 0 to 3.
  @inlinable @inline(__always)
  public subscript(rotor: Int) -> Value {
    get {
      switch rotor {
      case 0: r0
      case 1: r1
      case 2: r2
      case 3: r3
      default: preconditionFailure("a quadcopter has rotors 0 to 3, not \(rotor)")
      }
    }
    set {
      switch rotor {
      case 0: r0 = newValue
      case 1: r1 = newValue
      case 2: r2 = newValue
      case 3: r3 = newValue
      default: preconditionFailure("a quadcopter has rotors 0 to 3, not \(rotor)")
      }
    }
  }

  /// The values that `transform` makes of each rotor's.
  @inlinable @inline(__always)
  public func map<Other>(_ transform: (Value) -> Other) -> PerRotor<Other> {
    zip(self) { value, _ in transform(value) }
  }

  /// The values that `transform` makes of each rotor's and another's.
  @inlinable @inline(__always)
  public func zip<Other, Result>(
    _ other: PerRotor<Other>, _ transform: (Value, Other) -> Result
  ) -> PerRotor<Result> {
    .init(
      transform(r0, other.r0), transform(r1, other.r1), transform(r2, other.r2),
      transform(r3, other.r3))
  }

  /// The values in order.
  package var array: [Value] { [r0, r1, r2, r3] }
}

extension PerRotor: Sendable where Value: Sendable {}
extension PerRotor: Equatable where Value: Equatable {}
extension PerRotor: BitwiseCopyable where Value: BitwiseCopyable {}
