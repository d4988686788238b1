public import SpatialMath

/// What drones do to each other, in one kind of lanes.
///
/// It may work out beforehand what it asks of a source, once for all receivers, and say for little where
/// nothing is felt.
@usableFromInline
package protocol PairForce<S>: Sendable {
  /// What drones stand in.
  associatedtype S: GroupLanes
  /// What is asked of a source.
  associatedtype Source: PairSource

  /// How far away along the ground some drones may be felt at most, each in its lane, by drones no lower
  /// than `height`. [m, for m]
  func reach(of sources: FlightCondition<S>, downTo height: S) -> S

  /// Works out what is asked of some drones as sources, each in its lane.
  func source(_ drones: FlightCondition<S>) -> Source

  /// Where drones at some positions may feel a source, which is the same in all lanes; where that is false
  /// nothing is added. [m]
  func mayReach(_ positions: Vector<World, S>, from source: Source) -> S.Mask

  /// The same of drones that come nearer to each other by up to some way, or differ by as much in height. [m]
  func mayReach(_ positions: Vector<World, S>, from source: Source, within way: S) -> S.Mask

  /// Whether ``mayReach(_:from:within:)`` and the reach follow from where drones are and what they are alone,
  /// not from how they fly.
  static var isByPlaceAlone: Bool { get }

  /// Adds the wrench of one source, the same in all lanes, on each of some receivers. [N, N·m]
  func add(
    to wrench: inout Wrench<Body, S>, on receivers: FlightCondition<S>,
    from source: Source)
}

/// What a ``PairForce`` asks of sources, each in its lane.
@usableFromInline
package protocol PairSource: BitwiseCopyable {
  /// What it asks of the source in one lane, in all lanes.
  func repeated(lane: Int) -> Self
}

extension PairForce {
  /// How far away along the ground any drone may be felt. [m]
  @inlinable
  func longestReach(in swarm: inout SwarmGroups<S>, downTo height: S) -> Double {
    var longest = S.zero
    unsafe swarm.withGroups { groups in
      for group in unsafe 0..<groups.count where unsafe groups.isAnyPresent(in: group) {
        let reach = unsafe reach(of: groups.condition(of: group), downTo: height)
        longest = longest.replacing(with: reach, where: longest .< reach)
      }
    }
    return longest.greatest
  }
}

/// The formula of a ``PairEffect``, which asks a source for itself, and is felt everywhere.
@frozen
@usableFromInline
struct FormulaOverPairs<Effect: PairEffect, S: GroupLanes>: PairForce {
  @usableFromInline let effect: Effect

  @inlinable init(_ effect: Effect) { self.effect = effect }

  @inlinable @inline(__always)
  func reach(of sources: FlightCondition<S>, downTo height: S) -> S {
    effect.reach(of: sources, downTo: height)
  }

  @inlinable @inline(__always)
  func source(_ drones: FlightCondition<S>) -> EffectSource<S> {
    EffectSource(drones, lane: 0)
  }

  @inlinable @inline(__always)
  func mayReach(
    _ positions: Vector<World, S>, from source: EffectSource<S>
  ) -> S.Mask { .zero .<= S.zero }

  @inlinable @inline(__always)
  func mayReach(
    _ positions: Vector<World, S>, from source: EffectSource<S>, within way: S
  ) -> S.Mask { .zero .<= S.zero }

  @inlinable @inline(__always) static var isByPlaceAlone: Bool { false }

  @inlinable @inline(__always)
  func add(
    to wrench: inout Wrench<Body, S>, on receivers: FlightCondition<S>,
    from source: EffectSource<S>
  ) { effect.add(to: &wrench, on: receivers, from: source) }
}

extension EffectSource: PairSource {
  @inlinable @inline(__always)
  package func repeated(lane: Int) -> Self { Self(drones, lane: lane) }
}
