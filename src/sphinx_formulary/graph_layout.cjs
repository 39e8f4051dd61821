// Reads {packages, ticks, nodes: [{x, y, wide, high, category}, …], links: [[source, target, count], …]}.
// Writes [[x, y], …]: where the centre of each node's box comes to lie.
//
// Only sums, products and roots are taken, which are the same on every machine.
"use strict";

const { createRequire } = require("module");
const job = JSON.parse(require("fs").readFileSync(0, "utf-8"));
const load = createRequire(job.packages + "/");
const { forceLink, forceManyBody, forceSimulation, forceX, forceY } = load("d3-force");
const { quadtree } = load("d3-quadtree");

const SPREAD = 1.5; // a chart is wider than it is high

// Nodes of a category are drawn to the middle of them.
function forceCategory(strength) {
  let groups;
  const force = (alpha) => {
    for (const group of groups) {
      const middle = [0, 0];
      for (const { x, y } of group) (middle[0] += x / group.length), (middle[1] += y / group.length);
      for (const node of group) {
        node.vx += (middle[0] - node.x) * strength * alpha;
        node.vy += (middle[1] - node.y) * strength * alpha;
      }
    }
  };
  force.initialize = (nodes) => (groups = [...Map.groupBy(nodes, ({ category }) => category).values()]);
  return force;
}

// Moves boxes that overlap apart, the shorter way; says whether there were any.
function separate(nodes, share) {
  const widest = Math.max(...nodes.map(({ wide }) => wide));
  const highest = Math.max(...nodes.map(({ high }) => high));
  const tree = quadtree(nodes, ({ x }) => x, ({ y }) => y);
  let found = false;
  for (const node of nodes) {
    const right = (node.wide + widest) / 2, below = (node.high + highest) / 2;
    tree.visit((quad, left, top, x, y) => {
      for (let leaf = quad; leaf && !leaf.length; leaf = leaf.next) {
        const other = leaf.data;
        if (other.index <= node.index) continue;
        const dx = other.x - node.x || 1e-3, dy = other.y - node.y || 1e-3;
        const overX = (node.wide + other.wide) / 2 - Math.abs(dx);
        const overY = (node.high + other.high) / 2 - Math.abs(dy);
        if (overX <= 0 || overY <= 0) continue;
        found = true;
        const axis = overX < overY ? "x" : "y";
        const step = (axis === "x" ? Math.sign(dx) * overX : Math.sign(dy) * overY) * share;
        node[axis] -= step / 2;
        other[axis] += step / 2;
      }
      return left > node.x + right || x < node.x - right || top > node.y + below || y < node.y - below;
    });
  }
  return found;
}

function forceBoxes() {
  let all;
  const force = () => separate(all, 0.5);
  force.initialize = (nodes) => (all = nodes);
  return force;
}

const links = job.links.map(([source, target, count]) => ({ source, target, count }));
const simulation = forceSimulation(job.nodes)
  .stop()
  // d3's own way to write it is a power, which machines round differently.
  .alphaDecay(7 / job.ticks)
  .force("link", forceLink(links).distance(({ count }) => 140 - 10 * Math.min(count, 6)))
  .force("charge", forceManyBody().strength(-1100))
  .force("x", forceX().strength(0.07 / SPREAD))
  .force("y", forceY().strength(0.07 * SPREAD))
  .force("category", forceCategory(0.15))
  .force("boxes", forceBoxes());
simulation.tick(job.ticks);
for (let round = 0; round < 500 && separate(job.nodes, 1.02); round++);
process.stdout.write(JSON.stringify(job.nodes.map(({ x, y }) => [Math.round(x), Math.round(y)])));
