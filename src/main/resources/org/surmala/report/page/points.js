/* The points: drawn by WebGL 2 (100,000 in a few milliseconds) or, without it, on a plain canvas. */
const FAINT = 0, SHOWN = 1, ABSENT = 2;
const VERTEX = `#version 300 es
in vec2 position;
in uvec4 style;
uniform vec2 scale, shift;
uniform float size;
uniform uint pass;
flat out vec3 color;
flat out uint shape;
flat out float extent;
void main() {
  gl_Position = style.w >> 4u == pass ? vec4(position * scale + shift, 0, 1) : vec4(2, 2, 2, 1);
  shape = style.w & 15u;
  gl_PointSize = shape == 0u ? size / 1.3 + .5 : size;
  extent = gl_PointSize;
  color = vec3(style.rgb) / 255.;
}`;
// The shapes of outline(), as signed distances.
const FRAGMENT = `#version 300 es
precision highp float;
flat in vec3 color;
flat in uint shape;
flat in float extent;
uniform float radius, alpha;
out vec4 pixel;
void main() {
  vec2 p = (gl_PointCoord - .5) * extent / radius, a = abs(p);
  float d = length(p) - 1.;
  if (shape == 1u) d = max(p.y - .63, (a.x * 1.88 - (p.y + 1.25) * 1.08) / 2.168);
  if (shape == 2u) d = max(a.x, a.y) - .88;
  if (shape == 3u) d = (a.x + a.y - 1.25) * .7071;
  if (shape == 4u) d = min(max(a.x - .38, a.y - 1.1), max(a.y - .38, a.x - 1.1));
  pixel = vec4(color, 1) * alpha * clamp(.5 - d * radius, 0., 1.);
}`;
const reach = r => r * 1.3 + 1;

function webGlPoints(canvas) {
  const gl = canvas.getContext('webgl2', {antialias: false, premultipliedAlpha: true, preserveDrawingBuffer: true});
  if (!gl) return null;
  let uniforms, positionBuffer, styleBuffer;
  function build() {
    const program = gl.createProgram();
    for (const [type, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
      const shader = gl.createShader(type);
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.bindAttribLocation(program, 0, 'position');
    gl.bindAttribLocation(program, 1, 'style');
    gl.linkProgram(program);
    gl.useProgram(program);
    uniforms = Object.fromEntries(['scale', 'shift', 'size', 'pass', 'radius', 'alpha']
      .map(name => [name, gl.getUniformLocation(program, name)]));
    positionBuffer = gl.createBuffer();
    styleBuffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, positionBuffer);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
    gl.bindBuffer(gl.ARRAY_BUFFER, styleBuffer);
    gl.enableVertexAttribArray(1);
    gl.vertexAttribIPointer(1, 4, gl.UNSIGNED_BYTE, 0, 0);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }
  build();
  canvas.addEventListener('webglcontextlost', event => event.preventDefault());
  canvas.addEventListener('webglcontextrestored', () => { build(); changed(); });
  return {
    name: 'WebGL 2',
    set(positions, styles) {
      gl.bindBuffer(gl.ARRAY_BUFFER, positionBuffer);
      gl.bufferData(gl.ARRAY_BUFFER, positions, gl.DYNAMIC_DRAW);
      gl.bindBuffer(gl.ARRAY_BUFFER, styleBuffer);
      gl.bufferData(gl.ARRAY_BUFFER, styles, gl.DYNAMIC_DRAW);
    },
    draw(view, r, hasFaint, count) {
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.uniform2f(uniforms.scale, 2 * view.scale / view.width, 2 * view.scale / view.height);
      gl.uniform2f(uniforms.shift, 2 * view.x / view.width - 1, 1 - 2 * view.y / view.height);
      for (const pass of hasFaint ? [FAINT, SHOWN] : [SHOWN]) {
        const radius = (pass === FAINT ? r * .7 : r) * view.ratio;
        gl.uniform1ui(uniforms.pass, pass);
        gl.uniform1f(uniforms.radius, radius);
        gl.uniform1f(uniforms.size, 2 * reach(radius));
        gl.uniform1f(uniforms.alpha, pass === FAINT ? .25 : .85);
        gl.drawArrays(gl.POINTS, 0, count);
      }
    },
  };
}

function canvasPoints(canvas) {
  const context = canvas.getContext('2d');
  let positions = [], styles = [], sprites = new Map(), size = 0;
  function sprite(key, r, color, shape, alpha) {
    if (!sprites.has(key)) {
      const side = Math.ceil(2 * reach(r));
      const stamp = make('canvas', {width: side, height: side});
      const pen = stamp.getContext('2d');
      pen.globalAlpha = alpha;
      pen.fillStyle = `rgb(${color})`;
      pen.fill(new Path2D(outline(shape, side / 2, side / 2, r)));
      sprites.set(key, stamp);
    }
    return sprites.get(key);
  }
  return {
    name: 'canvas',
    set(newPositions, newStyles) { positions = newPositions; styles = newStyles; },
    draw(view, r, hasFaint, count) {
      context.clearRect(0, 0, canvas.width, canvas.height);
      if (size !== r * view.ratio) { size = r * view.ratio; sprites = new Map(); }
      for (const pass of hasFaint ? [FAINT, SHOWN] : [SHOWN]) {
        const radius = pass === FAINT ? size * .7 : size;
        for (let i = 0; i < 4 * count; i += 4) {
          if (styles[i + 3] >> 4 !== pass) continue;
          const x = (positions[i / 2] * view.scale + view.x) * view.ratio;
          const y = (view.y - positions[i / 2 + 1] * view.scale) * view.ratio;
          if (x < -9 || y < -9 || x > canvas.width + 9 || y > canvas.height + 9) continue;
          const key = (styles[i] << 16 | styles[i + 1] << 8 | styles[i + 2]) * 256 + styles[i + 3];
          const stamp = sprite(key, radius, styles.subarray(i, i + 3), styles[i + 3] & 15, pass === FAINT ? .25 : .85);
          context.drawImage(stamp, x - stamp.width / 2, y - stamp.height / 2);
        }
      }
    },
  };
}
