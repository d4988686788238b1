import Drone
import SpatialMath

/// What groups of drones are computed in while they fly on their own.
protocol FlightLanes: Lanes {
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
  @inline(__always)
  static func forEachPart(_ body: (Int) -> Void) {
    body(0)
    if groupCount > 1 { body(1) }
    if groupCount > 2 {
      body(2)
      body(3)
    }
  }
}

/// Lanes of which two may be taken side by side.
protocol SingleFlightLanes: FlightLanes, GroupLanes where Half == Self {
  /// Adds the wrench of an effect on the drones of two such lanes.
  static func add(
    _ effect: CompiledEffect, to wrench: inout Wrench<Body, LanePair<Self>>,
    on drones: FlightCondition<LanePair<Self>>)

  /// What a pair effect was compiled to for these lanes.
  static func sum(of effect: CompiledPairEffect) -> CompiledPairEffect.Sum<Self>
}

extension SingleFlightLanes {
  @inline(__always)
  subscript(half index: Int) -> Self {
    get { self }
    set { self = newValue }
  }

  @inline(__always)
  static func half(_ index: Int, of mask: Mask) -> Mask { mask }
}

/// Double precision: a group at a time.
extension DroneLanes: SingleFlightLanes {
  @inline(__always) static var groupCount: Int { 1 }

  @inline(__always)
  subscript(group index: Int) -> DroneLanes {
    get { self }
    set { self = newValue }
  }

  @inline(__always)
  static func add(
    _ effect: CompiledEffect, to wrench: inout Wrench<Body, Self>,
    on drones: FlightCondition<Self>
  ) { effect.doubles(&wrench, drones) }

  @inline(__always)
  static func add(
    _ effect: CompiledEffect, to wrench: inout Wrench<Body, LanePair<Self>>,
    on drones: FlightCondition<LanePair<Self>>
  ) { effect.doublePairs(&wrench, drones) }

  static func sum(of effect: CompiledPairEffect) -> CompiledPairEffect.Sum<Self> { effect.doubles }
}

/// Single precision: two groups at a time.
extension FloatLanes: SingleFlightLanes {
  @inline(__always) static var groupCount: Int { 2 }

  @inline(__always)
  subscript(group index: Int) -> DroneLanes {
    get { DroneLanes(self, isUpper: index == 1) }
    set { put(newValue, isUpper: index == 1) }
  }

  @inline(__always)
  static func add(
    _ effect: CompiledEffect, to wrench: inout Wrench<Body, Self>,
    on drones: FlightCondition<Self>
  ) { effect.floats(&wrench, drones) }

  @inline(__always)
  static func add(
    _ effect: CompiledEffect, to wrench: inout Wrench<Body, LanePair<Self>>,
    on drones: FlightCondition<LanePair<Self>>
  ) { effect.floatPairs(&wrench, drones) }

  static func sum(of effect: CompiledPairEffect) -> CompiledPairEffect.Sum<Self> { effect.floats }
}

/// Two at a time.
extension LanePair: FlightLanes where S: SingleFlightLanes {
  @inline(__always) static var groupCount: Int { 2 * S.groupCount }

  @inline(__always)
  subscript(half index: Int) -> S {
    get { index == 0 ? first : second }
    set {
      if index == 0 { first = newValue } else { second = newValue }
    }
  }

  @inline(__always)
  static func half(_ index: Int, of mask: Mask) -> S.Mask { index == 0 ? mask.first : mask.second }

  @inline(__always)
  subscript(group index: Int) -> DroneLanes {
    get { index < S.groupCount ? first[group: index] : second[group: index - S.groupCount] }
    set {
      if index < S.groupCount {
        first[group: index] = newValue
      } else {
        second[group: index - S.groupCount] = newValue
      }
    }
  }

  @inline(__always)
  static func add(
    _ effect: CompiledEffect, to wrench: inout Wrench<Body, Self>,
    on drones: FlightCondition<Self>
  ) { S.add(effect, to: &wrench, on: drones) }
}
