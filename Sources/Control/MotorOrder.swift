package import Drone
import SpatialMath

/// Which motor of a firmware turns which rotor of a model.
///
/// Betaflight sends its SITL motors front right, back left, front left, back right; ArduPilot numbers those of an X
/// so.
package struct MotorOrder: Sendable {
  /// The place in the packet of each rotor's motor. [–]
  package let places: PerRotor<Int>
  /// Whether all rotors turn the other way round than firmware takes for granted.
  package let isReversed: Bool

  /// The order of a model.
  ///
  /// - Parameter model: The model.
  /// - Throws: ``ControllerError`` where it is no X with one rotor in each corner.
  package init(_ model: QuadcopterModel) throws(ControllerError) {
    let rotors = model.rotors.array
    let places = rotors.map { Self.place(forwards: $0.position.x, left: $0.position.y) }
    guard Set(places) == [0, 1, 2, 3] else {
      throw ControllerError("its rotors are no X; expected one rotor in each corner")
    }
    // Seen from above, its front right and back left rotors turn against the clock.
    let agreeing = zip(rotors, places).filter { rotor, place in
      (rotor.spin == .counterclockwise) == (place < 2)
    }
    guard agreeing.isEmpty || agreeing.count == 4 else {
      throw ControllerError(
        "rotors beside each other turn the same way; expected those across to do so")
    }
    self.places = PerRotor(places[0], places[1], places[2], places[3])
    isReversed = agreeing.isEmpty
  }

  /// The place in a packet of the motor in a corner: front right, back left, front left, back right.
  private static func place(forwards x: Double, left y: Double) -> Int {
    guard x != 0, y != 0 else { return -1 }
    return x > 0 ? (y < 0 ? 0 : 2) : (y > 0 ? 1 : 3)
  }
}
