// Opens pages in Chromium, and prints a line of JSON about each: for test_browser.py.
//
//     node browser.js BASE PATH...

const fs = require("fs");
const { chromium } = require("playwright-core");

const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const flags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

async function view(page, base, path, window, scheme) {
  const errors = [];
  const listen = (message) => {
    if (message.type() === "error" && !message.text().includes("404")) errors.push(message.text());
  };
  page.on("console", listen);
  await page.goto(base + path);
  const seen = await page.evaluate(() => {
    const cited = document.getElementById("cited");
    const text = document.querySelector(".text .paragraph > p");
    let measure = 0;
    if (text) {
      const full = text.getBoundingClientRect().width;
      const line = text.appendChild(document.createElement("span"));
      line.textContent = text.textContent;
      line.style.cssText = "position: absolute; white-space: nowrap";
      measure = full / (line.getBoundingClientRect().width / line.textContent.length);
      line.remove();
    }
    return {
      width: document.documentElement.scrollWidth, height: innerHeight, scrolled: scrollY,
      cited: cited ? cited.getBoundingClientRect().top : null, measure,
    };
  });
  page.off("console", listen);
  // the policy lets no page of ours run a script: the rules are run in a world of their own
  const client = await page.context().newCDPSession(page);
  const { frameTree } = await client.send("Page.getFrameTree");
  const world = await client.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
  const evaluate = (expression) => client.send("Runtime.evaluate", {
    expression, contextId: world.executionContextId, awaitPromise: true, returnByValue: true,
  });
  await evaluate(axe);
  const only = JSON.stringify({ runOnly: rules });
  const done = await evaluate(`axe.run(document, ${only}).then((r) => JSON.stringify(r.violations))`);
  const findings = JSON.parse(done.result.value).map(
    (found) => `${found.id}: ${found.nodes[0].html} ${found.nodes[0].failureSummary}`);
  console.log(JSON.stringify({ path, window, scheme, errors, findings, ...seen }));
}

(async () => {
  const [base, ...paths] = process.argv.slice(2);
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
  for (const colorScheme of ["light", "dark"]) {
    for (const [width, height] of [[320, 640], [390, 844], [1280, 900]]) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme });
      const page = await context.newPage();
      for (const path of paths) await view(page, base, path, width, colorScheme);
      await context.close();
    }
  }
  await browser.close();
})();
