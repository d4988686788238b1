/// Draws a world with WebGL2.
class Renderer {
  constructor(canvas, flight, models, modelOf, { obstacles, movers, hasFloor }) {
    const gl = canvas.getContext('webgl2', { antialias: true, stencil: true, alpha: false });
    if (!gl) throw new Error('This browser offers no WebGL2, which the picture needs.');
    Object.assign(this, { gl, canvas, flight, hasFloor });
    this.solid = program(gl, SOLID_VERTEX, SOLID_FRAGMENT);
    this.line = program(gl, LINE_VERTEX, LINE_FRAGMENT);
    this.floor = program(gl, FLOOR_VERTEX, FLOOR_FRAGMENT);
    this.fleets = models.map((model, index) => ({
      ...droneMeshes(model), members: modelOf.flatMap((m, drone) => (m === index ? [drone] : [])),
    })).filter((fleet) => fleet.members.length);
    for (const fleet of this.fleets) {
      fleet.instances = gl.createBuffer();
      fleet.solid = this.upload(fleet.solid, fleet.instances);
      fleet.discs = this.upload(fleet.discs, fleet.instances);
    }
    this.obstacles = obstacles.map((body, index) => {
      const mover = movers.indexOf(index);
      return {
        mesh: this.upload(shapeMesh(body)), at: body.at, attitude: body.attitude, mover,
        isGhost: mover < 0 && doesMove(body),
      };
    });
    this.ball = this.upload(new Mesh().sphere(1));
    this.strip = this.corners([0, -1, 1, -1, 0, 1, 1, 1], this.line);
    this.sheet = this.corners([-1, -1, 1, -1, -1, 1, 1, 1], this.floor);
    this.tracks = new TrackTextures(gl, flight);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  /// A mesh in the card's memory, with the instances that draw it if there are many.
  upload(mesh, instances) {
    const { gl, solid } = this;
    const array = gl.createVertexArray();
    gl.bindVertexArray(array);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(mesh.numbers), gl.STATIC_DRAW);
    attributes(gl, solid, [['corner', 3], ['normal', 3], ['kind', 2]], 0);
    if (instances) {
      gl.bindBuffer(gl.ARRAY_BUFFER, instances);
      attributes(gl, solid, [['place', 3], ['attitude', 4], ['tint', 4], ['phase', 4]], 1);
    }
    return { array, count: mesh.numbers.length / 8 };
  }

