// Draws pages in Chromium, for draw_pages.py: node pages.js BASE FOLDER NAME=PATH...

const { chromium } = require("playwright-core");

const flags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

(async () => {
  const [base, folder, ...pages] = process.argv.slice(2);
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
  for (const colorScheme of ["light", "dark"]) {
    for (const [size, width, height] of [["phone", 390, 844], ["desktop", 1280, 800]]) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme });
      const page = await context.newPage();
      for (const named of pages) {
        const at = named.indexOf("=");
        await page.goto(base + named.slice(at + 1));
        const path = `${folder}/${named.slice(0, at)}-${size}-${colorScheme}.png`;
        await page.screenshot({ path });
        console.log(path);
      }
      await context.close();
    }
  }
  await browser.close();
})();
