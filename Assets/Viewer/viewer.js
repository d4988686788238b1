/// The whole page: a flight, its picture, its graphs, and what the user does.
class Viewer {
  constructor(data) {
    const scenario = data.metadata.scenario || {};
    const models = data.metadata.models || {};
    const names = Object.keys(models);
    const world = scenario.world || { floor: true, obstacles: [] };
    const modelOf = Array.from({ length: data.drones }, (_, i) =>
      names.indexOf(scenario.drones?.[data.indices[i]]?.model) + 1);
    Object.assign(this, {
      data, time: 0, speed: 1, followed: -1, wholePaths: false, hasGraphs: !data.live,
      hasInset: false, hasPilot: data.live && data.people.length > 0,
      isPlaying: !data.live, isStale: true,
    });
    this.flight = data.live ? new Flight(data.drones, data.movers.length, 6000) : Flight.recorded(data);
    const canvas = document.getElementById('world');
    this.renderer = new Renderer(
      canvas, this.flight, [UNKNOWN_MODEL, ...names.map((name) => models[name])], modelOf,
      { obstacles: world.obstacles, movers: data.movers, hasFloor: world.floor });
    this.radii = modelOf.map((_, drone) =>
      this.renderer.fleets.find((fleet) => fleet.members.includes(drone)).arm);
    this.camera = new Camera(canvas, this.startBounds(scenario, world), world.floor);
    this.camera.touched = () => { this.isStale = true; };
    this.camera.tapped = (x, y) => this.pick(x, y);
    this.camera.modeChanged = () => { this.isStale = true; };
    this.graphs = new Graphs(
      document.getElementById('plots'), this.flight, (time) => this.seek(time));
    this.controls = new Controls(this, data.indices, data.live);
    this.overlay = new Overlay(data.indices);
    this.inset = new Inset(data.indices);
    this.introduce(scenario, world);
    this.readAddress();
    if (data.live) this.connect();
    this.retheme();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.retheme());
    new ResizeObserver(() => this.retheme()).observe(canvas);
    document.body.classList.toggle('plain', !this.hasGraphs);
    this.draw(0);
    let before = performance.now();
    const loop = (now) => {
      if (!this.isFilm) this.advance(clamp((now - before) / 1000, 0, 0.2));
      before = now;
      requestAnimationFrame(loop);
    };
    requestAnimationFrame(loop);
  }

  /// The box to begin with: about the flight, and about obstacles that are not far from it.
  startBounds(scenario, world) {
    const starts = (scenario.drones || []).map((drone) => drone.at);
    const edge = (pick, points, room) =>
      [0, 1, 2].map((i) => pick(...points.map((p) => p[i])) + room);
    let box = this.flight.bounds;
    if (this.flight.isEmpty && starts.length) {
      box = { low: edge(Math.min, starts, -0.5), high: edge(Math.max, starts, 0.5) };
    }
    const [middle, reach] = [scale(add(box.low, box.high), 0.5), subtract(box.high, box.low)];
    const near = world.obstacles.filter((body) => !body.plane).map((body) => body.at)
      .filter((at) => Math.hypot(...subtract(at, middle)) < 2 * Math.hypot(...reach));
    const all = [box.low, box.high, ...near];
    return { low: edge(Math.min, all, 0), high: edge(Math.max, all, 0) };
  }

  introduce(scenario, world) {
    document.getElementById('name').textContent = this.data.name;
    const notes = [];
    if (this.renderer.obstacles.some((obstacle) => obstacle.isGhost)) {
      notes.push('How obstacles moved was not recorded: they are shown, faintly, where they started.');
    }
    document.getElementById('note').textContent = notes.join(' ');
  }

  /// Takes settings from the address: #t=3&camera=chase&drone=0&speed=2&film&paths&onboard&graphs=0
  readAddress() {
    const settings = new URLSearchParams(location.hash.slice(1));
    if (settings.has('film')) {
      document.body.classList.add('film');
      this.isFilm = true;
      this.isPlaying = false;
    }
    if (settings.has('graphs')) this.hasGraphs = settings.get('graphs') !== '0';
    if (settings.has('paths')) this.wholePaths = true;
    if (settings.has('onboard')) this.toggle('hasInset');
    if (settings.has('camera')) this.setCamera(settings.get('camera'));
    if (settings.has('drone')) this.follow(Number(settings.get('drone')));
    if (settings.has('speed')) this.setSpeed(Number(settings.get('speed')));
    if (settings.has('t')) this.seek(Number(settings.get('t')));
  }

  connect() {
    const message = document.getElementById('message');
    this.graphs.window = 15;
    const [drones, movers] = [this.data.drones, this.data.movers.length];
    this.connection = new LiveConnection(drones, movers, (instant) => this.receive(instant), () => {
      message.hidden = false;
      message.textContent = 'The flight has ended: the program has stopped, or has too many connections.';
      this.isPlaying = false;
      this.isStale = true;
    });
    if (!this.hasPilot) return;
    this.pilot = new Pilot(this.data.people, (sticks) => this.connection.fly(sticks));
    this.follow(this.pilot.drone);
  }

  receive({ time, speed, isPaused, rows, motions }) {
    const { flight } = this;
    if (!flight.isEmpty && time < flight.finish) flight.clear();
    if (flight.isEmpty || time > flight.finish) flight.append(time, rows, motions);
    Object.assign(this, { speed, isPlaying: !isPaused, time: flight.finish, isStale: true });
  }

  retheme() {
    const style = getComputedStyle(document.documentElement);
    const css = Object.fromEntries(['page', 'line', 'soft', 'alarm', 'ink']
      .map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
    const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
    const colors = this.data.colors.map((color) => (isDark ? color.dark : color.light));
    this.theme = {
      css, colors, tints: colors.map(channels), page: channels(css.page), line: channels(css.soft),
      alarm: channels(css.alarm), solid: isDark ? [0.5, 0.53, 0.58] : [0.72, 0.74, 0.77],
      dark: isDark ? [0.4, 0.43, 0.47] : [0.16, 0.17, 0.19],
      sky: isDark ? [0.1, 0.15, 0.23] : [0.72, 0.83, 0.94],
    };
    this.redrawGraphs();
    if (!this.data.live) this.controls.markContacts(this.flight, css.alarm);
    this.isStale = true;
    if (this.isFilm) this.draw(0);
  }

  redrawGraphs() {
    this.graphs.followed = this.followed;
    if (this.hasGraphs && !this.flight.isEmpty) this.graphs.draw(this.theme, this.followed);
  }

  /// Lets time pass: so many seconds of real time.
  advance(seconds) {
    if (!this.data.live && this.isPlaying) {
      this.time += seconds * this.speed;
      if (this.time >= this.flight.finish) {
        this.time = this.flight.finish;
        this.isPlaying = false;
      }
      this.isStale = true;
    }
    if (this.pilot) {
      this.pilot.advance(seconds);
      this.controls.showPilot(this.pilot);
    }
    if (this.data.live && this.hasGraphs && performance.now() - (this.graphed || 0) > 250) {
      this.graphed = performance.now();
      this.redrawGraphs();
    }
    const chases = this.camera.mode === 'chase' && this.followed >= 0;
    if (this.isStale || chases) this.draw(seconds);
  }

  draw(seconds) {
    this.isStale = false;
    const { flight, camera, theme } = this;
    if (!theme) return;
    const states = this.data.indices.map((_, drone) =>
      flight.isEmpty ? NOWHERE : flight.state(drone, this.time));
    const { followed } = this;
    if (followed >= 0) camera.follow(states[followed], this.radii[followed], seconds);
    const rider = this.hasInset ? followed : -1;
    const hasView = this.inset.show(rider, states[rider], this.radii[rider]);
    this.renderer.draw(states, camera, theme, {
      time: this.time, wholePaths: this.wholePaths, followed: this.followed,
    }, hasView ? this.inset : null);
    this.states = states;
    this.overlay.write(states, camera, this.radii, this.followed);
    if (this.isFilm) document.getElementById('note').textContent = `${this.time.toFixed(2)} s`;
    if (this.hasGraphs && !flight.isEmpty) this.graphs.point(this.time);
    this.controls.show({
      ...this, start: flight.start, finish: flight.finish, mode: camera.mode,
    });
  }

  /// Shows one picture of a film: what is to be seen at a time, so many seconds after the last one.
  showFrame(time, seconds) {
    this.seek(time);
    this.draw(seconds);
  }

  togglePlaying() {
    if (this.data.live) return this.connection.pause(this.isPlaying);
    if (!this.isPlaying && this.time >= this.flight.finish) this.time = this.flight.start;
    this.isPlaying = !this.isPlaying;
    this.isStale = true;
  }

  restart() { if (this.data.live) this.connection.reset(); else this.seek(this.flight.start); }

  seek(time) {
    if (this.data.live || !Number.isFinite(time)) return;
    this.time = clamp(time, this.flight.start, this.flight.finish);
    this.isStale = true;
  }

  seekShare(share) {
    const { start, finish } = this.flight;
    this.seek(start + share * (finish - start));
  }

  skip(step) { this.seek(this.time + step); }

  setSpeed(speed) {
    if (!(speed > 0)) return;
    if (this.data.live) this.connection?.speed(speed);
    this.speed = speed;
    this.isStale = true;
  }

  changeSpeed(step) {
    const now = SPEEDS.findIndex((speed) => speed >= this.speed);
    this.setSpeed(SPEEDS[clamp(now + step, 0, SPEEDS.length - 1)]);
  }

  follow(drone) {
    const isThere = Number.isInteger(drone) && drone >= 0 && drone < this.data.drones;
    this.followed = isThere ? drone : -1;
    if (!isThere) {
      this.camera.release();
      if (this.camera.mode === 'chase') this.camera.changed('orbit');
    }
    this.redrawGraphs();
    this.isStale = true;
  }

  followNext(step) {
    const count = this.data.drones;
    if (this.followed < 0) this.follow(step > 0 ? 0 : count - 1);
    else this.follow((this.followed + step + count) % count);
  }

  /// Has the person fly the next drone that people can fly.
  flyNext() {
    this.pilot?.chooseNext();
    if (this.pilot) this.follow(this.pilot.drone);
  }

  setCamera(mode) {
    if (!['orbit', 'chase', 'top'].includes(mode)) return;
    if (mode === 'chase' && this.followed < 0) this.follow(0);
    this.camera.changed(mode);
  }

  nextCamera() {
    const modes = ['orbit', 'chase', 'top'];
    this.setCamera(modes[(modes.indexOf(this.camera.mode) + 1) % 3]);
  }

  toggle(what) {
    this[what] = !this[what];
    if (what === 'hasInset' && this.hasInset && this.followed < 0) this.follow(0);
    document.body.classList.toggle('plain', !this.hasGraphs);
    this.redrawGraphs();
    this.isStale = true;
  }

  /// Follows the drone that is nearest to a tap.
  pick(x, y) {
    let [best, distance] = [-1, 40];
    this.states.forEach(({ position }, drone) => {
      const place = this.camera.project(position);
      const d = place ? Math.hypot(place[0] - x, place[1] - y) : Infinity;
      if (d < distance) [best, distance] = [drone, d];
    });
    if (best >= 0) this.follow(best);
  }

  push(way) {
    if (!this.data.pushes) return;
    if (this.followed < 0) this.follow(0);
    const { ahead, left, up } = this.camera.axes;
    const direction = {
      forward: ahead, back: scale(ahead, -1), left, right: scale(left, -1), up, down: scale(up, -1),
    }[way];
    this.connection.push(this.data.indices[this.followed], direction);
  }
}

const NOWHERE = {
  position: [0, 0, 0], attitude: [0, 0, 0, 1], velocity: [0, 0, 0], rotors: [0, 0, 0, 0],
  phases: [0, 0, 0, 0], reference: null, contacts: 0,
};

try {
  // For scripts: swiftlet.seek(3), swiftlet.follow(0), swiftlet.setCamera('top'), swiftlet.states.
  window.swiftlet = new Viewer(JSON.parse(document.getElementById('flight').textContent));
} catch (error) {
  const message = document.getElementById('message');
  message.hidden = false;
  message.textContent = error.message;
  throw error;
}
