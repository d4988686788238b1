import Drone
import SpatialMath

extension DroneState {
  /// Which drones neither move nor turn.
  @inline(__always)
  var isStill: S.Mask {
    let speed = velocity.x.magnitude + velocity.y.magnitude + velocity.z.magnitude
    let rate = bodyRates.x.magnitude + bodyRates.y.magnitude + bodyRates.z.magnitude
    return speed + rate .<= .zero
  }

  /// Which drones are as others are.
  @inline(__always)
  func isSame(as other: Self) -> S.Mask {
    var isSame = S.zero .<= .zero
    _ = Self(self, other) { number, other in
      isSame = isSame .& (number .<= other) .& (other .<= number)
      return number
    }
    return isSame
  }
}
