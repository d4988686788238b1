const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 4, 8];

const KEYS = [
  ['space', 'play or pause'], ['← →', 'a tenth of a second back or on; with shift a second'],
  ['home end', 'to the start or the end'], ['[ ]', 'slower or faster'],
  ['n p f', 'follow the next drone, the one before, or none'],
  ['c t', 'next camera, or the one on top'],
  ['l', 'whole paths or their last seconds'], ['g', 'graphs'], ['o', 'what the drone sees'],
  ['drag', 'turn; with shift or the right button move'],
  ['wheel, pinch', 'zoom'], ['tap', 'follow a drone'],
];
const LIVE_KEYS = [['r', 'start again']];
const PUSH_KEYS = [['w a s d q e', 'push the followed drone, as seen from the camera']];
const PILOT_KEYS = [
  ['w s a d', 'throttle up and down, turn to the left and right'],
  ['↑ ↓ ← →', 'pitch ahead and back, roll to the left and right'],
  ['gamepad', 'left stick for throttle and turn, right stick for pitch and roll'],
  ['1 2 3', 'sticks command positions, angles or rates'],
  ['x', 'let the drone go: it hovers, and then lands'], ['m', 'fly the next drone that people can fly'],
];

/// The bar and the keys, which command a viewer.
class Controls {
  constructor(viewer, indices, isLive) {
    Object.assign(this, { viewer, isLive });
    const ids = [
      'play', 'reset', 'track', 'ticks', 'knob', 'clock', 'speed', 'follow', 'camera', 'trails',
      'graphs', 'onboard', 'help', 'pushes', 'keys', 'pilot', 'mode', 'release', 'sticks',
    ];
    for (const id of ids) this[id] = document.getElementById(id);
    this.options(this.speed, SPEEDS.map((s) => [s, `${s} ×`]));
    this.options(this.follow, [[-1, 'none'], ...indices.map((index, i) => [i, `drone ${index}`])]);
    this.listen();
    this.options(this.mode, STICK_MODES.map((mode) => [mode, mode]));
    this.reset.hidden = !isLive;
    this.pushes.hidden = !viewer.data.pushes;
    this.pilot.hidden = !viewer.hasPilot;
    this.track.style.visibility = isLive ? 'hidden' : '';
    const rows = [...KEYS, ...(isLive ? LIVE_KEYS : []), 
      ...(viewer.hasPilot ? PILOT_KEYS : viewer.data.pushes ? PUSH_KEYS : [])];
    const table = document.createElement('table');
    for (const row of rows) {
      const line = table.insertRow();
      for (const text of row) line.insertCell().textContent = text;
    }
    this.keys.append(table);
    this.keys.onclick = () => this.keys.close();
  }

  options(select, entries) {
    for (const [value, text] of entries) select.add(new Option(text, value));
  }

