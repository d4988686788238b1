import ArgumentParser
import Pictures
import Swiftlet

/// `swiftlet compare`.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Say how far two trajectories are apart.",
    discussion: """
      Prints per channel the largest and the root-mean-square difference, and exits with 1 where one \
      is beyond the tolerance.

      EXAMPLE: swiftlet compare runs/a runs/b --tolerance 1e-9
      """)

  @Argument(
    help: "One trajectory, a run folder or a CSV file.", completion: .file(extensions: ["csv"]))
  var first: String

  @Argument(help: "The other trajectory.", completion: .file(extensions: ["csv"]))
  var second: String

  @Option(parsing: .unconditional, help: "The largest difference to accept, in SI units.")
  var tolerance: Double?

  @Flag(help: "Stop at the first row of a drone that touches something.")
  var untilContact = false

  func validate() throws {
    if let tolerance, !(tolerance >= 0) {
      throw ValidationError("--tolerance \(tolerance); expected 0 or more")
    }
  }

  func run() throws {
    let paths: [String]
    do {
      paths = try [first, second].map { path throws(PictureError) in
        try RecordedFlight(at: path).trajectory
      }
    } catch { throw CommandFailure(error) }
    let comparison: TrajectoryComparison
    do {
      comparison = try TrajectoryComparison(paths[0], paths[1], untilContact: untilContact)
    } catch { throw CommandFailure.input(error.description) }
    try standardOutput(comparison.text)
    if let tolerance, comparison.exceeds(tolerance) {
      throw CommandFailure.check("a difference exceeds \(tolerance)")
    }
  }
}
