const DEGREES = 180 / Math.PI;

const norm = (flight, frame, drone, of) =>
  Math.hypot(of(flight, frame, drone, 0), of(flight, frame, drone, 1), of(flight, frame, drone, 2));
const velocity = (f, i, d, axis) => f.value(i, d, VX + axis);
const miss = (f, i, d, axis) => f.value(i, d, X + axis) - f.value(i, d, REF + axis);
const angles = (f, i, d) => {
  const q = (k) => f.value(i, d, QX + k);
  return rollPitchYaw(q(0), q(1), q(2), q(3));
};

/// What graphs there are: a name, the number of a row, and that of its reference if it has one.
const GRAPHS = [
  ...['x', 'y', 'z'].map((name, axis) => ({
    name: `${name} [m]`,
    value: (f, i, d) => f.value(i, d, X + axis),
    asked: (f, i, d) => f.value(i, d, REF + axis),
  })),
  { name: 'tracking error [cm]', value: (f, i, d) => 100 * norm(f, i, d, miss) },
  { name: 'speed [m/s]', value: (f, i, d) => norm(f, i, d, velocity) },
  ...['roll', 'pitch', 'yaw'].map((name, k) => ({
    name: `${name} [°]`, value: (f, i, d) => DEGREES * angles(f, i, d)[k],
  })),
  ...[0, 1, 2, 3].map((k) => ({
    name: `rotor ${k} [krpm]`, value: (f, i, d) => f.value(i, d, RPM + k) / 1000,
  })),
];

