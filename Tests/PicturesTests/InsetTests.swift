import Pictures
import Testing

/// The on-board view of the replay page.
extension BrowserTests {
  /// How many pixels of the on-board view show sky, in its upper and in its lower half; how many
  /// colours there are; and a number that differs where the view does.
  private static let view = """
    (() => {
      swiftlet.draw(0);
      const { gl } = swiftlet.renderer, box = swiftlet.inset.box(gl.canvas), [, , w, h] = box;
      const bytes = new Uint8Array(4 * w * h);
      gl.readPixels(...box, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
      const sky = swiftlet.theme.sky.map(c => Math.round(255 * c));
      const halves = [0, 0];
      for (let i = 0; i < w * h; i++) {
        if (sky.every((c, k) => Math.abs(bytes[4 * i + k] - c) < 2)) halves[i < w * h / 2 ? 1 : 0]++;
      }
      const pixels = new Uint32Array(bytes.buffer);
      return [...halves, w * h / 2, new Set(pixels).size,
        pixels.reduce((sum, p) => (Math.imul(sum, 31) + p) | 0, 7)];
    })()
    """

  @Test(arguments: [false, true])
  func theInsetShowsWhatTheDroneSees(isDark: Bool) throws {
    let page = try page(Scenarios.approach, wishes: "film", isDark: isDark)
    #expect(try page.evaluate("document.getElementById('inset').hidden") as? Bool == true)
    try page.press("o")
    try page.evaluate("swiftlet.showFrame(0, 0)")
    #expect(try page.evaluate("document.getElementById('inset').hidden") as? Bool == false)
    #expect(try numbers(page, "[swiftlet.followed]") == [0])
    let early = try numbers(page, Self.view)
    // Level flight: sky above, floor below, and a post of a tenth of the width across the horizon.
    let share = early[0] / early[2]
    #expect(share > 0.85 && share < 0.95 && early[1] == 0)
    #expect(early[3] > 20)
    try keep(page.screenshot(), as: "onboard-\(isDark ? "dark" : "light")")
    try page.evaluate("swiftlet.showFrame(3, 0)")
    let late = try numbers(page, Self.view)
    #expect(late[0] < 0.9 * early[0], "the post does not come nearer")
    #expect(late[4] != early[4])
    try page.evaluate("document.getElementById('onboard').click(); swiftlet.draw(0)")
    #expect(try page.evaluate("document.getElementById('inset').hidden") as? Bool == true)
    #expect(browser.errors == [])
  }

  @Test func aDroneSeesOthersButNotItself() throws {
    let page = try page(Scenarios.pair, wishes: "film&drone=0&onboard")
    // How many drones are drawn: all of them in the picture, all but one in the view on board.
    let counts = try numbers(
      page,
      """
      (() => {
        const shown = () => swiftlet.renderer.fleets.reduce((sum, fleet) => sum + fleet.shown, 0);
        swiftlet.draw(0);
        const onBoard = shown();
        swiftlet.toggle('hasInset');
        swiftlet.draw(0);
        return [onBoard, shown()];
      })()
      """)
    #expect(counts == [1, 2])
    #expect(browser.errors == [])
  }
}
