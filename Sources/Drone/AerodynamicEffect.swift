public import SpatialMath

/// Something that the air does to drones in flight.
///
/// An effect sees the whole swarm at once, in groups of four drones: effects between drones then need
/// no path of their own, and a list of effects that is chosen at run time costs one dynamic call a
/// step. Write the formula over one group; it runs for all four lanes together.
///
///     struct SideBreeze: AerodynamicEffect {
///       let force: Double  // [N], along the world's x axis
///
///       func accumulate(into wrenches: inout [Wrench<Body, DroneLanes>], on swarm: Swarm) {
///         for group in swarm.groups {
///           let push = Vector<World, DroneLanes>(.init(force), .zero, .zero)
///           wrenches[group].force += swarm.attitudes[group].inverse(push)
///         }
///       }
///     }
public protocol AerodynamicEffect: Sendable {
  /// Adds this effect's wrench on every drone to `wrenches`.
  ///
  /// - Parameters:
  ///   - wrenches: The wrench on each drone about its centre of mass, a group an element. [N, N·m]
  ///   - swarm: The drones, in the same order.
  func accumulate(into wrenches: inout [Wrench<Body, DroneLanes>], on swarm: Swarm)

  /// How far apart, along the ground, drones may be and still act on each other by this effect; 0 where
  /// they never do, as is usual. [m]
  ///
  /// Where it is above 0, ``Swarm/neighbours`` lists who is that near.
  func reachAside(in swarm: Swarm) -> Double
}

extension AerodynamicEffect {
  public func reachAside(in swarm: Swarm) -> Double { 0 }
}