  corners(numbers, { places }) {
    const { gl } = this;
    const array = gl.createVertexArray();
    gl.bindVertexArray(array);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(numbers), gl.STATIC_DRAW);
    gl.enableVertexAttribArray(places.corner);
    gl.vertexAttribPointer(places.corner, 2, gl.FLOAT, false, 0, 0);
    return array;
  }

  /// Draws one picture: `states` of the drones, seen by a `camera`, in a `theme`; and what one of them
  /// sees if an `inset` is there to show it.
  draw(states, camera, theme, options, inset) {
    const { gl, canvas } = this;
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const [width, height] = [canvas.clientWidth, canvas.clientHeight]
      .map((n) => Math.max(1, Math.round(n * ratio)));
    if (canvas.width !== width || canvas.height !== height) {
      Object.assign(canvas, { width, height });
    }
    gl.viewport(0, 0, width, height);
    gl.enable(gl.DEPTH_TEST);
    const frame = { view: camera.matrix(width / height), eye: camera.eye, theme, ratio, options };
    // How much of a meter a pixel is, a meter away.
    frame.meter = 2 * Math.tan(camera.angle / 2) / canvas.clientHeight;
    this.tracks.update();
    this.placeObstacles(options.time);
    this.drawSolids(frame, camera, states, theme.page);
    this.drawLines(frame);
    this.drawGhosts(frame, states);
    this.drawMarks(frame, states);
    gl.depthMask(true);
    if (inset) this.drawInset(states, theme, inset);
  }

  /// Draws into a box of the picture what a drone's camera sees: things, and no lines or marks.
  drawInset(states, theme, inset) {
    const { gl } = this;
    const [left, bottom, width, height] = inset.box(this.canvas);
    const { camera, drone } = inset;
    gl.viewport(left, bottom, width, height);
    gl.scissor(left, bottom, width, height);
    gl.enable(gl.SCISSOR_TEST);
    const frame = { view: camera.matrix(width / height), eye: camera.eye, theme, hidden: drone };
    this.drawSolids(frame, camera, states, theme.sky);
    this.drawGhosts(frame, states);
    gl.depthMask(true);
    gl.disable(gl.SCISSOR_TEST);
  }

  /// Clears the picture, and draws all that is not seen through.
  drawSolids(frame, camera, states, sky) {
    const { gl } = this;
    gl.clearColor(...sky, 1);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT | gl.STENCIL_BUFFER_BIT);
    gl.disable(gl.BLEND);
    if (this.hasFloor) this.drawFloor(frame, camera);
    this.fillInstances(states, frame, 1);
    gl.enable(gl.BLEND);
    if (this.hasFloor) this.drawShadows(frame);
    gl.disable(gl.BLEND);
    this.drawBodies(frame);
    gl.enable(gl.BLEND);
    gl.depthMask(false);
  }

  drawFloor({ view, theme }, camera) {
    const { gl } = this;
    const reach = camera.reach || Math.max(6, 14 * camera.distance);
    use(gl, this.floor, {
      view, middle: camera.target.slice(0, 2), reach, ground: theme.page, ink: theme.line,
      span: camera.span || 10 ** Math.round(Math.log10(camera.distance / 12)),
    });
    gl.bindVertexArray(this.sheet);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  }

  /// Puts the drones, but for one that is hidden, where they are.
  fillInstances(states, { theme, hidden }, opacity) {
    const { gl } = this;
    for (const fleet of this.fleets) {
      const shown = fleet.members.filter((drone) => drone !== hidden);
      fleet.shown = shown.length;
      const numbers = shown.flatMap((drone) => {
        const s = states[drone];
        return [...s.position, ...s.attitude, ...theme.tints[drone], opacity, ...s.phases];
      });
      gl.bindBuffer(gl.ARRAY_BUFFER, fleet.instances);
      gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(numbers), gl.DYNAMIC_DRAW);
    }
  }

  drawFleet(fleet, mesh, uniforms) {
    const { gl } = this;
    use(gl, this.solid, { size: 1, isShadow: 0, isFlat: 0, ...uniforms, hubs: fleet.hubs });
    gl.bindVertexArray(mesh.array);
    gl.drawArraysInstanced(gl.TRIANGLES, 0, mesh.count, fleet.shown);
  }

  /// The shadows of a sun straight above, each spot of the floor darkened once.
  drawShadows({ view, eye }) {
    const { gl } = this;
    gl.enable(gl.STENCIL_TEST);
    gl.stencilFunc(gl.EQUAL, 0, 255);
    gl.stencilOp(gl.KEEP, gl.KEEP, gl.INCR);
    for (const fleet of this.fleets) {
      this.drawFleet(fleet, fleet.solid, { view, eye, isShadow: 1 });
      this.drawFleet(fleet, fleet.discs, { view, eye, isShadow: 1 });
    }
    gl.disable(gl.STENCIL_TEST);
  }

  drawBodies({ view, eye, theme }) {
    for (const fleet of this.fleets) {
      this.drawFleet(fleet, fleet.solid, { view, eye, dark: theme.dark });
    }
    this.drawObstacles(false, [...theme.solid, 1], { view, eye });
  }

  /// Puts the obstacles that move where they are at a time.
  placeObstacles(time) {
    if (this.flight.isEmpty) return;
    for (const obstacle of this.obstacles) {
      if (obstacle.mover >= 0) Object.assign(obstacle, this.flight.pose(obstacle.mover, time));
    }
  }

  drawObstacles(areGhosts, tint, uniforms) {
    for (const { isGhost, mesh, at, attitude } of this.obstacles) {
      if (isGhost === areGhosts) this.drawOne(mesh, at, attitude, tint, 1, uniforms);
    }
  }

  drawOne(mesh, at, attitude, tint, size, uniforms) {
    const { gl } = this;
    use(gl, this.solid, { isShadow: 0, isFlat: 0, ...uniforms, size });
    gl.bindVertexArray(mesh.array);
    const { places } = this.solid;
    gl.vertexAttrib3f(places.place, ...at);
    gl.vertexAttrib4f(places.attitude, ...attitude);
    gl.vertexAttrib4f(places.tint, ...tint);
    gl.drawArrays(gl.TRIANGLES, 0, mesh.count);
  }

  drawLines({ view, theme, ratio, options }) {
    const { gl, flight, tracks } = this;
    if (flight.end - flight.first < 2) return;
    const now = flight.frameAt(options.time);
    const back = options.wholePaths ? flight.start : Math.max(flight.start, options.time - 4);
    const from = flight.frameAt(back);
    // A swarm's lines are coarser, so that there are not too many stretches.
    const most = clamp(Math.round(24000 / flight.drones), 100, 600);
    const draw = (texture, first, last, settings) => {
      if (last <= first) return;
      const stride = Math.max(1, Math.ceil((last - first) / most));
      const stretches = Math.ceil((last - first) / stride);
      use(gl, this.line, {
        view, viewport: [this.canvas.width, this.canvas.height], first, last, stride, stretches,
        drones: flight.drones, capacity: flight.capacity, followed: options.followed,
        dash: 0, opacity: 1, fades: 0, ...settings,
      });
      tracks.bind(this.line, texture, theme.tints);
      gl.bindVertexArray(this.strip);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, stretches * flight.drones);
    };
    const rate = (flight.end - flight.first) / Math.max(flight.finish - flight.start, 1e-6);
    const coarse = 4 * Math.ceil((flight.end - flight.first) / most);
    const dash = Math.max(2, Math.round(0.16 * rate), coarse);
    draw(tracks.references, flight.first, flight.end - 1,
      { width: 1.2 * ratio, dash, opacity: 0.75 });
    draw(tracks.positions, from, now, { width: 2.4 * ratio, fades: options.wholePaths ? 0 : 1 });
  }

  /// What is seen through: rotor discs, and obstacles that moved nobody knows where.
  drawGhosts(frame, states) {
    const { view, eye, theme } = frame;
    this.fillInstances(states, frame, 0.22);
    for (const fleet of this.fleets) {
      this.drawFleet(fleet, fleet.discs, { view, eye, isFlat: 1 });
    }
    this.drawObstacles(true, [...theme.solid, 0.4], { view, eye });
  }

  /// Where drones should be, what touches, and dots for what is far away.
  drawMarks({ view, eye, theme, meter }, states) {
    for (const fleet of this.fleets) {
      for (const drone of fleet.members) {
        const { reference, contacts, position } = states[drone];
        const tint = theme.tints[drone];
        const flat = { view, eye, isFlat: 1 };
        const ball = (at, color, radius) =>
          this.drawOne(this.ball, at, [0, 0, 0, 1], color, radius, flat);
        if (reference) ball(reference, [...tint, 0.5], 0.16 * fleet.arm);
        // From afar a drone would be too small to be seen: it gets a dot.
        const pixel = Math.hypot(...subtract(position, eye)) * meter;
        if (fleet.arm < 5 * pixel) ball(position, [...tint, 1], 3.5 * pixel);
        if (contacts > 0) ball(position, [...theme.alarm, 0.35], 2 * fleet.arm);
      }
    }
  }
}
