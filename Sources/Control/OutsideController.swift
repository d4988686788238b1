/// A controller that runs outside of this program, and may stop to answer there.
package protocol OutsideController: Controller {
  /// Why it cannot go on; the rotors are told to stand from then on.
  var failure: ControllerError? { get }
  /// Whether that is because it has begun again, and the flight may too; no by default.
  var hasBegunAgain: Bool { get }

  /// Lets go of what runs outside, once the flight is over; nothing by default.
  mutating func finish()
}

extension OutsideController {
  package var hasBegunAgain: Bool { false }
  package mutating func finish() {}
}
