import Foundation
import Pictures
import Plotting
import Recording
import TestSupport
import Testing

/// The replay page in a real browser.
///
/// Screenshots are kept in the folder that the environment variable SWIFTLET_SCREENSHOTS names.
@Suite(
  .serialized, .offTheSharedThreads,
  .enabled(if: Browser.isInstalled, "NO CHROMIUM: the page was not tested"))
struct BrowserTests {
  let temporary: TemporaryFolder
  let browser: Browser

  init() throws {
    temporary = try TemporaryFolder()
    browser = try Browser()
  }

  func page(
    _ scenario: String, wishes: String = "", width: Int = 1000, height: Int = 640,
    isDark: Bool = false
  ) throws -> Page {
    let folder = try temporary.flight("flight", scenario)
    let page = try browser.open(
      "file://" + folder.file(FlightPictures.replayName) + "#" + wishes, width: width,
      height: height, isDark: isDark)
    try page.wait(until: "window.swiftlet?.states")
    return page
  }

  func keep(_ picture: [UInt8], as name: String) throws {
    guard let folder = ProcessInfo.processInfo.environment["SWIFTLET_SCREENSHOTS"] else { return }
    try Data(picture).write(to: URL(fileURLWithPath: "\(folder)/\(name).png"))
  }

  /// How many colours there are in the picture, and a number that differs where the picture does.
  private static let look = """
    (() => {
      swiftlet.draw(0);
      const { gl } = swiftlet.renderer, [w, h] = [gl.drawingBufferWidth, gl.drawingBufferHeight];
      const bytes = new Uint8Array(4 * w * h);
      gl.readPixels(0, 0, w, h, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
      const pixels = new Uint32Array(bytes.buffer);
      return [new Set(pixels).size, pixels.reduce((sum, p) => (Math.imul(sum, 31) + p) | 0, 7)];
    })()
    """

  private func look(_ page: Page) throws -> (colors: Double, mark: Double) {
    let numbers = try #require(try page.evaluate(Self.look) as? [Double])
    return (numbers[0], numbers[1])
  }

  func numbers(_ page: Page, _ expression: String) throws -> [Double] {
    try #require(try page.evaluate("Array.from(\(expression))") as? [Double])
  }

  @Test(arguments: [false, true])
  func scrubbingMovesTheDronesToWhereTheRecordingHasThem(isDark: Bool) throws {
    let page = try page(Scenarios.pair, isDark: isDark)
    try page.evaluate("swiftlet.isPlaying && swiftlet.togglePlaying()")
    let rows = try TrajectoryFile(
      contentsOf: temporary.path + "/flight/trajectory.csv", required: ["x", "y", "z"])
    var marks: Set<Double> = []
    for time in [0.0, 1.5, 3.25] {
      try page.evaluate("swiftlet.seek(\(time))")
      let (colors, mark) = try look(page)
      #expect(colors > 200, "the canvas is blank")
      marks.insert(mark)
      for drone in 0..<2 {
        let row = try #require(rows.times(ofDrone: drone).firstIndex { abs($0 - time) < 1e-9 })
        let shown = try numbers(page, "swiftlet.states[\(drone)].position")
        for (axis, value) in zip(["x", "y", "z"], shown) {
          #expect(abs(rows.values(axis, ofDrone: drone)[row] - value) < 1e-6)
        }
      }
      try keep(page.screenshot(), as: "replay-\(isDark ? "dark" : "light")-\(time)")
    }
    #expect(marks.count == 3, "scrubbing does not change the picture")
    #expect(browser.errors == [])
  }

  @Test func betweenTwoRowsADroneIsBetweenTwoPlaces() throws {
    let page = try page(Scenarios.pair, wishes: "film")
    let x = try numbers(
      page,
      "[100, 100.5, 101].map(i => swiftlet.flight.state(0, i / 48).position[0])")
    #expect(abs(x[1] - (x[0] + x[2]) / 2) < 1e-6 && x[0] != x[2])
  }

