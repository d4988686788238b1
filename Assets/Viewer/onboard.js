/// What a drone's own camera sees: it looks ahead from above the hull and tilts with the drone.
class OnboardCamera {
  constructor() {
    // As wide as the camera that environments look through, and a floor as far as one can see.
    Object.assign(this, { angle: Math.PI / 3, reach: 400, span: 0.1 });
  }

  /// A camera on a drone with arms of some length.
  ride({ position, attitude }, arm) {
    const [ahead, up] = [turn(attitude, [1, 0, 0]), turn(attitude, [0, 0, 1])];
    this.eye = add(position, scale(up, 0.3 * arm));
    this.target = this.eye;
    this.sight = lookAt(this.eye, add(this.eye, ahead), up);
  }

  matrix(aspect) { return multiply(perspective(this.angle, aspect, 0.005, 1000), this.sight); }
}

/// The frame of the on-board view, and where in the picture it is.
class Inset {
  constructor(indices) {
    this.indices = indices;
    this.camera = new OnboardCamera();
    this.frame = document.getElementById('inset');
    this.label = document.getElementById('insetlabel');
  }

  /// Shows the view of a drone, or nothing if it is none; returns whether it shows something.
  show(drone, state, arm) {
    this.frame.hidden = drone < 0;
    if (drone < 0) return false;
    this.drone = drone;
    this.label.textContent = `on board drone ${this.indices[drone]}`;
    this.camera.ride(state, arm);
    return true;
  }

  /// The frame's inner box, in the canvas's pixels from its lower left corner.
  box(canvas) {
    const [outer, inner] = [canvas, this.frame].map((e) => e.getBoundingClientRect());
    const [border, ratio] = [this.frame.clientLeft, canvas.width / outer.width];
    return [
      inner.left - outer.left + border, outer.bottom - inner.bottom + border,
      this.frame.clientWidth, this.frame.clientHeight,
    ].map((n) => Math.round(n * ratio));
  }
}
