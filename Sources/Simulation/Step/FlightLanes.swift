public import Drone
public import SpatialMath

/// What groups of drones are computed in while they fly on their own.
@usableFromInline
package protocol FlightLanes: Lanes {
  /// How many groups stand in the lanes, one after the other.
  static var groupCount: Int { get }

  /// The numbers of one group.
  subscript(group index: Int) -> DroneLanes { get set }

  /// The lanes that these are pairs of; themselves where they are none.
  associatedtype Half: SingleFlightLanes

  /// The numbers of one half; all of them where there are none.
  subscript(half index: Int) -> Half { get set }

  /// The truth values of one half.
  static func half(_ index: Int, of mask: Mask) -> Half.Mask

  /// Adds the wrench of an effect, by what it was compiled to for these lanes.
  static func add(
    _ effect: CompiledEffect, to wrench: inout Wrench<Body, Self>,
    on drones: FlightCondition<Self>)
}

extension FlightLanes {
  /// Calls `body` for each of the groups, one call after the other: loops over so few are not always
  /// unrolled, and then go through memory.
  @inlinable @inline(__always)
  package static func forEachPart(_ body: (Int) -> Void) {
    body(0)
    if groupCount > 1 { body(1) }
    if groupCount > 2 {
      body(2)
      body(3)
    }
  }
}

/// Lanes of which two may be taken side by side.
@usableFromInline
package protocol SingleFlightLanes: FlightLanes, GroupLanes where Half == Self {
  /// Adds the wrench of an effect on the drones of two such lanes.
  static func add(
    _ effect: CompiledEffect, to wrench: inout Wrench<Body, LanePair<Self>>,
    on drones: FlightCondition<LanePair<Self>>)

  /// What a pair effect was compiled to for these lanes.
  static func sum(of effect: CompiledPairEffect) -> CompiledPairEffect.Sum<Self>
}

extension SingleFlightLanes {
  @inlinable @inline(__always)
  package subscript(half index: Int) -> Self {
    get { self }
    set { self = newValue }
  }

  @inlinable @inline(__always)
  package static func half(_ index: Int, of mask: Mask) -> Mask { mask }
}

/// Double precision: a group at a time.
extension DroneLanes: SingleFlightLanes {
  @inlinable @inline(__always) package static var groupCount: Int { 1 }

  @inlinable @inline(__always)
  package subscript(group index: Int) -> DroneLanes {
    get { self }
    set { self = newValue }
  }

  @inlinable @inline(__always)
  package static func add(
    _ effect: CompiledEffect, to wrench: inout Wrench<Body, Self>,
    on drones: FlightCondition<Self>
  ) { effect.doubles(&wrench, drones) }

  @inlinable @inline(__always)
  package static func add(
    _ effect: CompiledEffect, to wrench: inout Wrench<Body, LanePair<Self>>,
    on drones: FlightCondition<LanePair<Self>>
  ) { effect.doublePairs(&wrench, drones) }

  @inlinable
  package static func sum(of effect: CompiledPairEffect) -> CompiledPairEffect.Sum<Self> {
    effect.doubles
  }
}

/// Single precision: two groups at a time.
extension FloatLanes: SingleFlightLanes {
  @inlinable @inline(__always) package static var groupCount: Int { 2 }

  @inlinable @inline(__always)
  package subscript(group index: Int) -> DroneLanes {
    get { DroneLanes(self, isUpper: index == 1) }
    set { put(newValue, isUpper: index == 1) }
  }

  @inlinable @inline(__always)
  package static func add(
    _ effect: CompiledEffect, to wrench: inout Wrench<Body, Self>,
    on drones: FlightCondition<Self>
  ) { effect.floats(&wrench, drones) }

  @inlinable @inline(__always)
  package static func add(
    _ effect: CompiledEffect, to wrench: inout Wrench<Body, LanePair<Self>>,
    on drones: FlightCondition<LanePair<Self>>
  ) { effect.floatPairs(&wrench, drones) }

  @inlinable
  package static func sum(of effect: CompiledPairEffect) -> CompiledPairEffect.Sum<Self> {
    effect.floats
  }
}

/// Two at a time.
extension LanePair: FlightLanes where S: SingleFlightLanes {
  @inlinable @inline(__always) package static var groupCount: Int { 2 * S.groupCount }

  @inlinable @inline(__always)
  package subscript(half index: Int) -> S {
    get { index == 0 ? first : second }
    set {
      if index == 0 { first = newValue } else { second = newValue }
    }
  }

  @inlinable @inline(__always)
  package static func half(_ index: Int, of mask: Mask) -> S.Mask {
    index == 0 ? mask.first : mask.second
  }

  @inlinable @inline(__always)
  package subscript(group index: Int) -> DroneLanes {
    get { index < S.groupCount ? first[group: index] : second[group: index - S.groupCount] }
    set {
      if index < S.groupCount {
        first[group: index] = newValue
      } else {
        second[group: index - S.groupCount] = newValue
      }
    }
  }

  @inlinable @inline(__always)
  package static func add(
    _ effect: CompiledEffect, to wrench: inout Wrench<Body, Self>,
    on drones: FlightCondition<Self>
  ) { S.add(effect, to: &wrench, on: drones) }
}