  @Test func rotorsTurnTheirOwnWay() throws {
    let page = try page(Scenarios.pair, wishes: "film")
    // On an X frame with its usual spins, the rotors at the front right and the back left, where
    // x y < 0, turn against the clock, and the others with it.
    let turns = try numbers(
      page,
      """
      [0, 1, 2, 3].map(i => {
        const [a, b] = [2, 2.004].map(t => swiftlet.flight.state(0, t).phases[i]);
        const { hubs } = swiftlet.renderer.fleets.find(fleet => fleet.members.includes(0));
        const [x, y, z, spin] = hubs.slice(4 * i, 4 * i + 4);
        return (b - a) * spin * -Math.sign(x * y);
      })
      """)
    #expect(turns.allSatisfy { $0 > 0 })
  }

  /// How far to the right the graphs' cursors stand.
  private static let cursors =
    "swiftlet.graphs.graphs.map(g => g.cursor.getBoundingClientRect().x)"

  @Test func keysButtonsAndTheTrackWork() throws {
    let page = try page(Scenarios.pair)
    let isPlaying = "swiftlet.isPlaying"
    #expect(try page.evaluate(isPlaying) as? Bool == true)
    try page.press(" ")
    #expect(try page.evaluate(isPlaying) as? Bool == false)
    try page.evaluate("swiftlet.seek(1)")
    try page.press("ArrowRight")
    #expect(abs(try numbers(page, "[swiftlet.time]")[0] - 1.1) < 1e-9)
    try page.press("End")
    #expect(try numbers(page, "[swiftlet.time]") == [4])
    try page.press("n")
    try page.press("n")
    #expect(try numbers(page, "[swiftlet.followed]") == [1])
    try page.press("t")
    #expect(try page.evaluate("swiftlet.camera.mode") as? String == "top")
    let box = try numbers(
      page,
      "(b => [b.x, b.y, b.width, b.height])(document.getElementById('track')"
        + ".getBoundingClientRect())")
    try page.click(x: box[0] + 0.25 * box[2], y: box[1] + box[3] / 2)
    #expect(abs(try numbers(page, "[swiftlet.time]")[0] - 1) < 0.02)
    try page.wait(until: "!swiftlet.isStale")
    let before = try numbers(page, Self.cursors)
    try page.press("End")
    try page.wait(until: "swiftlet.time === 4 && !swiftlet.isStale")
    let after = try numbers(page, Self.cursors)
    #expect(zip(before, after).allSatisfy { $0 < $1 }, "the graphs' cursors do not move along")
    #expect(browser.errors == [])
  }

  @Test(arguments: ["orbit", "chase", "top"])
  func theDroneThatIsFollowedStaysInTheMiddle(camera: String) throws {
    let page = try page(Scenarios.pair, wishes: "film&graphs=0&camera=\(camera)&drone=1")
    for time in [0.5, 2] {
      let place = try numbers(
        page,
        "(swiftlet.showFrame(\(time), 0.1), "
          + "swiftlet.camera.project(swiftlet.states[1].position))")
      #expect(abs(place[0] - 500) < 2 && abs(place[1] - 320) < 2)
    }
    try keep(page.screenshot(), as: "camera-\(camera)")
    #expect(browser.errors == [])
  }

  @Test func seenFromAboveEastIsRightAndNorthIsUp() throws {
    let page = try page(Scenarios.pair, wishes: "film&camera=top")
    let p = try numbers(
      page, "[[0, 0, 0], [1, 0, 0], [0, 1, 0]].flatMap(p => swiftlet.camera.project(p))")
    #expect(p[2] > p[0] + 10 && abs(p[3] - p[1]) < 1)
    #expect(p[5] < p[1] - 10 && abs(p[4] - p[0]) < 1)
  }

  @Test func touchesAreMarkedWhenTheyHappen() throws {
    let page = try page(Scenarios.crash, wishes: "film&paths")
    let first = try numbers(
      page,
      """
      [Array.from({ length: swiftlet.flight.end }, (_, i) => i)
        .find(i => swiftlet.flight.value(i, 0, 17) > 0) / 48]
      """)[0]
    func isMarked(at time: Double) throws -> Bool? {
      try page.evaluate(
        "(swiftlet.showFrame(\(time), 0), document.querySelector('#labels .touching') !== null)")
        as? Bool
    }
    #expect(try isMarked(at: first - 0.1) == false)
    #expect(try isMarked(at: first) == true)
    try keep(page.screenshot(), as: "crash")
    #expect(browser.errors == [])
  }

