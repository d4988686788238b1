package import Foundation
import Plotting
import Recording

/// A page that plays a flight in any browser with WebGL2: one file that needs no other, and no
/// network.
package struct ReplayPage: Sendable {
  /// The page's text.
  package let html: String

  /// The page of a recorded flight.
  ///
  /// Drones are drawn from the models in the metadata; a trajectory without metadata gets a floor,
  /// no obstacles, and drones of the size of a Crazyflie.
  package init(of flight: RecordedFlight) throws(PictureError) {
    let rows: ReplayRows
    do throws(CSVError) { rows = try ReplayRows(of: flight) } catch { throw .table(error) }
    guard !rows.times.isEmpty else {
      throw .unfit(path: flight.trajectory, reason: "there are no rows to replay")
    }
    html = try ViewerTemplate.page(
      ViewerData(
        name: flight.name, indices: rows.drones, movers: rows.movers, isLive: false,
        times: base64(rows.times), rows: base64(rows.numbers), motions: base64(rows.motions)),
      metadata: flight.scenario == nil ? nil : flight.metadata)
  }

  /// The page of a flight that goes on, whose states come over a WebSocket.
  ///
  /// - Parameters:
  ///   - name: What the flight is called.
  ///   - droneCount: How many drones there are.
  ///   - movers: The obstacles that move, as places among all of the world's.
  ///   - people: The drones that people fly, and what their sticks command until they choose.
  ///   - takesPushes: Whether drones can be pushed.
  ///   - metadata: The flight's metadata, as JSON.
  /// - Throws: If the program's own files are missing.
  package init(
    live name: String, droneCount: Int, movers: [Int], people: [Int: String] = [:],
    takesPushes: Bool = true, metadata: Data
  ) throws(PictureError) {
    var data = ViewerData(
      name: name, indices: Array(0..<droneCount), movers: movers, isLive: true)
    data.people = people.sorted { $0.key < $1.key }.map { .init(drone: $0.key, mode: $0.value) }
    data.pushes = takesPushes
    html = try ViewerTemplate.page(data, metadata: metadata)
  }

  /// Writes the page to a file that appears whole or not at all.
  package func write(to path: String) throws(PictureError) {
    try writePicture(Array(html.utf8), to: path)
  }
}

/// What a page knows beside the metadata.
private struct ViewerData: Encodable {
  let name: String
  let drones: Int
  /// What the drones are called in the flight.
  let indices: [Int]
  /// Which obstacles move.
  let movers: [Int]
  let live: Bool
  /// The drones that people fly from a live page.
  var people: [Person] = []
  /// Whether drones can be pushed from it.
  var pushes = false
  let colors: [Palette.Entry]
  let times: String
  let rows: String
  let motions: String

  /// A drone that a person flies, and what the sticks command at first.
  struct Person: Encodable {
    let drone: Int
    let mode: String
  }

  init(
    name: String, indices: [Int], movers: [Int], isLive: Bool, times: String = "",
    rows: String = "", motions: String = ""
  ) {
    (self.name, self.indices, self.movers, live) = (name, indices, movers, isLive)
    (self.times, self.rows, self.motions) = (times, rows, motions)
    drones = indices.count
    colors = Palette(count: indices.count).entries
  }
}

/// The page's parts, put together.
private enum ViewerTemplate {
  private static let scripts = [
    "maths", "flight", "meshes", "shaders", "graphics", "renderer", "camera", "onboard", "graphs",
    "live", "overlay", "pilot", "controls", "viewer",
  ]

  static func page(_ data: ViewerData, metadata: Data?) throws(PictureError) -> String {
    let script = try scripts.map { name throws(PictureError) in try ViewerAsset.text(name + ".js") }
    let values = [
      "title": SafeText.html(data.name),
      "connect": data.live ? "'self'" : "'none'",
      "style": try ViewerAsset.text("viewer.css"),
      "flight": SafeText.json(data, with: metadata),
      "script": "(() => {\n'use strict';\n" + script.joined(separator: "\n") + "})();",
    ]
    // One pass: what is put in is not looked at again, whatever it holds.
    var page = ""
    var rest = Substring(try ViewerAsset.text("page.html"))
    while let opening = rest.range(of: "{{"), let closing = rest.range(of: "}}") {
      page += rest[..<opening.lowerBound]
      page += values[String(rest[opening.upperBound..<closing.lowerBound])] ?? ""
      rest = rest[closing.upperBound...]
    }
    return page + rest
  }
}

/// Numbers as the bytes that this machine keeps them in, the least significant first.
private func base64<Number: BitwiseCopyable>(_ numbers: [Number]) -> String {
  // unsafe: the bytes of an array of plain numbers are read while it lasts.
  unsafe numbers.withUnsafeBytes { bytes in
    guard let start = bytes.baseAddress else { return "" }
    return unsafe Data(bytes: start, count: bytes.count).base64EncodedString()
  }
}
