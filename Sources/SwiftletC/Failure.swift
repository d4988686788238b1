import Configuration
import CSwiftlet
import Drone
import Foundation
import Gym
import Learning
import Recording
import Scenario
import Simulation
import Synchronization
import Tasks
import Training

/// Why a call was refused: its status, and a sentence.
struct Failure: Error {
  /// The kinds of faults, as C has them.
  enum Kind: Int32 {
    case badArgument = 1
    case badHandle = 2
    case inUse = 3
    case forked = 4
    case badState = 5
    case badFile = 6
    case notFinite = 7
  }

  let kind: Kind
  let sentence: String

  init(_ kind: Kind, _ sentence: String) { (self.kind, self.sentence) = (kind, sentence) }

  /// An argument that is wrong.
  static func argument(_ sentence: String) -> Failure { Failure(.badArgument, sentence) }

  /// A pointer that is missing.
  static func null(_ name: String) -> Failure { .argument("\(name) is NULL") }

  /// What an error of the modules below is to the caller.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as GymError:
      self.init(error.isUntimely ? .badState : .badArgument, error.description)
    case let error as LearningError:
      if case .file = error {
        self.init(.badFile, "\(error)")
      } else {
        self.init(.badArgument, "\(error)")
      }
    case let error as TrainingError:
      if case .file = error {
        self.init(.badFile, "\(error)")
      } else {
        self.init(.badArgument, "\(error)")
      }
    case let error as RecordingError: self.init(.badFile, "\(error)")
    default: self.init(.badArgument, "\(error)")
    }
  }
}

extension GymError {
  /// Whether the call was right, but not now.
  fileprivate var isUntimely: Bool {
    switch self {
    case .notReset, .episodeOver, .closed: true
    default: false
    }
  }
}

/// Does what a call asks for, and says how it went.
func status(_ body: () throws -> Void) -> swiftlet_status {
  do {
    // Where the data files are missing, much could not be done without a trap.
    if let missing = DataFiles.missing { throw Failure(.badFile, missing) }
    try body()
    return swiftlet_status(SWIFTLET_OK)
  } catch {
    let failure = Failure(error)
    LastError.set(failure.sentence)
    return failure.kind.rawValue
  }
}

/// The sentence of each thread's last fault.
enum LastError {
  /// Where each thread keeps its sentence; it is freed when the thread ends.
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    // unsafe: C writes the key, and frees what `strdup` has allocated.
    let status = unsafe pthread_key_create(&key) { unsafe free($0) }
    precondition(status == 0, "there are no more keys for threads")
    return key
  }()

  static func set(_ sentence: String) {
    // unsafe: the copy is this thread's alone.
    unsafe free(pthread_getspecific(key))
    unsafe pthread_setspecific(key, unsafe strdup(sentence))
  }

  static var pointer: UnsafePointer<CChar> {
    guard let kept = unsafe pthread_getspecific(key) else { return unsafe Constants.empty }
    return unsafe UnsafePointer(kept.assumingMemoryBound(to: CChar.self))
  }
}