  listen() {
    const { viewer } = this;
    this.play.onclick = () => viewer.togglePlaying();
    this.reset.onclick = () => viewer.restart();
    this.speed.onchange = () => viewer.setSpeed(Number(this.speed.value));
    this.follow.onchange = () => viewer.follow(Number(this.follow.value));
    this.camera.onchange = () => viewer.setCamera(this.camera.value);
    this.trails.onclick = () => viewer.toggle('wholePaths');
    this.graphs.onclick = () => viewer.toggle('hasGraphs');
    this.onboard.onclick = () => viewer.toggle('hasInset');
    this.help.onclick = () => this.keys.showModal();
    this.mode.onchange = () => viewer.pilot?.setMode(this.mode.value);
    this.release.onclick = () => viewer.pilot?.stop();
    for (const button of this.pushes.querySelectorAll('button')) {
      button.onclick = () => viewer.push(button.dataset.push);
    }
    const scrub = (event) => {
      const box = this.track.getBoundingClientRect();
      viewer.seekShare(clamp((event.clientX - box.left) / box.width, 0, 1));
    };
    this.track.addEventListener('pointerdown', (event) => {
      this.track.setPointerCapture(event.pointerId);
      scrub(event);
    });
    this.track.addEventListener('pointermove', (event) => { if (event.buttons) scrub(event); });
    window.addEventListener('keydown', (event) => this.press(event));
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.keys.open) return;
    if (event.target instanceof HTMLSelectElement) return;
    const { viewer } = this;
    const isButton = event.target instanceof HTMLButtonElement;
    if (viewer.pilot?.press(event.key)) return event.preventDefault();
    const step = event.shiftKey ? 1 : 0.1;
    const actions = {
      ' ': () => { if (!isButton) viewer.togglePlaying(); },
      ArrowLeft: () => viewer.skip(-step), ArrowRight: () => viewer.skip(step),
      Home: () => viewer.seekShare(0), End: () => viewer.seekShare(1),
      '[': () => viewer.changeSpeed(-1), ']': () => viewer.changeSpeed(1),
      n: () => viewer.followNext(1), p: () => viewer.followNext(-1), f: () => viewer.follow(-1),
      c: () => viewer.nextCamera(), t: () => viewer.setCamera('top'),
      l: () => viewer.toggle('wholePaths'), g: () => viewer.toggle('hasGraphs'),
      o: () => viewer.toggle('hasInset'),
      '?': () => this.keys.showModal(), r: () => { if (this.isLive) viewer.restart(); },
      w: () => viewer.push('forward'), s: () => viewer.push('back'),
      a: () => viewer.push('left'), d: () => viewer.push('right'),
      e: () => viewer.push('up'), q: () => viewer.push('down'),
      x: () => viewer.pilot?.stop(), m: () => viewer.flyNext(),
      1: () => viewer.pilot?.setMode('position'), 2: () => viewer.pilot?.setMode('angle'),
      3: () => viewer.pilot?.setMode('rate'),
    };
    const action = actions[event.key] || actions[event.key.toLowerCase()];
    if (!action) return;
    if (!(isButton && event.key === ' ')) event.preventDefault();
    action();
  }

  /// Shows the state of the viewer.
  show({ time, start, finish, isPlaying, speed, followed, mode, wholePaths, hasGraphs, hasInset }) {
    const span = Math.max(finish - start, 1e-9);
    this.knob.style.transform = `translateX(${(time - start) / span * this.track.clientWidth}px)`;
    this.track.setAttribute('aria-valuemax', finish.toFixed(2));
    this.track.setAttribute('aria-valuenow', time.toFixed(2));
    this.clock.textContent = this.isLive
      ? `${time.toFixed(2)} s` : `${time.toFixed(2)} / ${finish.toFixed(2)} s`;
    this.play.textContent = isPlaying ? '❚❚' : '▶';
    const set = (select, value) => { if (select.value !== String(value)) select.value = value; };
    set(this.speed, speed);
    set(this.follow, followed);
    set(this.camera, mode);
    this.trails.setAttribute('aria-pressed', wholePaths);
    this.graphs.setAttribute('aria-pressed', hasGraphs);
    this.onboard.setAttribute('aria-pressed', hasInset);
  }

  /// Shows who flies what, and where the sticks are.
  showPilot({ drone, mode, isFlying, sticks }) {
    if (this.mode.value !== mode) this.mode.value = mode;
    this.release.disabled = !isFlying;
    const names = ['roll', 'pitch', 'turn', 'throttle'];
    const places = isFlying && sticks
      ? names.map((name, i) => `${name} ${Math.round(100 * sticks[i])}`).join('  ') : 'w s a d, arrows or a gamepad';
    this.sticks.textContent = `drone ${drone}: ${places}`;
  }

  /// Marks the instants with contacts on the time line.
  markContacts(flight, color) {
    const { ticks } = this;
    Object.assign(ticks, { width: ticks.clientWidth, height: ticks.clientHeight });
    const pen = ticks.getContext('2d');
    pen.fillStyle = color;
    const span = Math.max(flight.finish - flight.start, 1e-9);
    for (let i = flight.first; i < flight.end; i++) {
      for (let drone = 0; drone < flight.drones; drone++) {
        if (flight.value(i, drone, CONTACTS) > 0) {
          pen.fillRect((flight.time(i) - flight.start) / span * ticks.width, 11, 1.5, 10);
          break;
        }
      }
    }
  }
}
