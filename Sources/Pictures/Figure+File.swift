import Foundation
package import Plotting
import Recording

extension Figure {
  /// Writes the figure to a file that appears whole or not at all, as SVG or PNG by its name's end.
  ///
  /// PNG is drawn at twice the figure's size, by `rsvg-convert` or Chromium, whichever is there.
  package func write(to path: String, theme: Theme = .automatic) throws(PictureError) {
    if path.hasSuffix(".svg") { return try writePicture(Array(svg(theme: theme).utf8), to: path) }
    guard path.hasSuffix(".png") else {
      throw .unfit(path: path, reason: "a picture's name ends in .svg or .png")
    }
    let drawing = svg(theme: theme == .automatic ? .light : theme)
    try writePicture(try rasterized(drawing), to: path)
  }

  private func rasterized(_ drawing: String) throws(PictureError) -> [UInt8] {
    if let converter = Program("rsvg-convert") {
      let result = try converter.run(["--zoom", "2"], input: Array(drawing.utf8))
      return result
    }
    let browser = try Browser()
    let page = try browser.open(
      "about:blank", width: size.width, height: size.height, pixelRatio: 2)
    let html = "<body style=margin:0>" + drawing
    _ = try page.evaluate("document.write(\(SafeText.script(html)));document.close()")
    return try page.screenshot()
  }
}

/// Writes a picture to a file that appears whole or not at all.
func writePicture(_ bytes: [UInt8], to path: String) throws(PictureError) {
  do throws(RecordingError) { try writeFile(bytes.span, to: path) } catch {
    throw .unwritable(error)
  }
}