  @Test func aHundredDronesAreDrawn() throws {
    let page = try page(Scenarios.hundred, isDark: true)
    #expect(try look(page).colors > 500)
    try keep(page.screenshot(), as: "hundred")
    #expect(browser.errors == [])
  }

  @Test func onATelephoneNothingStandsOutAtTheSide() throws {
    let page = try page(Scenarios.pair, width: 390, height: 800)
    #expect(
      try page.evaluate("document.documentElement.scrollWidth <= innerWidth") as? Bool == true)
    try keep(page.screenshot(), as: "telephone")
    #expect(browser.errors == [])
  }

  @Test func namesCannotBecomeScripts() throws {
    let run = try temporary.flight("flight", Scenarios.pair)
    let hostile =
      "</script><script>window.stolen = 1</script><img src=x onerror=stolen=1>{{script}}"
    let metadata = try contents(run.file("metadata.json"))
      .replacing("\"name\" : \"pair\"", with: "\"name\" : \"\(hostile)\"")
    try #require(metadata.contains(hostile))
    try Data(metadata.utf8).write(to: URL(fileURLWithPath: run.file("metadata.json")))
    try FlightPictures.write(into: run)
    let page = try browser.open(
      "file://" + run.file(FlightPictures.replayName), width: 600, height: 400)
    try page.wait(until: "window.swiftlet?.states")
    #expect(try page.evaluate("typeof window.stolen") as? String == "undefined")
    #expect(try page.evaluate("document.getElementById('name').textContent") as? String == hostile)
    #expect(browser.errors == [])
  }

  @Test func aFigureBecomesAPNGOfTwiceItsSize() throws {
    let run = try temporary.flight("flight", Scenarios.pair)
    let path = temporary.path + "/plots.png"
    let figure = try Figure(of: [RecordedFlight(at: run.path)])
    try figure.write(to: path)
    let png = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(png.starts(with: [0x89, 0x50, 0x4e, 0x47]))
    let width = png[16..<20].reduce(0) { $0 << 8 | Int($1) }
    let height = png[20..<24].reduce(0) { $0 << 8 | Int($1) }
    #expect(width == 2 * figure.size.width && height == 2 * figure.size.height)
  }

  @Test func aFilmIsAnAnimatedPNGThatABrowserPlays() throws {
    let run = try temporary.flight("flight", Scenarios.pair)
    let path = temporary.path + "/film.png"
    var film = Film()
    (film.size, film.rate, film.speed) = ((160, 90), 2, 2)
    #expect(try film.write(RecordedFlight(at: run.path), to: path))
    #expect(!FileManager.default.fileExists(atPath: path + ".partial"))
    let data = try Data(contentsOf: URL(fileURLWithPath: path)).base64EncodedString()
    // A page out of a file may use the browser's decoder, an empty one may not.
    let page = try browser.open(
      "file://" + run.file(FlightPictures.replayName), width: 200, height: 200)
    let facts = try page.evaluate(
      """
      (async () => {
        const bytes = Uint8Array.from(atob('\(data)'), c => c.charCodeAt(0));
        const decoder = new ImageDecoder({ data: bytes, type: 'image/png' });
        await decoder.tracks.ready;
        const marks = [];
        for (let i = 0; i < decoder.tracks.selectedTrack.frameCount; i++) {
          const { image } = await decoder.decode({ frameIndex: i });
          const pixels = new Uint32Array(image.allocationSize() / 4);
          await image.copyTo(pixels);
          marks.push(pixels.reduce((sum, p) => (Math.imul(sum, 31) + p) | 0, 7));
        }
        return [marks.length, new Set(marks).size];
      })()
      """)
    // Four seconds, one to a picture, and both ends.
    #expect(facts as? [Double] == [5, 5])
  }

  @Test func aFilmOfAnUnknownKindIsRefused() throws {
    let run = try temporary.flight("flight", Scenarios.pair)
    #expect(throws: PictureError.self) {
      try Film().write(RecordedFlight(at: run.path), to: temporary.path + "/film.gif")
    }
  }
}
