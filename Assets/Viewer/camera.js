/// Where the picture is seen from.
class Camera {
  constructor(canvas, bounds, hasFloor) {
    Object.assign(this, { canvas, hasFloor, mode: 'orbit', angle: 0.7 });
    this.azimuth = -Math.PI / 3;
    this.elevation = 0.45;
    this.heading = 0;
    this.frame(bounds);
    this.listen();
  }

  /// Steps back until a box is in the picture.
  frame({ low, high }) {
    this.home = scale(add(low, high), 0.5);
    this.target = [...this.home];
    this.distance = clamp(1.55 * Math.hypot(...subtract(high, low)), 0.6, 500);
  }

  /// Moves along with a drone, or looks at all of them where there is none to follow.
  follow(state, radius, step) {
    if (!state) return;
    this.target = [...state.position];
    const yaw = rollPitchYaw(...state.attitude)[2];
    const way = Math.atan2(Math.sin(yaw - this.heading), Math.cos(yaw - this.heading));
    this.heading += way * (1 - Math.exp(-3 * step));
    this.chaseDistance = 12 * radius;
  }

  release() { this.target = [...this.home]; }

  get eye() {
    const close = Math.min(this.chaseDistance || this.distance, this.distance);
    const [azimuth, elevation, distance] = {
      orbit: [this.azimuth, this.elevation, this.distance],
      chase: [this.heading + Math.PI, 0.35, close],
      top: [-Math.PI / 2, Math.PI / 2 - 1e-3, this.distance],
    }[this.mode];
    const level = Math.cos(elevation) * distance;
    const eye = add(this.target, [
      level * Math.cos(azimuth), level * Math.sin(azimuth), Math.sin(elevation) * distance,
    ]);
    if (this.hasFloor) eye[2] = Math.max(eye[2], 0.01);
    return eye;
  }

  matrix(aspect) {
    const angle = aspect < 1 ? 2 * Math.atan(Math.tan(this.angle / 2) / aspect) : this.angle;
    const far = 60 * this.distance + 60;
    this.projection = multiply(
      perspective(Math.min(angle, 1.6), aspect, Math.max(0.004 * this.distance, 0.002), far),
      lookAt(this.eye, this.target, [0, 0, 1]));
    return this.projection;
  }

  /// Where a place is on the canvas, in its pixels; nothing if it is behind the eye.
  project(place) {
    const m = this.projection;
    if (!m) return null;
    const [x, y, , w] = [0, 1, 2, 3].map(
      (i) => m[i] * place[0] + m[4 + i] * place[1] + m[8 + i] * place[2] + m[12 + i]);
    if (w <= 0) return null;
    const { clientWidth, clientHeight } = this.canvas;
    return [(0.5 + x / w / 2) * clientWidth, (0.5 - y / w / 2) * clientHeight];
  }

  /// The directions away from the eye, to the left and up, level with the floor.
  get axes() {
    const eye = this.eye;
    const ahead = this.mode === 'top'
      ? [0, 1, 0] : unit([this.target[0] - eye[0], this.target[1] - eye[1], 0]);
    return { ahead, left: [-ahead[1], ahead[0], 0], up: [0, 0, 1] };
  }

  orbit(dx, dy) {
    this.azimuth -= 0.006 * dx;
    this.elevation = clamp(this.elevation + 0.006 * dy, this.hasFloor ? -0.05 : -1.56, 1.56);
    if (this.mode !== 'orbit') this.changed('orbit');
  }

  pan(dx, dy) {
    const step = this.distance * Math.tan(this.angle / 2) * 2 / this.canvas.clientHeight;
    const { ahead, left, up } = this.axes;
    const rise = this.mode === 'top' || this.elevation > 0.9 ? ahead : up;
    this.target = add(this.target, add(scale(left, dx * step), scale(rise, dy * step)));
    this.home = [...this.target];
  }

  zoom(factor) { this.distance = clamp(this.distance * factor, 0.05, 500); }

  /// Handles the mouse, the wheel and up to two fingers; calls `tapped` for a tap.
  listen() {
    const { canvas } = this;
    const fingers = new Map();
    let moved = 0;
    const spread = () => {
      const [a, b] = [...fingers.values()];
      const size = Math.hypot(a.x - b.x, a.y - b.y) || 1;
      return { size, x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    };
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId);
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      moved = 0;
    });
    canvas.addEventListener('pointermove', (event) => {
      const before = fingers.get(event.pointerId);
      if (!before) return;
      const pinch = fingers.size === 2 ? spread() : null;
      const [dx, dy] = [event.clientX - before.x, event.clientY - before.y];
      moved += Math.abs(dx) + Math.abs(dy);
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (pinch) {
        const now = spread();
        this.zoom(pinch.size / now.size);
        this.pan(now.x - pinch.x, now.y - pinch.y);
      } else if (event.shiftKey || event.buttons & 6) this.pan(dx, dy);
      else this.orbit(dx, dy);
      this.touched?.();
    });
    const lift = (event) => {
      if (fingers.delete(event.pointerId) && event.type === 'pointerup' && moved < 5) {
        const box = canvas.getBoundingClientRect();
        this.tapped?.(event.clientX - box.left, event.clientY - box.top);
      }
    };
    canvas.addEventListener('pointerup', lift);
    canvas.addEventListener('pointercancel', lift);
    canvas.addEventListener('contextmenu', (event) => event.preventDefault());
    canvas.addEventListener('wheel', (event) => {
      event.preventDefault();
      this.zoom(Math.exp(0.0012 * event.deltaY));
      this.touched?.();
    }, { passive: false });
  }

  changed(mode) {
    this.mode = mode;
    this.modeChanged?.(mode);
  }
}
