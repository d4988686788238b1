import Foundation
import Pictures
import Recording
import TestSupport
import Testing

/// Obstacles that move, in the replay page.
extension BrowserTests {
  /// A drone before which a board rises, and a box that falls behind it, turning.
  private static let board = """
    version: 1
    name: board
    duration: 4
    world:
      obstacles:
        - box: [0.1, 2, 1]
          motion: { poses: [{ t: 0, at: [1.5, 0, -0.5] }, { t: 4, at: [1.5, 0, 1.5] }] }
        - { capsule: [0.1, 0.3], at: [0, -1, 0.3] }
        - { box: [0.2, 0.2, 0.2], at: [-0.5, 0, 1], rpy: [0.3, 0.4, 0], mass: 0.2 }
    drones: [{ at: [0, 0, 1] }]
    """

  @Test func obstaclesThatMoveAreShownWhereTheyAre() throws {
    let page = try page(Self.board, wishes: "film")
    let file = try TrajectoryTable(
      contentsOf: temporary.path + "/flight/obstacles.csv",
      required: ["t", "obstacle", "x", "y", "z", "qx", "qy", "qz", "qw"])
    var seen = 0
    for row in 0..<file.rowCount where file["t"][row].truncatingRemainder(dividingBy: 0.5) == 0 {
      try page.evaluate("swiftlet.showFrame(\(file["t"][row]), 0)")
      let body = "swiftlet.renderer.obstacles[\(Int(file["obstacle"][row]))]"
      let shown = try numbers(page, "[...\(body).at, ...\(body).attitude]")
      for (name, value) in zip(["x", "y", "z", "qx", "qy", "qz", "qw"], shown) {
        #expect(abs(file[name][row] - value) < 1e-6)
      }
      seen += 1
    }
    #expect(seen == 18)
    // Between two rows it is between two places, and none is faint.
    let z = try numbers(page, "[96, 96.5, 97].map(i => swiftlet.flight.pose(0, i / 48).at[2])")
    #expect(abs(z[1] - (z[0] + z[2]) / 2) < 1e-6 && z[0] < z[2])
    #expect(try page.evaluate("swiftlet.renderer.obstacles.some(o => o.isGhost)") as? Bool == false)
    try page.evaluate("swiftlet.showFrame(3, 0)")
    try keep(page.screenshot(), as: "moving-obstacles")
    #expect(browser.errors == [])
  }

  @Test func aDroneSeesTheObstacleThatRisesBeforeIt() throws {
    let page = try page(Self.board, wishes: "film&drone=0&onboard")
    func sky(_ time: Double) throws -> Double {
      try page.evaluate("swiftlet.showFrame(\(time), 0)")
      return try numbers(
        page,
        """
        (() => {
          swiftlet.draw(0);
          const { gl } = swiftlet.renderer, box = swiftlet.inset.box(gl.canvas), [, , w, h] = box;
          const bytes = new Uint8Array(4 * w * h);
          gl.readPixels(...box, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
          const sky = swiftlet.theme.sky.map(c => Math.round(255 * c));
          let count = 0;
          for (let i = 0; i < w * h; i++) {
            if (sky.every((c, k) => Math.abs(bytes[4 * i + k] - c) < 2)) count++;
          }
          return [count / (w * h)];
        })()
        """)[0]
    }
    // The board's upper edge is level with the camera after 2 s, and 1 m above it after 4 s.
    let (early, late) = (try sky(0), try sky(4))
    #expect(early > 0.4 && late < 0.6 * early)
    try keep(page.screenshot(), as: "moving-obstacles-onboard")
    #expect(browser.errors == [])
  }

  @Test func whereMotionsAreNotRecordedThePageSaysSo() throws {
    let run = try temporary.flight("flight", Self.board)
    try FileManager.default.removeItem(atPath: run.file("obstacles.csv"))
    try FlightPictures.write(into: run)
    let page = try browser.open(
      "file://" + run.file(FlightPictures.replayName), width: 600, height: 400)
    try page.wait(until: "window.swiftlet?.states")
    #expect(
      try page.evaluate("document.getElementById('note').textContent") as? String
        == "How obstacles moved was not recorded: they are shown, faintly, where they started.")
    let ghosts = try numbers(page, "swiftlet.renderer.obstacles.map(o => Number(o.isGhost))")
    #expect(ghosts == [1, 0, 1])
    #expect(browser.errors == [])
  }
}