/// The column of graphs beside the picture.
class Graphs {
  constructor(holder, flight, seek) {
    Object.assign(this, { holder, flight, seek });
    this.graphs = GRAPHS.map((graph) => this.make(graph));
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        const graph = this.graphs.find((g) => g.box === entry.target);
        graph.isSeen = entry.isIntersecting;
        if (graph.isSeen && graph.isStale) this.drawGraph(graph);
      }
    }, { root: holder });
    for (const graph of this.graphs) seen.observe(graph.box);
  }

  make(graph) {
    const box = document.createElement('div');
    box.className = 'graph';
    const [canvas, name, output, cursor] = ['canvas', 'b', 'output', 'i']
      .map((tag) => box.appendChild(document.createElement(tag)));
    name.textContent = graph.name;
    this.holder.append(box);
    const scrub = (event) => {
      if (event.type === 'pointerdown') box.setPointerCapture(event.pointerId);
      if (!event.buttons) return;
      const rect = box.getBoundingClientRect();
      const share = clamp((event.clientX - rect.left - LEFT) / (rect.width - LEFT), 0, 1);
      this.seek(this.span.start + share * (this.span.finish - this.span.start));
    };
    box.addEventListener('pointerdown', scrub);
    box.addEventListener('pointermove', scrub);
    return { ...graph, box, canvas, output, cursor, isSeen: false, isStale: true };
  }

  /// The stretch of time that is shown: all of a recording, the end of a live flight.
  get span() {
    const { start, finish } = this.flight;
    return { start: this.window ? Math.max(start, finish - this.window) : start, finish };
  }

  /// Draws every graph anew, the ones out of sight when they come into it.
  draw(theme, followed) {
    Object.assign(this, { theme, followed });
    for (const graph of this.graphs) {
      graph.isStale = true;
      if (graph.isSeen) this.drawGraph(graph);
    }
  }

  drawGraph(graph) {
    const { flight, theme } = this;
    const { canvas, value, asked } = graph;
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (!theme || !width) return;
    Object.assign(canvas, { width: width * ratio, height: height * ratio });
    const pen = canvas.getContext('2d');
    pen.scale(ratio, ratio);
    const { start, finish } = this.span;
    const [first, last] = [flight.frameAt(start), flight.end - 1];
    const step = Math.max(1, Math.floor((last - first) / width));
    const lines = [];
    for (let drone = 0; drone < flight.drones; drone++) {
      for (const source of [asked, value]) {
        if (!source) continue;
        const points = [];
        for (let i = first; i < last; i += step) {
          points.push([flight.time(i), source(flight, i, drone)]);
        }
        points.push([flight.time(last), source(flight, last, drone)]);
        lines.push({ drone, points, isDashed: source === asked });
      }
    }
    graph.isStale = false;
    const scaleOf = this.scale(lines, start, finish, width, height);
    this.drawAxis(pen, scaleOf, width);
    const order = (line) => (line.drone === this.followed ? 1 : 0);
    lines.sort((a, b) => order(a) - order(b));
    for (const line of lines) this.drawLine(pen, line, scaleOf);
  }

  scale(lines, start, finish, width, height) {
    let [low, high] = [Infinity, -Infinity];
    for (const { points } of lines) {
      for (const [, y] of points) {
        if (Number.isFinite(y)) [low, high] = [Math.min(low, y), Math.max(high, y)];
      }
    }
    if (low > high) [low, high] = [0, 1];
    if (high - low < 1e-6 * Math.max(1, Math.abs(high))) [low, high] = [low - 0.05, high + 0.05];
    const room = 0.06 * (high - low);
    [low, high] = [low - room, high + room];
    return {
      low, high,
      x: (t) => LEFT + (width - LEFT) * (t - start) / Math.max(finish - start, 1e-9),
      y: (v) => 20 + (height - 26) * (high - v) / (high - low),
    };
  }

  drawAxis(pen, { low, high, y }, width) {
    const rough = (high - low) / 3, power = 10 ** Math.floor(Math.log10(rough));
    const step = power * [1, 2, 5, 10].find((m) => m * power >= rough);
    const digits = clamp(-Math.floor(Math.log10(step) + 1e-9), 0, 8);
    pen.font = '10px system-ui, sans-serif';
    pen.textAlign = 'right';
    pen.textBaseline = 'middle';
    for (let mark = Math.ceil(low / step) * step; mark <= high; mark += step) {
      pen.fillStyle = this.theme.css.line;
      pen.fillRect(LEFT, Math.round(y(mark)), width - LEFT, 1);
      pen.fillStyle = this.theme.css.soft;
      const number = Math.abs(mark) < step / 2 ? 0 : mark;
      pen.fillText(number.toFixed(digits).replace('-', '−'), LEFT - 5, y(mark));
    }
  }

  drawLine(pen, { drone, points, isDashed }, { x, y }) {
    const isFollowed = drone === this.followed;
    pen.beginPath();
    let isDown = false;
    let before = null;
    for (const [t, v] of points) {
      const isJump = before !== null && Math.abs(v - before) > 300;
      if (Number.isFinite(v) && isDown && !isJump) pen.lineTo(x(t), y(v));
      else if (Number.isFinite(v)) pen.moveTo(x(t), y(v));
      isDown = Number.isFinite(v);
      before = v;
    }
    pen.setLineDash(isDashed ? [4, 3] : []);
    pen.strokeStyle = this.theme.colors[drone];
    pen.lineWidth = isFollowed ? 1.8 : 1.1;
    pen.globalAlpha = (this.followed < 0 || isFollowed ? 1 : 0.3) * (isDashed ? 0.7 : 1);
    pen.stroke();
    pen.globalAlpha = 1;
  }

  /// Moves the cursors, and says the followed drone's numbers.
  point(time) {
    const { start, finish } = this.span;
    const share = clamp((time - start) / Math.max(finish - start, 1e-9), 0, 1);
    const frame = this.flight.frameAt(time);
    for (const { box, cursor, output, value } of this.graphs) {
      cursor.style.transform = `translateX(${LEFT + share * (box.clientWidth - LEFT)}px)`;
      const number = this.followed >= 0 ? value(this.flight, frame, this.followed) : NaN;
      output.textContent = Number.isFinite(number) ? number.toFixed(3).replace('-', '−') : '';
    }
  }
}

// The room for numbers beside a graph, in pixels.
const LEFT = 44;
