import SpatialMath

extension QuadcopterModel {
  /// The place of each rotor among the four, clockwise seen from above: of an X from the front right, of a plus from
  /// the front. [–]
  package var placesOfRotors: PerRotor<Int> {
    // The angle from ahead, begun an eighth of a turn before so that what is nearly ahead comes first.
    let angles = rotors.map { rotor in
      let angle = -Double.arcTangent(y: rotor.position.y, x: rotor.position.x) + .pi / 8
      return angle < 0 ? angle + 2 * .pi : angle
    }
    return angles.map { own in angles.array.count { $0 < own } }
  }
}
